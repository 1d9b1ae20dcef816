"""What a team setting can be: a number, several, a choice, a line of text, hours of a day; and how each is read.

`check` takes a value or what is stored of it, `read` what a person typed; both raise Refused. `dump` is what is stored.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crm import cities, day_spans
from crm.day_spans import Span
from nlp import lazy

AWAKE = timedelta(hours=4)  # that quiet hours leave at least, or nothing could ever arrive
OFF = ("关", "关闭", "关掉", "不要", "不用", "取消", "没有", "无", "不限", "off")
_VAGUE = lazy.regex("一点儿?|一些|一下|[几多少数]十?")
_NUMBER = lazy.regex(r"(?<!\d)-?\d{1,9}(?:\.\d+)?")
_LARGE = lazy.regex(r"\d\s*[百千万亿kKwW]")  # 一万 次 is no 1


class Refused(ValueError):
    """The value cannot be set.

    `code`: number | range | count | order | choice | clock | whole_day | length | field | zone.
    `low` and `high` are the limits that were broken, where there are any.
    """

    def __init__(self, code: str, low: int = 0, high: int = 0) -> None:
        super().__init__(f"{code} {low}..{high}")
        self.code = code
        self.low = low
        self.high = high


class Kind(Protocol):
    """What every kind of setting can do."""

    def check(self, value: object) -> object:
        """The value as the settings hold it, from itself or from what is stored. Raises: Refused"""

    def dump(self, value: object) -> object:
        """What is stored of the value, JSON."""

    def read(self, typed: str) -> object:
        """The value that a person means. Raises: Refused"""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number within limits. With `off`, 0 is allowed beside the limits and means: none."""

    low: int
    high: int
    unit: str
    steps: tuple[int, ...] = ()  # offered as buttons
    off: str = ""  # what 0 is called

    def check(self, value: object) -> int:
        """As in Kind."""
        if isinstance(value, bool) or not isinstance(value, int):
            raise Refused("number", self.low, self.high)
        if not (self.low <= value <= self.high or (value == 0 and self.off)):
            raise Refused("range", self.low, self.high)
        return value

    def dump(self, value: object) -> object:
        """As in Kind."""
        return self.check(value)

    def read(self, typed: str) -> int:
        """As in Kind."""
        if self.off and typed.strip() in OFF:
            return 0
        numbers = numbers_in(typed)
        if len(numbers) != 1:
            raise Refused("number", self.low, self.high)
        return self.check(numbers[0])


@dataclass(frozen=True, slots=True)
class Hour:
    """A full hour of the day."""

    steps: tuple[int, ...]
    low: int = 0
    high: int = 23

    def check(self, value: object) -> int:
        """As in Kind."""
        return Number(self.low, self.high, "点").check(value)

    def dump(self, value: object) -> object:
        """As in Kind."""
        return self.check(value)

    def read(self, typed: str) -> int:
        """As in Kind."""
        found = day_spans.read_time(typed)
        if found is None or found.minute:
            raise Refused("number", self.low, self.high)
        return self.check(found.hour)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Several whole numbers within limits: of any count up to `most` and sorted, or of exactly `exactly` and rising."""

    low: int
    high: int
    unit: str
    most: int = 3
    exactly: int = 0
    steps: tuple[tuple[int, ...], ...] = ()
    off: str = ""  # what none at all is called

    def check(self, value: object) -> tuple[int, ...]:
        """As in Kind."""
        if not isinstance(value, (tuple, list)) or not all(type(each) is int for each in value):
            raise Refused("number", self.low, self.high)
        if any(not self.low <= each <= self.high for each in value):
            raise Refused("range", self.low, self.high)
        if self.exactly and (value or not self.off):
            if len(value) != self.exactly:
                raise Refused("count", self.exactly, self.exactly)
            if any(later <= earlier for earlier, later in itertools.pairwise(value)):
                raise Refused("order")
            return tuple(value)
        if len(set(value)) > self.most or not (value or self.off):
            raise Refused("count", 0 if self.off else 1, self.most)
        return tuple(sorted(set(value), reverse=True))

    def dump(self, value: object) -> object:
        """As in Kind."""
        return list(self.check(value))

    def read(self, typed: str) -> tuple[int, ...]:
        """As in Kind."""
        if self.off and typed.strip() in OFF:
            return ()
        numbers = numbers_in(typed)
        if not numbers:
            raise Refused("number", self.low, self.high)
        return self.check(tuple(numbers))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few codes; what each is called."""

    names: Mapping[str, str]

    def check(self, value: object) -> str:
        """As in Kind."""
        if not isinstance(value, str) or value not in self.names:
            raise Refused("choice")
        return value

    def dump(self, value: object) -> object:
        """As in Kind."""
        return self.check(value)

    def read(self, typed: str) -> str:
        """As in Kind."""
        said = typed.strip().replace(" ", "")
        fitting = [code for code, name in self.names.items() if said and (said in name or name in said)]
        if len(fitting) != 1:
            raise Refused("choice")
        return fitting[0]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, perhaps empty."""

    longest: int

    def check(self, value: object) -> str:
        """As in Kind."""
        if not isinstance(value, str):
            raise Refused("length", 0, self.longest)
        tidy = " ".join(value.split())
        if len(tidy) > self.longest:
            raise Refused("length", 0, self.longest)
        if "{" in tidy or "}" in tidy:
            raise Refused("field")
        return tidy

    def dump(self, value: object) -> object:
        """As in Kind."""
        return self.check(value)

    def read(self, typed: str) -> str:
        """As in Kind."""
        return "" if typed.strip() in OFF else self.check(typed)


@dataclass(frozen=True, slots=True)
class Zone:
    """An IANA time zone, read by its name or a city's."""

    steps: tuple[str, ...] = ()

    def check(self, value: object) -> str:
        """As in Kind."""
        try:
            ZoneInfo(str(value))
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise Refused("zone") from error
        return str(value)

    def dump(self, value: object) -> object:
        """As in Kind."""
        return self.check(value)

    def read(self, typed: str) -> str:
        """As in Kind."""
        said = typed.strip().removesuffix("时间").removesuffix("时区")
        return self.check(cities.ZONES.get(said, said) or "?")


@dataclass(frozen=True, slots=True)
class Hours:
    """A span of the day, or None for none. `of_work`: it ends in the afternoon where no part of the day is told."""

    steps: tuple[Span, ...] = ()
    of_work: bool = False

    def check(self, value: object) -> Span | None:
        """As in Kind."""
        if value is None:
            return None
        span = value if isinstance(value, Span) else _stored_span(value)
        if timedelta(days=1) - span.length() < AWAKE:
            raise Refused("whole_day", AWAKE // timedelta(hours=1))
        return span

    def dump(self, value: object) -> object:
        """As in Kind."""
        span = self.check(value)
        return None if span is None else [f"{span.start:%H:%M}", f"{span.end:%H:%M}"]

    def read(self, typed: str) -> Span | None:
        """As in Kind."""
        if typed.strip() in OFF:
            return None
        if typed.strip() in ("全天", "一整天", "整天", "24小时"):
            raise Refused("whole_day", AWAKE // timedelta(hours=1))
        span = day_spans.read(typed, self.of_work)
        if span is None:
            raise Refused("clock")
        return self.check(span)


def _stored_span(value: object) -> Span:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
        raise Refused("clock")
    try:
        return Span(time.fromisoformat(str(value[0])), time.fromisoformat(str(value[1])))
    except ValueError as error:
        raise Refused("clock") from error


def numbers_in(typed: str) -> list[int]:
    """The numbers of the text, in digits or Chinese words.

    Raises: Refused for one that is not whole, or written with 百, 千 or 万.
    """
    said = day_spans.digits(_VAGUE.sub("", typed))
    found = _NUMBER.findall(said)
    if any("." in number for number in found) or _LARGE.search(said):
        raise Refused("number")
    return [int(number) for number in found]

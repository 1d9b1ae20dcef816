"""What a team setting can be: a number, several, a choice, a line of text, hours of a day; and how each is read.

`check` takes a value or what is stored of it, `read` what a person typed; both raise Refused. `dump` is what is stored.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from nlp.when import numerals

AWAKE = timedelta(hours=4)  # that quiet hours leave at least, or nothing could ever arrive
OFF = ("关", "关闭", "关掉", "不要", "不用", "取消", "没有", "无", "不限", "off")
_PARTS = {"早": 0, "凌晨": 0, "清晨": 0, "上午": 0, "中午": 12, "下午": 12, "傍晚": 12, "晚": 12, "夜": 12, "半夜": 12}
_CLOCK = re.compile(
    r"(?P<part>凌晨|清晨|早上|早|上午|中午|下午|傍晚|晚上|晚|夜里|夜|半夜)?\s*(?P<hour>\d{1,2})\s*"
    r"(?:[::：]\s*(?P<minute>\d{2})|(?:点钟|点|时)(?:(?P<half>半)|(?P<words>\d{1,2})分?)?)?"
)
_NUMBER = re.compile(r"(?<!\d)-?\d{1,9}(?:\.\d+)?")
_HAN = re.compile(r"[零〇一二两三四五六七八九十百廿卅]+")


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
        if isinstance(value, bool) or not isinstance(value, int):
            raise Refused("number", self.low, self.high)
        if not (self.low <= value <= self.high or (value == 0 and self.off)):
            raise Refused("range", self.low, self.high)
        return value

    def dump(self, value: object) -> object:
        return self.check(value)

    def read(self, typed: str) -> int:
        if self.off and typed.strip() in OFF:
            return 0
        numbers = numbers_in(typed)
        if len(numbers) != 1:
            raise Refused("number", self.low, self.high)
        return self.check(numbers[0])


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
        if not isinstance(value, (tuple, list)) or not all(type(each) is int for each in value):
            raise Refused("number", self.low, self.high)
        if any(not self.low <= each <= self.high for each in value):
            raise Refused("range", self.low, self.high)
        if self.exactly:
            if len(value) != self.exactly:
                raise Refused("count", self.exactly, self.exactly)
            if any(later <= earlier for earlier, later in itertools.pairwise(value)):
                raise Refused("order")
            return tuple(value)
        if len(set(value)) > self.most or not (value or self.off):
            raise Refused("count", 0 if self.off else 1, self.most)
        return tuple(sorted(set(value), reverse=True))

    def dump(self, value: object) -> object:
        return list(self.check(value))

    def read(self, typed: str) -> tuple[int, ...]:
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
        if not isinstance(value, str) or value not in self.names:
            raise Refused("choice")
        return value

    def dump(self, value: object) -> object:
        return self.check(value)

    def read(self, typed: str) -> str:
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
        if not isinstance(value, str):
            raise Refused("length", 0, self.longest)
        tidy = " ".join(value.split())
        if len(tidy) > self.longest:
            raise Refused("length", 0, self.longest)
        if "{" in tidy or "}" in tidy:
            raise Refused("field")
        return tidy

    def dump(self, value: object) -> object:
        return self.check(value)

    def read(self, typed: str) -> str:
        return "" if typed.strip() in OFF else self.check(typed)


@dataclass(frozen=True, slots=True)
class Zone:
    """An IANA time zone."""

    def check(self, value: object) -> str:
        try:
            ZoneInfo(str(value))
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise Refused("zone") from error
        return str(value)

    def dump(self, value: object) -> object:
        return self.check(value)

    def read(self, typed: str) -> str:
        return self.check(typed.strip())


@dataclass(frozen=True, slots=True)
class Span:
    """Hours of every day, over midnight where `end` comes before `start`. The end itself is outside."""

    start: time
    end: time

    def contains(self, moment: time) -> bool:
        """True at that moment of a day."""
        if self.start < self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end

    def end_after(self, local: datetime) -> datetime:
        """`local` itself outside the span, else the instant at which the span that holds it ends, on its wall clock."""
        if not self.contains(local.time()):
            return local
        later = self.start >= self.end and local.time() >= self.start
        return datetime.combine(local.date() + timedelta(days=int(later)), self.end, local.tzinfo)

    def length(self) -> timedelta:
        """How long it is; a day where both ends are the same."""
        minutes = (self.end.hour * 60 + self.end.minute) - (self.start.hour * 60 + self.start.minute)
        return timedelta(minutes=minutes if minutes > 0 else minutes + 24 * 60)


@dataclass(frozen=True, slots=True)
class Hours:
    """A span of the day, or None for none."""

    steps: tuple[Span, ...] = ()

    def check(self, value: object) -> Span | None:
        if value is None:
            return None
        span = value if isinstance(value, Span) else _stored_span(value)
        if timedelta(days=1) - span.length() < AWAKE:
            raise Refused("whole_day", AWAKE // timedelta(hours=1))
        return span

    def dump(self, value: object) -> object:
        span = self.check(value)
        return None if span is None else [f"{span.start:%H:%M}", f"{span.end:%H:%M}"]

    def read(self, typed: str) -> Span | None:
        if typed.strip() in OFF:
            return None
        if typed.strip() in ("全天", "一整天", "整天", "24小时"):
            raise Refused("whole_day", AWAKE // timedelta(hours=1))
        found = list(_CLOCK.finditer(_digits(typed)))
        if len(found) != 2:
            raise Refused("clock")
        return self.check(_evening(found[0], Span(_clock(found[0]), _clock(found[1]))))


def _stored_span(value: object) -> Span:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
        raise Refused("clock")
    try:
        return Span(time.fromisoformat(str(value[0])), time.fromisoformat(str(value[1])))
    except ValueError as error:
        raise Refused("clock") from error


def _evening(start: re.Match[str], span: Span) -> Span:
    """10点到8点 begins in the evening: nobody wants 22 quiet hours."""
    if start["part"] or not 1 <= span.start.hour < 12 or not timedelta(hours=16) < span.length() < timedelta(days=1):
        return span
    return Span(span.start.replace(hour=span.start.hour + 12), span.end)


def _clock(match: re.Match[str]) -> time:
    """The time of day that the words name; 24 o'clock is midnight, 晚上10点 is 22:00."""
    hour, part = int(match["hour"]), match["part"] or ""
    part = part if part == "上午" else part.rstrip("上里")
    shift = _PARTS.get(part, 0)
    if 1 <= hour < 12 and shift and not (part in ("夜", "半夜") and hour < 6):
        hour += shift
    if hour == 12 and part in ("晚", "夜", "半夜"):
        hour = 0
    minute = 30 if match["half"] else int(match["minute"] or match["words"] or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise Refused("clock")
    return time(hour % 24, minute)


def numbers_in(typed: str) -> list[int]:
    """The numbers of the text, in digits or Chinese words.

    Raises: Refused for one that is not whole.
    """
    found = _NUMBER.findall(_digits(typed))
    if any("." in number for number in found):
        raise Refused("number")
    return [int(number) for number in found]


def _digits(typed: str) -> str:
    """The text in half-width marks with digits for number words."""
    return _HAN.sub(lambda match: str(numerals.integer(match[0]) or 0), numerals.plain(typed))

"""Hours of a day, such as 22点到8点, perhaps over midnight, and how people type them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from nlp import lazy
from nlp.when import numerals

_PARTS = {"早": 0, "凌晨": 0, "清晨": 0, "上午": 0, "中午": 12, "下午": 12, "傍晚": 12, "晚": 12, "夜": 12, "半夜": 12}
_CLOCK = lazy.regex(
    r"(?P<part>凌晨|清晨|早上|早|上午|中午|下午|傍晚|晚上|晚|夜里|夜|半夜)?\s*(?P<hour>\d{1,2})\s*"
    r"(?:[::：]\s*(?P<minute>\d{2})|(?:点钟|点|时)(?:(?P<half>半)|(?P<words>\d{1,2})分?)?)?"
)
_HAN = lazy.regex(r"[零〇一二两三四五六七八九十百廿卅]+")


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


def read(typed: str, is_work: bool = False) -> Span | None:
    """The hours that the words name, or None when they do not name exactly two times of the day.

    Quiet hours begin in the evening, hours of work end in the afternoon (`is_work`: 9点到6点).

    >>> read("晚上十点半到早上七点")
    Span(start=datetime.time(22, 30), end=datetime.time(7, 0))
    """
    found = list(_CLOCK.finditer(digits(typed)))
    if len(found) != 2:
        return None
    start, end = (_clock(match) for match in found)
    if start is None or end is None:
        return None
    return _by_day(found[0], found[1], Span(start, end)) if is_work else _evening(found[0], Span(start, end))


def read_time(typed: str) -> time | None:
    """The one time of day that the words name, or None.

    >>> read_time("下午3点"), read_time("七点半"), read_time("早晚")
    (datetime.time(15, 0), datetime.time(7, 30), None)
    """
    found = list(_CLOCK.finditer(digits(typed)))
    return _clock(found[0]) if len(found) == 1 else None


def _evening(start: re.Match[str], span: Span) -> Span:
    """10点到8点 begins in the evening: nobody wants 22 quiet hours."""
    if start["part"] or not 1 <= span.start.hour < 12 or not timedelta(hours=16) < span.length() < timedelta(days=1):
        return span
    return Span(span.start.replace(hour=span.start.hour + 12), span.end)


def _by_day(start: re.Match[str], end: re.Match[str], span: Span) -> Span:
    """9点到6点 ends at 18:00, 下午2点到10点 at 22:00; 22:00-6:00 and 晚上8点到早上6点 are a night's work."""
    is_by_clock = span.start.hour >= 12 and not start["part"]
    if end["part"] or is_by_clock or span.end.hour >= 12 or span.end > span.start:
        return span
    later = span.end.replace(hour=span.end.hour + 12)
    return Span(span.start, later) if later > span.start else span


def _clock(match: re.Match[str]) -> time | None:
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
        return None
    return time(hour % 24, minute)


def digits(typed: str) -> str:
    """The text in half-width marks with digits for number words."""
    return _HAN.sub(lambda match: str(numerals.integer(match[0]) or 0), numerals.plain(typed))

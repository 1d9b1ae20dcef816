"""The pieces that a time expression is built of: a day, a part of the day, a clock time, an instant, a repetition."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["day", "part", "clock", "instant", "recur"]

PART_HOURS = {
    "凌晨": 0,
    "清晨": 7,
    "早上": 9,
    "上午": 9,
    "中午": 12,
    "下午": 15,
    "傍晚": 18,
    "晚上": 20,
    "半夜": 23,
}
"""The hour that the message reader gives a part of the day. Source: data README (9, 15, 20); others by analogy."""


class ImpossibleDate(ValueError):
    """The words name a date or time that does not exist, such as 2月30号 or 25点."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time on the clock as said; `sure` is false when morning or afternoon is left open.

    `less`: so many minutes before it (差十分三点).
    """

    hour: int
    minute: int
    sure: bool = False
    less: int = 0


@dataclass(frozen=True, slots=True)
class Token:
    """One piece with its place in the text; `rank` decides which of two neighbouring days is kept.

    `shift`: so many days from the day named before it.
    """

    kind: Kind
    start: int
    end: int
    on: date | None = None
    at: datetime | None = None
    part: str | None = None
    clock: Clock | None = None
    recurrence: str = ""
    rank: int = 0
    deadline: bool = False
    weak: bool = False
    shift: int | None = None

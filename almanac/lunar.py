"""The Chinese lunar calendar 1900-2100 as one table of months, so that a date is found by bisection.

Source: month lengths from borax `LCalendars` (exact 1901-2056 against the observatories' tables). In 2057, 2089 and
2097 a new moon falls within minutes of midnight and borax, which follows an older table, begins the month a day late
(90 days in all); `CORRECTIONS` moves these three month starts. No table is certain of them: the Earth's spin is not.
"""

import bisect
import functools
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from borax.calendars.lunardate import LCalendars

FIRST_YEAR = 1900
LAST_YEAR = 2100
FIRST_DAY = date(1900, 1, 31)  # the first day of lunar 1900
# (lunar year, month that is one day shorter than borax says); the month after it begins a day earlier.
CORRECTIONS = frozenset({(2057, 8), (2089, 7), (2097, 6)})

MONTH_WORDS = ("正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月")
DIGITS = "一二三四五六七八九十"


class ImpossibleLunarDate(ValueError):
    """A lunar date that is not in the calendar.

    `code` is no_such_year, no_such_month, no_such_leap_month or no_such_day.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, order=True)
class LunarDate:
    """A day of the lunar calendar; `month` is 1-12, `leap` marks the month that repeats it."""

    year: int
    month: int
    day: int
    leap: bool = False


class Month(NamedTuple):
    """One lunar month: where it stands, the ordinal of its first day, its number of days (29 or 30)."""

    year: int
    month: int
    leap: bool
    start: int
    length: int


class _Table(NamedTuple):
    months: list[Month]
    starts: list[int]
    by_name: dict[tuple[int, int, bool], Month]
    end: int  # ordinal after the last day


@functools.cache
def _table() -> _Table:
    months: list[Month] = []
    start, carried = FIRST_DAY.toordinal(), 0
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for number, days, leap in LCalendars.iter_year_month(year):
            shorter = int((year, number) in CORRECTIONS)
            month = Month(year, number, bool(leap), start, days + carried - shorter)
            carried = shorter
            months.append(month)
            start += month.length
    by_name = {(month.year, month.month, month.leap): month for month in months}
    return _Table(months, [month.start for month in months], by_name, start)


def find_month(year: int, month: int, leap: bool = False) -> Month | None:
    """Return the month, or None where the calendar has none (an absent leap month, a year outside 1900-2100)."""
    return _table().by_name.get((year, month, leap))


def months() -> list[Month]:
    """Return every month of the table in order."""
    return list(_table().months)


def _get_month(year: int, month: int, leap: bool) -> Month:
    found = find_month(year, month, leap)
    if found is not None:
        return found
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ImpossibleLunarDate("no_such_year")
    raise ImpossibleLunarDate("no_such_leap_month" if leap and 1 <= month <= 12 else "no_such_month")


def to_solar(year: int, month: int, day: int, leap: bool = False) -> date:
    """Return the solar day of a lunar date.

    Raises: ImpossibleLunarDate when the year is outside 1900-2100 or that year has no such month or day.

    >>> to_solar(2026, 8, 15)
    datetime.date(2026, 9, 25)
    """
    found = _get_month(year, month, leap)
    if not 1 <= day <= found.length:
        raise ImpossibleLunarDate("no_such_day")
    return date.fromordinal(found.start + day - 1)


def month_of(day: date) -> Month:
    """Return the lunar month that contains a solar day.

    Raises: ImpossibleLunarDate (no_such_year) outside 1900-01-31 … 2101-01-28.
    """
    table = _table()
    ordinal = day.toordinal()
    if not table.starts[0] <= ordinal < table.end:
        raise ImpossibleLunarDate("no_such_year")
    return table.months[bisect.bisect_right(table.starts, ordinal) - 1]


def from_solar(day: date) -> LunarDate:
    """Return the lunar date of a solar day.

    Raises: ImpossibleLunarDate (no_such_year) outside 1900-01-31 … 2101-01-28.

    >>> from_solar(date(2025, 8, 8))
    LunarDate(year=2025, month=6, day=15, leap=True)
    """
    month = month_of(day)
    return LunarDate(month.year, month.month, day.toordinal() - month.start + 1, month.leap)


def spoken_day(day: int) -> str:
    """Return the day of a lunar month as people say it: 初一, 初十, 十五, 二十, 廿三, 三十."""
    if day <= 10:
        return "初" + DIGITS[day - 1]
    if day in (20, 30):
        return {20: "二十", 30: "三十"}[day]
    return {1: "十", 2: "廿"}[day // 10] + DIGITS[day % 10 - 1]


def spoken(month: int, day: int, leap: bool = False) -> str:
    """Return a lunar day as people say it.

    >>> spoken(8, 15), spoken(6, 15, leap=True)
    ('农历八月十五', '闰六月十五')
    """
    return ("闰" if leap else "农历") + MONTH_WORDS[month - 1] + spoken_day(day)

"""Birthdays as people keep them: solar or lunar, with leap months, short months and 29 February.

The rules are ours. A leap-month birthday is kept in the ordinary month of a year that has no such leap month; the 30th
is kept on the 29th of a short month; 29 February is kept on 28 February or 1 March of a common year, as the team likes.
Lunar dates are sought by lunar year, so a date that falls twice or never in a solar year comes out right.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from almanac import lunar

Feb29 = Literal["feb28", "mar1"]
# Nobody's customer is older; the conversion is exact from this year on.
FIRST_YEAR = 1901
LEAP_YEAR = 2000  # any leap year: it lets 29 February stand when the year is unknown
SEARCH_YEARS = 2  # the next kept day is at most one lunar year and some days ahead


class ImpossibleBirthday(ValueError):
    """A birthday nobody can have.

    `code` is no_such_month, no_such_day, no_such_leap_month, leap_in_solar, in_the_future or too_long_ago.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Birthday:
    """A birthday as told; for the lunar calendar `year` is the lunar year of birth. Not checked: see `check`."""

    calendar: Literal["solar", "lunar"]
    month: int
    day: int
    leap: bool = False
    year: int | None = None


@dataclass(frozen=True, slots=True)
class DayKeys:
    """The birthdays kept on one day: solar (month, day), lunar (month, day, leap)."""

    solar: frozenset[tuple[int, int]]
    lunar: frozenset[tuple[int, int, bool]]


@functools.cache
def _longest_leap_months() -> dict[int, int]:
    longest: dict[int, int] = {}
    for month in lunar.months():
        if month.leap:
            longest[month.month] = max(month.length, longest.get(month.month, 0))
    return longest


def _check_solar(birthday: Birthday) -> date:
    if birthday.leap:
        raise ImpossibleBirthday("leap_in_solar")
    try:
        return date(birthday.year or LEAP_YEAR, birthday.month, birthday.day)
    except ValueError:
        raise ImpossibleBirthday("no_such_day") from None


def _check_lunar(birthday: Birthday) -> date | None:
    if birthday.year is not None:
        try:
            return lunar.to_solar(birthday.year, birthday.month, birthday.day, birthday.leap)
        except lunar.ImpossibleLunarDate as error:
            raise ImpossibleBirthday(error.code) from None
    longest = _longest_leap_months().get(birthday.month, 0) if birthday.leap else 30
    if not longest:
        raise ImpossibleBirthday("no_such_leap_month")
    if birthday.day > longest:
        raise ImpossibleBirthday("no_such_day")
    return None


def check(birthday: Birthday, today: date) -> None:
    """Return when somebody alive on `today` can have been born on that day.

    Raises: ImpossibleBirthday with the code of the first fault found; with a year the day must have existed in that
    year and lie on or before `today`; without one it must exist in some year of the calendar.
    """
    if not 1 <= birthday.month <= 12:
        raise ImpossibleBirthday("no_such_leap_month" if birthday.leap else "no_such_month")
    if not 1 <= birthday.day <= 31:
        raise ImpossibleBirthday("no_such_day")
    if birthday.year is not None and birthday.year > today.year:
        raise ImpossibleBirthday("in_the_future")
    if birthday.year is not None and birthday.year < FIRST_YEAR:
        raise ImpossibleBirthday("too_long_ago")
    born = _check_solar(birthday) if birthday.calendar == "solar" else _check_lunar(birthday)
    if birthday.year is not None and born is not None and born > today:
        raise ImpossibleBirthday("in_the_future")


def _is_common(year: int) -> bool:
    return bool(year % 4) or (not year % 100 and bool(year % 400))


def _solar_kept_on(birthday: Birthday, year: int, feb29: Feb29) -> date:
    if (birthday.month, birthday.day) == (2, 29) and _is_common(year):
        return date(year, 2, 28) if feb29 == "feb28" else date(year, 3, 1)
    return date(year, birthday.month, birthday.day)


def _lunar_kept_on(birthday: Birthday, year: int) -> date:
    month = lunar.find_month(year, birthday.month, birthday.leap) or lunar.find_month(year, birthday.month)
    if month is None:
        raise lunar.ImpossibleLunarDate("no_such_year")
    return date.fromordinal(month.start + min(birthday.day, month.length) - 1)


def kept_on(birthday: Birthday, year: int, feb29: Feb29 = "feb28") -> date:
    """Return the day on which the birthday is kept in that solar year, or lunar year for a lunar birthday.

    Raises: lunar.ImpossibleLunarDate for a lunar birthday outside the lunar years 1900-2100.

    >>> kept_on(Birthday("lunar", 6, 15, leap=True), 2026)
    datetime.date(2026, 7, 28)
    """
    if birthday.calendar == "solar":
        return _solar_kept_on(birthday, year, feb29)
    return _lunar_kept_on(birthday, year)


def _years(birthday: Birthday, start: date, end: date) -> Iterator[int]:
    if birthday.calendar == "solar":
        yield from range(start.year, end.year + 1)
    else:
        yield from range(max(start.year - 1, lunar.FIRST_YEAR), min(end.year, lunar.LAST_YEAR) + 1)


def occurrences(birthday: Birthday, start: date, end: date, feb29: Feb29 = "feb28") -> list[date]:
    """Return in order the days from `start` to `end`, both included, on which it is kept; the birth year is ignored."""
    days = (kept_on(birthday, year, feb29) for year in _years(birthday, start, end))
    return [day for day in days if start <= day <= end]


def next_on(birthday: Birthday, on_or_after: date, feb29: Feb29 = "feb28") -> date:
    """Return the first day on or after the given one on which the birthday is kept.

    Raises: lunar.ImpossibleLunarDate for a lunar birthday when the calendar's table ends before it.
    """
    horizon = date(on_or_after.year + SEARCH_YEARS, 12, 31)
    found = occurrences(birthday, on_or_after, horizon, feb29)
    if not found:
        raise lunar.ImpossibleLunarDate("no_such_year")
    return found[0]


def _solar_keys(day: date, feb29: Feb29) -> frozenset[tuple[int, int]]:
    keys = {(day.month, day.day)}
    if _is_common(day.year) and (day.month, day.day) == ((2, 28) if feb29 == "feb28" else (3, 1)):
        keys.add((2, 29))
    return frozenset(keys)


def _lunar_keys(day: date) -> frozenset[tuple[int, int, bool]]:
    month = lunar.month_of(day)
    number = day.toordinal() - month.start + 1
    numbers = (29, 30) if number == month.length == 29 else (number,)
    leaps = {month.leap}
    if lunar.find_month(month.year, month.month, leap=True) is None:
        leaps.add(True)
    return frozenset((month.month, number, leap) for number in numbers for leap in leaps)


def keys_on(day: date, feb29: Feb29 = "feb28") -> DayKeys:
    """Return the (month, day) and (month, day, leap) of all birthdays kept on that day: the inverse of `occurrences`.

    Raises: lunar.ImpossibleLunarDate outside 1900-01-31 … 2101-01-28.

    >>> sorted(keys_on(date(2025, 2, 28)).solar)
    [(2, 28), (2, 29)]
    """
    return DayKeys(_solar_keys(day, feb29), _lunar_keys(day))


def age(birthday: Birthday, on: date, feb29: Feb29 = "feb28") -> int | None:
    """Return the full years (周岁) reached on that day, one more on each day the birthday is kept.

    None when the year of birth is unknown or still ahead.
    Raises: lunar.ImpossibleLunarDate for a lunar birthday on a day outside 1900-01-31 … 2101-01-28.
    """
    if birthday.year is None:
        return None
    year = on.year if birthday.calendar == "solar" else lunar.from_solar(on).year
    years = year - birthday.year - int(on < kept_on(birthday, year, feb29))
    return years if years >= 0 else None


def is_zodiac_year(birthday: Birthday, on: date) -> bool:
    """Return whether the lunar year of that day is a 本命年 of the person: 12, 24, 36 … lunar years after birth."""
    if birthday.year is None:
        return False
    born = birthday.year
    if birthday.calendar == "solar":
        born = lunar.from_solar(date(birthday.year, birthday.month, birthday.day)).year
    passed = lunar.from_solar(on).year - born
    return passed > 0 and passed % 12 == 0

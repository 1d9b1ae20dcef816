"""The days of a year that a sales team knows: festivals, solar terms, holidays, the days of occupations.

Solar terms come from borax `TermUtils`, lunar days from `almanac.lunar`; lunar days are sought in both lunar years that
a solar year touches, so 腊八 that falls twice or never in a solar year comes out right.
"""

import functools
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from borax.calendars.lunardate import TermUtils

from almanac import festival_table, lunar
from almanac.audience import Audience
from almanac.festival_table import Kind

CACHED_YEARS = 64


@dataclass(frozen=True, slots=True)
class Festival:
    """One festival on its day in one year.

    `greet` tells whether it is a day for greetings, `audience` for whom; kind occupational means the day of one
    group of people, women and parents included.
    """

    code: str
    name: str
    on: date
    kind: Kind
    greet: bool
    audience: Audience


def _lunar_days(rule: festival_table.Lunar, year: int) -> list[date]:
    days = []
    for lunar_year in (year - 1, year):
        month = lunar.find_month(lunar_year, rule.month)
        if month is not None:
            days.append(date.fromordinal(month.start + rule.day - 1))
    return [day for day in days if day.year == year]


def _days(
    rule: festival_table.Lunar | festival_table.Solar | festival_table.Sunday | festival_table.Term, year: int
) -> list[date]:
    match rule:
        case festival_table.Lunar():
            return _lunar_days(rule, year)
        case festival_table.Solar(month, day):
            return [date(year, month, day)]
        case festival_table.Sunday(month, nth):
            first = date(year, month, 1)
            return [first + timedelta(days=6 - first.weekday() + 7 * (nth - 1))]
        case festival_table.Term(name):
            return [TermUtils.nth_term_day(year, term_name=name)]


@functools.lru_cache(maxsize=CACHED_YEARS)
def _in_year(year: int) -> tuple[Festival, ...]:
    if not lunar.FIRST_YEAR < year <= lunar.LAST_YEAR:
        raise lunar.ImpossibleLunarDate("no_such_year")
    found = [
        Festival(entry.code, entry.name, day, entry.kind, entry.greet, entry.audience)
        for entry in festival_table.ENTRIES
        for day in _days(entry.rule, year)
    ]
    return tuple(sorted(found, key=lambda festival: festival.on))


def in_year(year: int) -> list[Festival]:
    """Return the festivals of a solar year by date; on one day traditional before statutory before the others.

    Raises: lunar.ImpossibleLunarDate for a year outside 1901-2100.
    """
    return list(_in_year(year))


@functools.lru_cache(maxsize=CACHED_YEARS)
def _by_day(year: int) -> dict[date, list[Festival]]:
    days: dict[date, list[Festival]] = {}
    for festival in _in_year(year):
        days.setdefault(festival.on, []).append(festival)
    return days


def on(day: date) -> list[Festival]:
    """Return the festivals of one day.

    Raises: lunar.ImpossibleLunarDate for a year outside 1901-2100.
    """
    return list(_by_day(day.year).get(day, []))


@functools.cache
def _rules() -> dict[str, festival_table.Lunar | festival_table.Solar | festival_table.Sunday | festival_table.Term]:
    rules = {entry.name: entry.rule for entry in festival_table.ENTRIES} | festival_table.OTHER_DAYS
    rules |= {alias: rules[name] for alias, name in festival_table.ALIASES.items()}
    return rules


def names() -> list[str]:
    """Return every name that `date_of` knows, the longest first.

    `date_of` takes them with or without 节. Some are also numbers (十一, 618): look at what follows.
    """
    return sorted(_rules(), key=lambda name: (-len(name), name))


def name_of(code: str) -> str:
    """Return the name of a festival by its code, 节日 for a code of another version."""
    return next((entry.name for entry in festival_table.ENTRIES if entry.code == code), "节日")


def date_of(name: str, year: int) -> date | None:
    """Return the first day in a solar year of what people call by that name, with or without 节.

    None when the name is unknown or that year has no such day.

    小年 is the northern one, 腊月廿三; 南方小年 is a day later.

    >>> date_of("国庆", 2026), date_of("除夕", 2027)
    (datetime.date(2026, 10, 1), datetime.date(2027, 2, 5))
    """
    rules = _rules()
    rule = rules.get(name) or rules.get(name.removesuffix("节")) or rules.get(f"{name}节")
    if rule is None or not lunar.FIRST_YEAR < year <= lunar.LAST_YEAR:
        return None
    return next(iter(_days(rule, year)), None)


def day_of_code(code: str, year: int) -> date | None:
    """Return the first day in a solar year of the festival with that code, or None."""
    return next((festival.on for festival in _in_year(year) if festival.code == code), None)


def no_greeting_on(day: date, mourning: Collection[date] = ()) -> str | None:
    """Return the name of what forbids cheerful greetings on that day, or None; `mourning` adds the team's own days."""
    if day in mourning or (day.year, day.month, day.day) in festival_table.MOURNING_DECREED:
        return "哀悼日"
    return next((festival.name for festival in on(day) if festival.code in festival_table.NO_GREETING), None)

import itertools
from datetime import date, timedelta

import pytest
from borax.calendars.lunardate import LunarDate as BoraxDate
from hypothesis import given
from hypothesis import strategies as st
from lunar_python import Solar

from almanac import lunar
from almanac.lunar import LunarDate

FIRST, LAST = date(1901, 1, 1), date(2056, 12, 31)


def by_lunar_python(day: date) -> LunarDate:
    found = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return LunarDate(found.getYear(), abs(found.getMonth()), found.getDay(), found.getMonth() < 0)


@pytest.mark.parametrize(
    ("lunar_date", "solar"),
    [
        ((2026, 1, 1), date(2026, 2, 17)),
        ((2026, 8, 15), date(2026, 9, 25)),
        ((2025, 6, 15, True), date(2025, 8, 8)),
        ((2033, 11, 1, True), date(2033, 12, 22)),
        ((1933, 5, 1, True), date(1933, 6, 23)),
        ((1949, 8, 10), date(1949, 10, 1)),
        ((2000, 12, 29), date(2001, 1, 23)),
        ((1900, 1, 1), date(1900, 1, 31)),
        ((2100, 12, 29), date(2101, 1, 28)),
    ],
)
def test_well_known_days_agree(lunar_date: tuple[int, ...], solar: date) -> None:
    year, month, day, *leap = lunar_date
    assert lunar.to_solar(year, month, day, bool(leap)) == solar
    assert lunar.from_solar(solar) == LunarDate(year, month, day, bool(leap))


@given(st.dates(FIRST, LAST))
def test_conversion_agrees_with_an_independent_library(day: date) -> None:
    assert lunar.from_solar(day) == by_lunar_python(day)


@given(st.dates(date(1900, 1, 31), date(2101, 1, 28)))
def test_conversion_there_and_back_is_the_same_day(day: date) -> None:
    found = lunar.from_solar(day)
    assert lunar.to_solar(found.year, found.month, found.day, found.leap) == day


@pytest.mark.long
def test_every_month_of_the_exact_range_agrees_with_an_independent_library() -> None:
    """Its first days and its last; `python -m benchmarks almanac` looks at every day."""
    months = lunar.months()
    days = [date.fromordinal(one.start + at) for one in months for at in (0, 1, one.length - 1)]
    looked_at = [day for day in days if FIRST <= day <= LAST]
    assert len(looked_at) > 5_700
    assert [day for day in looked_at if lunar.from_solar(day) != by_lunar_python(day)] == []


def test_ninety_days_in_three_years_are_corrected() -> None:
    days = [date(2057, 1, 1) + timedelta(days=ahead) for ahead in range((date(2100, 12, 31) - date(2057, 1, 1)).days)]
    theirs = [BoraxDate.from_solar(day) for day in days]
    wrong = [
        day
        for day, other in zip(days, theirs, strict=True)
        if lunar.from_solar(day) != LunarDate(other.year, other.month, other.day, bool(other.leap))
    ]
    assert {day.year for day in wrong} == {2057, 2089, 2097}
    assert len(wrong) == 90
    assert [lunar.to_solar(*first) for first in ((2057, 9, 1), (2089, 8, 1), (2097, 7, 1))] == [
        date(2057, 9, 28),
        date(2089, 9, 4),
        date(2097, 8, 7),
    ]


def test_every_month_has_29_or_30_days_and_follows_the_one_before() -> None:
    months = lunar.months()
    assert {month.length for month in months} == {29, 30}
    assert all(one.start + one.length == two.start for one, two in itertools.pairwise(months))


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ((2026, 13, 1, False), "no_such_month"),
        ((2026, 0, 1, False), "no_such_month"),
        ((2026, 13, 1, True), "no_such_month"),
        ((2026, 6, 1, True), "no_such_leap_month"),
        ((2024, 12, 30, False), "no_such_day"),
        ((2026, 1, 0, False), "no_such_day"),
        ((1899, 1, 1, False), "no_such_year"),
        ((2101, 1, 1, False), "no_such_year"),
    ],
)
def test_impossible_lunar_dates_are_refused_with_their_fault(parts: tuple[int, int, int, bool], code: str) -> None:
    with pytest.raises(lunar.ImpossibleLunarDate) as refusal:
        lunar.to_solar(*parts)
    assert refusal.value.code == code


@pytest.mark.parametrize("day", [date(1900, 1, 30), date(2101, 1, 29)])
def test_days_outside_the_table_are_refused(day: date) -> None:
    with pytest.raises(lunar.ImpossibleLunarDate):
        lunar.from_solar(day)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((8, 15, False), "农历八月十五"),
        ((6, 15, True), "闰六月十五"),
        ((1, 1, False), "农历正月初一"),
        ((12, 30, False), "农历腊月三十"),
        ((11, 20, False), "农历冬月二十"),
        ((12, 23, False), "农历腊月廿三"),
        ((10, 10, False), "农历十月初十"),
        ((2, 19, False), "农历二月十九"),
        ((3, 29, False), "农历三月廿九"),
    ],
)
def test_lunar_days_are_spoken_as_people_say_them(parts: tuple[int, int, bool], words: str) -> None:
    assert lunar.spoken(*parts) == words

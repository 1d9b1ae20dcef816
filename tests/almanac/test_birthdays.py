import functools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunar_python import LunarMonth, LunarYear

from almanac import birthdays, lunar
from almanac.birthdays import Birthday, Feb29

TODAY = date(2026, 11, 28)

lunar_birthdays = st.builds(
    Birthday, st.just("lunar"), month=st.integers(1, 12), day=st.integers(1, 30), leap=st.booleans()
)
solar_birthdays = st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: Birthday("solar", day.month, day.day))
feb29s = st.sampled_from(["feb28", "mar1"])


@functools.cache
def months_by_lunar_python(year: int) -> tuple[LunarMonth, ...]:
    return tuple(month for month in LunarYear.fromYear(year).getMonths() if month.getYear() == year)


def by_lunar_python(birthday: Birthday, year: int) -> date:
    """Keep a lunar birthday by the other library's months, walking them one by one."""
    ordinary = leap = None
    for month in months_by_lunar_python(year):
        if abs(month.getMonth()) == birthday.month:
            ordinary, leap = (ordinary, month) if month.isLeap() else (month, leap)
    kept: LunarMonth = leap if birthday.leap and leap is not None else ordinary
    new_moon = round(kept.getFirstJulianDay())  # JD of noon of the first day
    return date.fromordinal(new_moon - 1721425 + min(birthday.day, kept.getDayCount()) - 1)


@pytest.mark.parametrize(
    ("birthday", "year", "kept"),
    [
        (Birthday("lunar", 12, 30), 2024, date(2025, 1, 28)),  # 2024 ends with 廿九
        (Birthday("lunar", 12, 30, year=1989), 2025, date(2026, 2, 16)),
        (Birthday("lunar", 8, 15, leap=True, year=1995), 2026, date(2026, 9, 25)),
        (Birthday("lunar", 6, 15, leap=True), 2025, date(2025, 8, 8)),
        (Birthday("lunar", 6, 15, leap=True), 2026, date(2026, 7, 28)),
        (Birthday("lunar", 6, 15), 2025, date(2025, 7, 9)),
        (Birthday("lunar", 6, 30, leap=True), 2025, date(2025, 8, 22)),  # the leap month has 29 days
        (Birthday("lunar", 11, 20), 2025, date(2026, 1, 8)),
        (Birthday("solar", 2, 28), 2025, date(2025, 2, 28)),
        (Birthday("solar", 2, 29), 2025, date(2025, 2, 28)),
        (Birthday("solar", 2, 29), 2028, date(2028, 2, 29)),
    ],
)
def test_well_known_birthdays_are_kept_on_their_day(birthday: Birthday, year: int, kept: date) -> None:
    assert birthdays.kept_on(birthday, year) == kept


def test_29_february_moves_to_march_when_the_team_likes() -> None:
    assert birthdays.kept_on(Birthday("solar", 2, 29), 2025, "mar1") == date(2025, 3, 1)
    assert birthdays.kept_on(Birthday("solar", 2, 29), 2100, "mar1") == date(2100, 3, 1)
    assert birthdays.kept_on(Birthday("solar", 2, 29), 2024, "mar1") == date(2024, 2, 29)


@given(lunar_birthdays, st.integers(1901, 2056))
def test_lunar_birthdays_agree_with_an_independent_library(birthday: Birthday, year: int) -> None:
    assert birthdays.kept_on(birthday, year) == by_lunar_python(birthday, year)


@pytest.mark.long
@pytest.mark.parametrize("leap", [False, True])
def test_every_lunar_birthday_of_the_exact_range_agrees(leap: bool) -> None:
    wrong = [
        (month, day, year)
        for month in range(1, 13)
        for day in range(1, 31)
        for year in range(1901, 2057)
        if birthdays.kept_on(Birthday("lunar", month, day, leap), year)
        != by_lunar_python(Birthday("lunar", month, day, leap), year)
    ]
    assert wrong == []


def test_a_lunar_day_may_fall_twice_or_never_in_a_solar_year() -> None:
    birthday = Birthday("lunar", 11, 20)
    hits = {
        year: len(birthdays.occurrences(birthday, date(year, 1, 1), date(year, 12, 31))) for year in range(2024, 2029)
    }
    assert hits == {2024: 2, 2025: 0, 2026: 2, 2027: 1, 2028: 0}


def test_occurrences_include_both_ends() -> None:
    day = date(2026, 9, 25)
    assert birthdays.occurrences(Birthday("lunar", 8, 15), day, day) == [day]
    assert birthdays.occurrences(Birthday("solar", 9, 25), day, day) == [day]
    assert birthdays.occurrences(Birthday("solar", 9, 25), day + timedelta(days=1), day) == []


@given(st.one_of(lunar_birthdays, solar_birthdays), st.dates(date(1902, 1, 1), date(2090, 12, 31)), feb29s)
def test_the_next_birthday_is_the_first_kept_day_ahead(birthday: Birthday, day: date, feb29: Feb29) -> None:
    found = birthdays.next_on(birthday, day, feb29)
    assert day <= found
    assert birthdays.occurrences(birthday, day, found, feb29) == [found]


@given(st.one_of(lunar_birthdays, solar_birthdays), st.dates(date(1901, 1, 1), date(2090, 12, 31)), feb29s)
def test_keys_of_a_day_are_the_birthdays_kept_on_it(birthday: Birthday, start: date, feb29: Feb29) -> None:
    kept = birthdays.occurrences(birthday, start, start + timedelta(days=40), feb29)
    found = []
    for ahead in range(41):
        keys = birthdays.keys_on(start + timedelta(days=ahead), feb29)
        lunar_hit = birthday.calendar == "lunar" and (birthday.month, birthday.day, birthday.leap) in keys.lunar
        solar_hit = birthday.calendar == "solar" and (birthday.month, birthday.day) in keys.solar
        if lunar_hit or solar_hit:
            found.append(start + timedelta(days=ahead))
    assert found == kept


@pytest.mark.parametrize("feb29", ["feb28", "mar1"])
@pytest.mark.parametrize("year", [2024, 2025, 2026, 2033])
def test_keys_of_a_whole_year_find_every_birthday_once(year: int, feb29: Feb29) -> None:
    start, end = date(year, 1, 1), date(year, 12, 31)
    lunar_keys = [(month, day, leap) for month in range(1, 13) for day in range(1, 31) for leap in (False, True)]
    solar_keys = [(day.month, day.day) for day in (date(2024, 1, 1) + timedelta(days=n) for n in range(366))]
    expected = {
        (kept, key) for key in lunar_keys for kept in birthdays.occurrences(Birthday("lunar", *key), start, end)
    } | {
        (kept, key) for key in solar_keys for kept in birthdays.occurrences(Birthday("solar", *key), start, end, feb29)
    }
    found: set[tuple[date, tuple[int, ...]]] = set()
    for ahead in range((end - start).days + 1):
        day = start + timedelta(days=ahead)
        keys = birthdays.keys_on(day, feb29)
        found |= {(day, key) for key in keys.lunar} | {(day, key) for key in keys.solar}
    assert found == expected


@pytest.mark.parametrize(
    ("birthday", "code"),
    [
        (Birthday("solar", 2, 30), "no_such_day"),
        (Birthday("solar", 4, 31), "no_such_day"),
        (Birthday("solar", 13, 1), "no_such_month"),
        (Birthday("solar", 0, 1), "no_such_month"),
        (Birthday("solar", 1, 0), "no_such_day"),
        (Birthday("solar", 2, 29, year=2023), "no_such_day"),
        (Birthday("solar", 6, 1, leap=True), "leap_in_solar"),
        (Birthday("solar", 11, 29, year=2026), "in_the_future"),
        (Birthday("solar", 1, 1, year=2990), "in_the_future"),
        (Birthday("solar", 1, 1, year=1800), "too_long_ago"),
        (Birthday("lunar", 13, 1, leap=True), "no_such_leap_month"),
        (Birthday("lunar", 13, 1), "no_such_month"),
        (Birthday("lunar", 1, 31), "no_such_day"),
        (Birthday("lunar", 1, 5, leap=True), "no_such_leap_month"),
        (Birthday("lunar", 12, 5, leap=True), "no_such_leap_month"),
        (Birthday("lunar", 11, 30, leap=True), "no_such_day"),
        (Birthday("lunar", 8, 15, leap=True, year=1990), "no_such_leap_month"),
        (Birthday("lunar", 12, 30, year=1990), None),
        (Birthday("lunar", 12, 30, year=2024), "no_such_day"),
        (Birthday("lunar", 12, 1, year=2026), "in_the_future"),
        (Birthday("lunar", 1, 1, year=2027), "in_the_future"),
    ],
)
def test_impossible_birthdays_are_refused_with_their_fault(birthday: Birthday, code: str | None) -> None:
    found = None
    try:
        birthdays.check(birthday, TODAY)
    except birthdays.ImpossibleBirthday as refusal:
        found = refusal.code
    assert found == code


@pytest.mark.parametrize(
    "birthday",
    [
        Birthday("solar", 2, 29),
        Birthday("solar", 2, 29, year=1992),
        Birthday("solar", 11, 28, year=2026),
        Birthday("lunar", 8, 15, leap=True, year=1995),
        Birthday("lunar", 6, 30, leap=True),
        Birthday("lunar", 12, 30),
    ],
)
def test_possible_birthdays_pass(birthday: Birthday) -> None:
    birthdays.check(birthday, TODAY)


@given(st.integers(-1, 40), st.integers(-1, 40), st.booleans(), st.none() | st.integers(-5, 9999), st.booleans())
def test_whatever_passes_the_check_can_be_kept(month: int, day: int, leap: bool, year: int | None, solar: bool) -> None:
    birthday = Birthday("solar" if solar else "lunar", month, day, leap, year)
    try:
        birthdays.check(birthday, TODAY)
    except birthdays.ImpossibleBirthday:
        return
    assert birthdays.next_on(birthday, TODAY) - TODAY < timedelta(days=400)
    birthdays.age(birthday, TODAY)
    birthdays.is_zodiac_year(birthday, TODAY)


@pytest.mark.parametrize(
    ("birthday", "on", "years"),
    [
        (Birthday("solar", 11, 28, year=1990), date(2026, 11, 27), 35),
        (Birthday("solar", 11, 28, year=1990), date(2026, 11, 28), 36),
        (Birthday("solar", 2, 29, year=2000), date(2025, 2, 28), 25),
        (Birthday("solar", 2, 29, year=2000), date(2025, 2, 27), 24),
        (Birthday("lunar", 8, 15, year=1990), date(2026, 9, 24), 35),
        (Birthday("lunar", 8, 15, year=1990), date(2026, 9, 25), 36),
        (Birthday("lunar", 12, 20, year=1990), date(2027, 1, 26), 35),
        (Birthday("lunar", 12, 20, year=1990), date(2027, 1, 27), 36),
        (Birthday("solar", 5, 1), TODAY, None),
        (Birthday("solar", 12, 1, year=2026), TODAY, None),
    ],
)
def test_age_grows_on_the_day_the_birthday_is_kept(birthday: Birthday, on: date, years: int | None) -> None:
    assert birthdays.age(birthday, on) == years


def test_the_zodiac_year_follows_the_lunar_year() -> None:
    horse = Birthday("solar", 5, 1, year=1990)
    assert not birthdays.is_zodiac_year(horse, date(2026, 2, 16))
    assert birthdays.is_zodiac_year(horse, date(2026, 2, 17))
    assert birthdays.is_zodiac_year(horse, date(2027, 2, 5))
    assert not birthdays.is_zodiac_year(horse, date(2027, 2, 6))
    born_before_new_year = Birthday("solar", 1, 20, year=1990)  # still the snake's
    assert not birthdays.is_zodiac_year(born_before_new_year, date(2026, 6, 1))
    assert birthdays.is_zodiac_year(born_before_new_year, date(2025, 6, 1))
    assert not birthdays.is_zodiac_year(Birthday("lunar", 5, 1), date(2026, 6, 1))
    assert not birthdays.is_zodiac_year(Birthday("lunar", 5, 1, year=2026), date(2026, 7, 1))


def test_beyond_the_table_is_said_not_guessed() -> None:
    with pytest.raises(lunar.ImpossibleLunarDate):
        birthdays.next_on(Birthday("lunar", 12, 29), date(2101, 2, 1))

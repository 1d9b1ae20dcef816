from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunar_python import Lunar, Solar

from almanac import festival_table, festivals, lunar
from almanac.audience import Audience

# Month and day in 2024 … 2035, from printed calendars, written down by hand.
BY_HAND = {
    "春节": "02-10 01-29 02-17 02-06 01-26 02-13 02-03 01-23 02-11 01-31 02-19 02-08",
    "除夕": "02-09 01-28 02-16 02-05 01-25 02-12 02-02 01-22 02-10 01-30 02-18 02-07",
    "清明": "04-04 04-04 04-05 04-05 04-04 04-04 04-05 04-05 04-04 04-04 04-05 04-05",
    "端午": "06-10 05-31 06-19 06-09 05-28 06-16 06-05 06-24 06-12 06-01 06-20 06-10",
    "中秋": "09-17 10-06 09-25 09-15 10-03 09-22 09-12 10-01 09-19 09-08 09-27 09-16",
    "重阳": "10-11 10-29 10-18 10-08 10-26 10-16 10-05 10-24 10-12 10-01 10-20 10-09",
}
LUNAR_NAMES = {
    "春节": (1, 1),
    "元宵": (1, 15),
    "龙抬头": (2, 2),
    "端午": (5, 5),
    "七夕": (7, 7),
    "中元": (7, 15),
    "中秋": (8, 15),
    "重阳": (9, 9),
    "寒衣节": (10, 1),
    "腊八": (12, 8),
    "小年": (12, 23),
}
YEARS = range(2024, 2036)


def day_by_lunar_python(year: int, month: int, day: int) -> date:
    return date.fromisoformat(Lunar.fromYmd(year, month, day).getSolar().toYmd())


@pytest.mark.parametrize("name", BY_HAND)
def test_festivals_of_twelve_years_fall_as_calendars_print_them(name: str) -> None:
    found = [festivals.date_of(name, year) for year in YEARS]
    assert found == [
        date.fromisoformat(f"{year}-{day}") for year, day in zip(YEARS, BY_HAND[name].split(), strict=True)
    ]


@pytest.mark.parametrize("name", LUNAR_NAMES)
def test_lunar_festivals_agree_with_an_independent_library(name: str) -> None:
    expected = [
        day
        for day in (day_by_lunar_python(year, *LUNAR_NAMES[name]) for year in range(1999, 2057))
        if 2000 <= day.year < 2057
    ]
    found = [festival.on for year in range(2000, 2057) for festival in festivals.in_year(year) if festival.name == name]
    assert found == expected


def test_new_years_eve_is_the_day_before_the_new_year() -> None:
    for year in range(1902, 2101):
        eve, first = festivals.date_of("除夕", year), festivals.date_of("春节", year)
        assert eve is not None
        assert first == eve + timedelta(days=1)


@given(st.dates(date(1950, 1, 1), date(2056, 12, 31)).filter(lambda day: day != date(1979, 1, 20)))
def test_solar_terms_agree_with_an_independent_library(day: date) -> None:
    """One second's difference at midnight puts 大寒 1979 on another day in the two tables."""
    term = Solar.fromYmd(day.year, day.month, day.day).getLunar().getJieQi()
    ours = [festival.name for festival in festivals.on(day) if isinstance(rule_of(festival.code), festival_table.Term)]
    named = [name for name in ours if name != "农民丰收节"]
    assert named == ([term] if term else []) or day == date(1979, 1, 21)


def rule_of(code: str) -> object:
    return next(entry.rule for entry in festival_table.ENTRIES if entry.code == code)


def test_the_dragon_boat_festival_of_a_year_with_leap_fifth_month_comes_once() -> None:
    assert [festival.on for festival in festivals.in_year(2028) if festival.code == "dragon_boat"] == [
        date(2028, 5, 28)
    ]


def test_laba_falls_twice_or_never_in_some_years() -> None:
    found = {year: [day.on for day in festivals.in_year(year) if day.code == "laba"] for year in range(2020, 2026)}
    assert found[2022] == [date(2022, 1, 10), date(2022, 12, 30)]
    assert found[2023] == []
    assert festivals.date_of("腊八", 2023) is None
    assert [len(found[year]) for year in (2020, 2021, 2024, 2025)] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("国庆", 2026, date(2026, 10, 1)),
        ("国庆节", 2026, date(2026, 10, 1)),
        ("元旦", 2027, date(2027, 1, 1)),
        ("五一", 2027, date(2027, 5, 1)),
        ("十一", 2027, date(2027, 10, 1)),
        ("小年", 2027, date(2027, 1, 30)),
        ("北方小年", 2027, date(2027, 1, 30)),
        ("南方小年", 2027, date(2027, 1, 31)),
        ("冬至", 2026, date(2026, 12, 22)),
        ("中秋节", 2026, date(2026, 9, 25)),
        ("母亲节", 2026, date(2026, 5, 10)),
        ("父亲节", 2026, date(2026, 6, 21)),
        ("三八", 2026, date(2026, 3, 8)),
        ("三八节", 2026, date(2026, 3, 8)),
        ("双十一", 2026, date(2026, 11, 11)),
        ("大年三十", 2027, date(2027, 2, 5)),
        ("教师节", 2026, date(2026, 9, 10)),
        ("圣诞", 2026, date(2026, 12, 25)),
        ("没有这个节", 2026, None),
        ("春节", 1850, None),
    ],
)
def test_a_festival_is_found_by_what_people_call_it(name: str, year: int, day: date | None) -> None:
    assert festivals.date_of(name, year) == day


def test_every_name_finds_its_day() -> None:
    assert [name for name in festivals.names() if festivals.date_of(name, 2026) is None] == []


def test_a_year_is_sorted_and_its_codes_are_unique() -> None:
    year = festivals.in_year(2027)
    assert [festival.on for festival in year] == sorted(festival.on for festival in year)
    assert len({entry.code for entry in festival_table.ENTRIES}) == len(festival_table.ENTRIES)
    assert len({entry.name for entry in festival_table.ENTRIES}) == len(festival_table.ENTRIES)


def test_the_days_of_a_year_are_those_found_day_by_day() -> None:
    days = [date(2027, 1, 1) + timedelta(days=ahead) for ahead in range(365)]
    assert [festival for day in days for festival in festivals.on(day)] == festivals.in_year(2027)


def test_years_outside_the_calendar_are_refused() -> None:
    for year in (1900, 2101):
        with pytest.raises(lunar.ImpossibleLunarDate):
            festivals.in_year(year)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 4, 5), "清明"),
        (date(2026, 8, 27), "中元"),
        (date(2026, 12, 13), "国家公祭日"),
        (date(2008, 5, 19), "哀悼日"),
        (date(2026, 6, 1), "哀悼日"),
        (date(2026, 9, 25), None),
    ],
)
def test_days_of_mourning_forbid_greetings(day: date, reason: str | None) -> None:
    assert festivals.no_greeting_on(day, mourning=[date(2026, 6, 1)]) == reason


def test_a_day_that_forbids_greetings_is_never_greeted() -> None:
    greeted = {entry.code for entry in festival_table.ENTRIES if entry.greet}
    assert not greeted & festival_table.NO_GREETING


@pytest.mark.parametrize(
    ("code", "person", "included"),
    [
        ("teachers_day", {"title": "班主任老师"}, True),
        ("teachers_day", {"industry": "教育培训"}, True),
        ("teachers_day", {"title": "采购经理", "industry": "五金"}, False),
        ("womens_day", {"gender": "female"}, True),
        ("womens_day", {"gender": "male"}, False),
        ("womens_day", {}, False),
        ("mid_autumn", {}, True),
        ("nurses_day", {"title": "护士长"}, True),
    ],
)
def test_a_day_belongs_to_its_people(code: str, person: dict[str, str], included: bool) -> None:
    audience = next(entry.audience for entry in festival_table.ENTRIES if entry.code == code)
    assert audience.includes(**person) is included


def test_an_empty_audience_is_everybody() -> None:
    assert Audience().everybody
    assert not Audience(gender="male").everybody

from datetime import date, timedelta
from pathlib import Path

import pytest
from lunar_python.util import HolidayUtil

from almanac import workdays


def span(first: str, last: str) -> set[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return {start + timedelta(days=ahead) for ahead in range((end - start).days + 1)}


# From the notices of the State Council, written down by hand: days off in a row, weekend days worked.
OFF_2026 = (
    span("2026-01-01", "2026-01-03")
    | span("2026-02-15", "2026-02-23")
    | span("2026-04-04", "2026-04-06")
    | span("2026-05-01", "2026-05-05")
    | span("2026-06-19", "2026-06-21")
    | span("2026-09-25", "2026-09-27")
    | span("2026-10-01", "2026-10-07")
)
WORKED_2026 = {date.fromisoformat(f"2026-{day}") for day in ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")}
OFF_2025 = (
    span("2025-01-01", "2025-01-01")
    | span("2025-01-28", "2025-02-04")
    | span("2025-04-04", "2025-04-06")
    | span("2025-05-01", "2025-05-05")
    | span("2025-05-31", "2025-06-02")
    | span("2025-10-01", "2025-10-08")
)
WORKED_2025 = {date.fromisoformat(f"2025-{day}") for day in ("01-26", "02-08", "04-27", "09-28", "10-11")}


@pytest.mark.parametrize(("year", "off", "worked"), [(2025, OFF_2025, WORKED_2025), (2026, OFF_2026, WORKED_2026)])
def test_every_day_of_two_years_is_as_the_state_council_said(year: int, off: set[date], worked: set[date]) -> None:
    wrong = [
        day
        for day in sorted(span(f"{year}-01-01", f"{year}-12-31"))
        if workdays.is_workday(day) != (day in worked or (day.weekday() < 5 and day not in off))
    ]
    assert wrong == []


# Worked by the notice of 2012-12-10; the independent table lacks both.
MISSING_THERE = {date(2013, 4, 7), date(2013, 10, 12)}


def test_working_days_of_twenty_years_agree_with_an_independent_table() -> None:
    theirs = {
        date.fromisoformat(holiday.getDay()): holiday.isWork()
        for year in range(2007, 2027)
        for holiday in HolidayUtil.getHolidays(year)
    }
    days = span("2007-01-01", "2026-12-31")
    assert len(days) == 7305
    different = {day for day in days if workdays.is_workday(day) != theirs.get(day, day.weekday() < 5)}
    assert different == MISSING_THERE
    assert all(workdays.is_workday(day) for day in MISSING_THERE)


def test_reasons_are_in_chinese_and_name_the_holiday() -> None:
    assert workdays.kind(date(2026, 10, 10)) == workdays.DayKind(True, "星期六，国庆节调休上班", official=True)
    assert workdays.kind(date(2026, 10, 1)).reason == "国庆节放假"
    assert workdays.kind(date(2026, 11, 28)) == workdays.DayKind(False, "星期六，周末", official=True)
    assert workdays.kind(date(2026, 11, 27)).reason == "星期五，工作日"
    assert workdays.kind(date(2026, 6, 19)).reason == "端午节放假"


def test_no_reason_in_twenty_years_lacks_a_chinese_name() -> None:
    for day in span("2007-01-01", "2026-12-31"):
        assert workdays.kind(day).reason.isascii() is False
        assert not any(letter.isascii() and letter.isalpha() for letter in workdays.kind(day).reason)


def test_an_unannounced_year_falls_back_to_the_law() -> None:
    year = workdays.announced_until() + 1
    assert not workdays.is_announced(year)
    assert not any(workdays.kind(day).official for day in span(f"{year}-01-01", f"{year}-12-31"))


def test_the_law_gives_thirteen_days_in_a_year_without_coincidence() -> None:
    assert workdays.announced_until() < 2034, "choose later years for this test"
    off = {day for day in span("2034-01-01", "2034-12-31") if "法定" in workdays.kind(day).reason}
    assert off == (
        {date(2034, 1, 1), date(2034, 4, 5), date(2034, 6, 20), date(2034, 9, 27)}
        | span("2034-02-18", "2034-02-21")
        | span("2034-05-01", "2034-05-02")
        | span("2034-10-01", "2034-10-03")
    )
    rest = span("2034-01-01", "2034-12-31") - off
    assert all(workdays.is_workday(day) == (day.weekday() < 5) for day in rest)


def test_overrides_go_before_the_calendar() -> None:
    day = date(2026, 11, 30)
    assert workdays.is_workday(day)
    found = workdays.kind(day, {day: False})
    assert (found.works, found.official) == (False, True)
    assert workdays.is_workday(date(2026, 10, 1), {date(2026, 10, 1): True})
    assert workdays.is_announced(2040, {date(2040, 1, 1): False})


def test_a_file_of_a_coming_year_leaves_its_other_days_to_the_law() -> None:
    """What the file does not name is as on any plain day of that year, and nothing about it is open any more."""
    year = workdays.announced_until() + 1
    named = dict.fromkeys(span(f"{year}-10-01", f"{year}-10-07"), False)
    workdays.install(named)
    try:
        for given in (None, named):
            days = [workdays.kind(day, given) for day in sorted(span(f"{year}-01-01", f"{year}-12-31"))]
            assert all(day.official for day in days)
            assert not any("尚未公布" in day.reason for day in days)
            assert not workdays.is_workday(date(year, 1, 1), given)
            assert not workdays.is_workday(date(year, 10, 7), given)
        assert [workdays.is_workday(day) for day in sorted(span(f"{year}-03-01", f"{year}-03-07"))].count(True) == 5
    finally:
        workdays.install({})


def test_the_next_working_day_skips_rest_and_finds_adjusted_weekends() -> None:
    assert workdays.next_workday(date(2026, 9, 30)) == date(2026, 10, 8)
    assert workdays.next_workday(date(2026, 10, 9)) == date(2026, 10, 10)
    assert workdays.next_workday(date(2026, 11, 26), {date(2026, 11, 27): False}) == date(2026, 11, 30)


def test_a_team_that_never_works_is_told_so() -> None:
    with pytest.raises(workdays.NoWorkday):
        workdays.next_workday(date(2026, 1, 1), dict.fromkeys(span("2026-01-01", "2026-06-30"), False))


def test_an_override_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "days.json"
    path.write_text('{"work": ["2027-02-14"], "rest": ["2027-02-05", "2027-02-08"]}', encoding="utf-8")
    assert workdays.load_overrides(path) == {
        date(2027, 2, 14): True,
        date(2027, 2, 5): False,
        date(2027, 2, 8): False,
    }


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "not_json"),
        (b"[]", "wrong_shape"),
        (b'{"works": []}', "wrong_shape"),
        (b'{"rest": "2027-02-05"}', "wrong_shape"),
        (b'{"rest": ["2027-02-30"]}', "bad_date"),
        (b'{"rest": [20270205.5]}', "bad_date"),
        (b'{"rest": ["2027-02-05"], "work": ["2027-02-05"]}', "both_ways"),
        (b"\xff\xfe\xfa", "unreadable"),
    ],
)
def test_a_bad_override_file_is_refused_with_its_fault(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "days.json"
    path.write_bytes(content)
    with pytest.raises(workdays.BadOverrides) as refusal:
        workdays.load_overrides(path)
    assert refusal.value.code == code


def test_an_absent_override_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(workdays.BadOverrides) as refusal:
        workdays.load_overrides(tmp_path / "absent.json")
    assert refusal.value.code == "unreadable"

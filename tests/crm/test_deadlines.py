"""Before a festival means the last working day before it; every other deadline is the day that was said."""

from datetime import date, datetime, timedelta, timezone

import pytest

from crm import deadlines
from nlp import when

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("国庆前 拜访王总", date(2026, 9, 30)),
        ("国庆节之前", date(2026, 9, 30)),
        ("春节前拜访王总", date(2027, 2, 4)),  # the eve is a holiday
        ("五一前", date(2026, 4, 30)),
        ("双十一前", date(2026, 11, 10)),
        ("周五前给方案", None),
        ("周一前给方案", date(2026, 3, 20)),
        ("下下周一之前换好", date(2026, 3, 27)),
        ("每周一前交报表", None),
        ("周一前两天", None),
        ("周一上午10点前给方案", None),
        ("月底前", None),
        ("国庆拜访王总", None),
        ("国庆后", None),
    ],
)
def test_before_a_festival_is_the_last_working_day(text: str, on: date | None) -> None:
    found = when.first(text, NOW)
    assert found is not None
    assert deadlines.last_workday(found, NOW.date()) == on


def test_a_working_day_that_is_over_is_none() -> None:
    saturday = NOW + timedelta(days=3)
    found = when.first("周一前给方案", saturday)
    assert found is not None
    assert found.on == date(2026, 3, 23)
    assert deadlines.last_workday(found, saturday.date()) is None


def test_the_reader_keeps_its_convention() -> None:
    found = when.first("国庆前", NOW)
    assert found is not None
    assert found.value == "2026-10-01"

"""Deadlines in working hours, beside a table made by hand. 2026-10-01 to 07 rests, Saturday 2026-10-10 is worked."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from crm import work_hours
from crm.day_spans import Span

ZONE = ZoneInfo("Asia/Shanghai")
DAY, NIGHT = Span(time(9), time(18)), Span(time(22), time(6))


@pytest.mark.parametrize(
    ("start", "hours", "span", "end"),
    [
        ("2026-03-18 10:30", 4, DAY, "2026-03-18 14:30"),
        ("2026-03-18 08:15", 4, DAY, "2026-03-18 13:00"),
        ("2026-03-18 08:15", 9, DAY, "2026-03-18 18:00"),
        ("2026-03-18 17:00", 4, DAY, "2026-03-19 12:00"),
        ("2026-03-20 20:00", 1, DAY, "2026-03-23 10:00"),
        ("2026-03-21 12:00", 13.5, DAY, "2026-03-24 13:30"),
        ("2026-09-30 17:00", 2, DAY, "2026-10-08 10:00"),
        ("2026-10-09 17:00", 2, DAY, "2026-10-10 10:00"),
        ("2026-03-20 23:00", 3, None, "2026-03-23 02:00"),
        ("2026-03-19 01:00", 2, NIGHT, "2026-03-19 03:00"),
        ("2026-03-18 23:00", 8, NIGHT, "2026-03-19 23:00"),
    ],
)
def test_working_hours_pass_only_at_work(start: str, hours: float, span: Span | None, end: str) -> None:
    begun = datetime.fromisoformat(start).replace(tzinfo=ZONE)
    assert f"{work_hours.after(begun, hours, span, ZONE):%Y-%m-%d %H:%M}" == end


def test_the_same_time_of_the_next_working_day() -> None:
    friday = datetime(2026, 3, 20, 18, tzinfo=ZONE)
    assert work_hours.day_after(friday, ZONE) == datetime(2026, 3, 23, 18, tzinfo=ZONE)

"""People called like a day: 周一鸣, 王初一, 周日新. The words that name them tell no time, known or not."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from nlp import reader, when
from nlp.reader.customers import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))  # a Wednesday
KNOWN = [Known(at, name, None, None, None, ()) for at, name in enumerate(("周一鸣", "周三强", "王初一", "王芳"), 1)]


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("明天下午陪周一鸣试驾", date(2026, 3, 19)),
        ("周三强明天先打个电话", date(2026, 3, 19)),
        ("提醒我周一给周一鸣打电话", date(2026, 3, 23)),
        ("提醒我周五给王初一打电话", date(2026, 3, 20)),
        ("周三再给王芳打个电话", date(2026, 3, 25)),
    ],
)
def test_the_day_of_a_reminder_is_none_of_a_name(text: str, on: date) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.task_when and reading.task_when.on) == ("remind", on)


def test_a_newcomer_is_no_day() -> None:
    reading = reader.read("周日新 15000000030 看凌渡", NOW, KNOWN)
    assert reading.fields is not None
    assert (reading.action, reading.fields.name, reading.task_when) == ("add_customer", "周日新", None)


def test_the_names_of_one_team_hide_no_day_of_another() -> None:
    with when.hiding(["李国庆"]):
        assert when.find("李国庆来", NOW) == []
    assert [one.words for one in when.find("李国庆来", NOW)] == ["国庆"]


@pytest.mark.parametrize(
    "text",
    [
        *("周一下午来试驾", "周五去看样板 13800138000", "周日新车到店", "周一、周三上课"),
        *("周五改周六", "周四排下周的班", "周五回 13811110002", "周五催13811110002"),
    ],
)
def test_a_weekday_stays_one(text: str) -> None:
    assert when.find(text, NOW)[0].words.startswith("周")


def test_a_day_that_becomes_another_is_one() -> None:
    assert [one.words for one in when.find("王芳周五改周六", NOW)] == ["周五", "周六"]
    assert [one.words for one in when.find("提醒我周四交周五的报表", NOW)] == ["周四", "周五"]

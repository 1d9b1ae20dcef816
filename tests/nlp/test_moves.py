"""What is told of a task that stands already: moved, put off by so long, called off; and what only sounds so."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from nlp.reader import moves, read

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("text", "words", "earlier", "later"),
    [
        ("孙丽改到后天", "", None, "2026-03-20"),
        ("孙丽的拜访推迟到周五", "拜访", None, "2026-03-20"),
        ("明天那个电话改后天上午", "电话", "2026-03-19", "2026-03-20T09:00"),
        ("提醒挪到下周一", "", None, "2026-03-23"),
        ("明天三点的会改到四点", "会", "2026-03-19T15:00", "2026-03-19T16:00"),
        ("下周三的演示改到周四", "演示", "2026-03-25", "2026-03-26"),
        ("孙丽明天的拜访提前到今天下午", "拜访", "2026-03-19", "2026-03-18T15:00"),
        ("今天去不了孙丽那了，改周五", "", "2026-03-18", "2026-03-20"),
        ("周五的周报改周四交", "周报交", "2026-03-20", "2026-03-19"),
        ("样品下周三再寄", "样品寄", None, "2026-03-25"),
        ("拜访孙丽改到周四，不对，周五", "拜访", None, "2026-03-20"),
        ("孙丽明天没空，后天再去", "去", "2026-03-19", "2026-03-20"),
    ],
)
def test_a_move_gives_what_from_when_and_to_when(text: str, words: str, earlier: str | None, later: str) -> None:
    change = moves.told(text, NOW, "孙丽")
    assert change is not None
    assert (change.kind, change.words) == ("move", words)
    assert (change.earlier.value if change.earlier else None) == earlier
    assert change.later is not None
    assert change.later.value == later


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("拜访孙丽推迟两天", timedelta(days=2)),
        ("孙丽的会往后推一周", timedelta(days=7)),
        ("开会提前半小时", -timedelta(minutes=30)),
    ],
)
def test_a_move_may_say_by_how_much(text: str, by: timedelta) -> None:
    change = moves.told(text, NOW, "孙丽")
    assert change is not None
    assert change.by == by


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("周五那个不用去了", "", "2026-03-20"),
        ("取消明天的拜访", "拜访", "2026-03-19"),
        ("孙丽的拜访取消了", "拜访", None),
        ("明天不去孙丽那了", "", "2026-03-19"),
        ("不用给孙丽打电话了", "", None),
    ],
)
def test_what_is_called_off(text: str, words: str, day: str | None) -> None:
    change = moves.told(text, NOW, "孙丽")
    assert change is not None
    assert (change.kind, change.words) == ("cancel", words)
    assert (change.earlier.value if change.earlier else None) == day


@pytest.mark.parametrize(
    "text",
    [
        "价格改到周五再说",
        "交期推迟到周五",
        "孙丽想改到周五",
        "孙丽问能不能改到周五",
        "提醒我周五把拜访改到下周",
        "提前一天提醒我",
        "修改周五的合同",
        "孙丽取消了订单",
        "孙丽晚两天付款",
        "孙丽不做了",
        "取消",
        "删除孙丽",
        "周报每周五交",
    ],
)
def test_what_changes_no_task(text: str) -> None:
    assert moves.told(text, NOW, "孙丽") is None


def test_of_two_days_a_reminder_has_the_one_it_was_moved_to_without_a_word_between() -> None:
    reading = read("明天那个电话改后天上午", NOW, ())
    assert reading.task_when is not None
    assert reading.task_when.value == "2026-03-20T09:00"


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("嘉兴李厂长说3月底交货不行 要提前到28号", "2026-03-28"),
        ("4月20号的量房提前到10号", "2026-04-10"),
        ("4月20号的量房提前到10号上午9点", "2026-04-10T09:00"),
        ("4月20号的量房改到18号", "2026-04-18"),
        ("20号的会提前到19号", "2026-03-19"),
        ("4月10号的送货推迟到5号", "2026-05-05"),
        ("4月10号的送货推迟到20号", "2026-04-20"),
        ("3月25号的会改到10号", "2026-04-10"),
        ("4月30号的量房改到2号", "2026-05-02"),
    ],
)
def test_a_day_of_the_month_is_before_the_one_told_first_where_it_is_brought_forward(text: str, later: str) -> None:
    change = moves.told(text, NOW)
    assert change is not None
    assert change.later is not None
    assert change.later.value == later

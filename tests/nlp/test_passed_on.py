"""A reminder to tell somebody of another day keeps its own time and all that is to be told."""

from datetime import datetime, timedelta, timezone

import pytest

from nlp.commands import read as command
from nlp.reader import Known, moves, read, tasks

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
KNOWN = [Known(1, "王芳", None), Known(2, "孙丽", None)]


def told(text: str) -> tuple[str | None, str | None, str | None]:
    reading = read(text, NOW, KNOWN)
    fields = command.as_json(reading)["fields"]
    assert reading.action == "remind", reading
    return fields.get("what"), fields.get("due"), reading.ask


@pytest.mark.parametrize(
    ("text", "what", "due"),
    [
        (
            "提醒我今天下午5点通知周五班家长周五晚的课改到周六上午",
            "通知周五班家长周五晚的课改到周六上午",
            "2026-03-18T17:00",
        ),
        ("提醒我明天上午10点告诉李雷周五的课改到周日晚上", "告诉李雷周五的课改到周日晚上", "2026-03-19T10:00"),
        (
            "提醒我下午6点跟米粒妈妈说周六的课挪到周日上午10点",
            "跟米粒妈妈说周六的课挪到周日上午10点",
            "2026-03-18T18:00",
        ),
        ("今天下班前提醒我给孙丽说一声安装推迟到4月2号", "给孙丽说一声安装推迟到4月2号", "2026-03-18T18:00"),
        ("记得明天通知王芳交货改到25号", "通知王芳交货改到25号", "2026-03-19"),
        ("下午4点提醒我回孙丽电话 他的检修挪到周日了", "回孙丽电话 他的检修挪到周日了", "2026-03-18T16:00"),
        ("提醒我5点跟车间说这批货挪到下周二发", "跟车间说这批货挪到下周二发", "2026-03-18T17:00"),
        ("提醒我今晚8点告诉租客看房改到周日下午", "告诉租客看房改到周日下午", "2026-03-18T20:00"),
        ("提醒我明天9点把周五的会改到下周一", "把周五的会改到下周一", "2026-03-19T09:00"),
        ("提醒我下午5点通知家长周六上午9点上课", "通知家长周六上午9点上课", "2026-03-18T17:00"),
        ("提醒我后天10点跟客户确认送货是周六还是周日", "跟客户确认送货是周六还是周日", "2026-03-20T10:00"),
        ("展会推迟到5月 提醒我明天通知代理商", "通知代理商（展会推迟到5月）", "2026-03-19"),
    ],
)
def test_what_is_to_be_told_is_its_text(text: str, what: str, due: str) -> None:
    assert told(text) == (what, due, None)
    assert moves.told(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("马师傅周五请假 周五的安装改周六上午 提醒我通知业主", "通知业主（马师傅周五请假 周五的安装改周六上午）"),
        ("提醒我告诉孙丽交货推迟到25号", "告诉孙丽交货推迟到25号"),
    ],
)
def test_without_a_time_of_its_own_it_is_asked_for(text: str, what: str) -> None:
    assert told(text) == (what, None, "what_time")
    assert moves.told(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("提醒我周五给王芳打电话改到周六", "2026-03-21"),
        ("提醒我明天10点开会 改到11点", "2026-03-19T11:00"),
        ("提醒我明天下午三点开会，不对，四点", "2026-03-19T16:00"),
        ("明天提醒我给王芳发报价，啊不，后天", "2026-03-20"),
        ("提醒我周五的回访改到下周一", "2026-03-23"),
        ("提醒我周五回访王芳，改到下周一", "2026-03-23"),
        ("提醒我明天的会改到周五", "2026-03-20"),
        ("提醒我周三给王芳打电话约周五见面", "2026-03-25"),
        ("提醒我周五把样品寄给孙丽", "2026-03-20"),
    ],
)
def test_what_is_moved_itself_is_due_then(text: str, due: str) -> None:
    assert told(text)[1] == due


@pytest.mark.parametrize("text", ["周五的拜访改到周六", "王芳的回访推迟到周五", "明天的会改到后天 通知他们了"])
def test_a_move_stays_one(text: str) -> None:
    assert moves.told(text, NOW) is not None


@pytest.mark.parametrize("text", ["王芳要转班 从周三转到周六", "孙丽 课从周二转到周四晚上", "李娜想周三转到周六"])
def test_a_class_changed_for_another_is_no_task(text: str) -> None:
    assert tasks.dated(text, NOW) is None

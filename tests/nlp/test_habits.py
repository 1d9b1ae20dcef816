"""What a customer does again and again is a note, and what we are to do again stays a reminder."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [Known(1, "孙丽", None, None, None, ()), Known(2, "王建国", "华东机械", None, "采购经理", ())]


@pytest.mark.parametrize(
    "text",
    [
        "王建国每周三除外都在厂里",
        "孙丽除了周一都在店里",
        "孙丽周一除外都有空",
        "孙丽每周一休息",
        "孙丽每周一都去进货",
        "王建国每周三开例会 找他要避开",
        "孙丽每天下午三点以后有空",
        "孙丽周二周四在店里",
        "孙丽每周五盘点",
        "孙丽每天晚上8点以后才回消息",
    ],
)
def test_what_the_customer_does_again_and_again_is_a_note(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask, reading.task_when) == ("note", None, None), text


@pytest.mark.parametrize(
    "text",
    ["每周三给王建国送货", "每周一提醒我给孙丽打电话", "孙丽每月1号催款", "孙丽每周一去拜访一次 提醒我"],
)
def test_what_we_do_again_and_again_is_a_reminder(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.task_when and reading.task_when.kind) == ("remind", "recur"), text

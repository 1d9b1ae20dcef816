"""What a customer's relative or colleague does for a living is a note of the customer's, and none of his fields."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [
    Known(1, "张雪", None, "13800138001", None, ()),
    Known(2, "王建国", "华东机械", "13900139003", "采购经理", ("王工",)),
]


@pytest.mark.parametrize(
    "text",
    [
        "张雪老公是医院主任",
        "张雪他们老板是做房地产的",
        "张雪的爸爸是退休教师",
        "王建国的儿子是程序员",
        "王工他领导是副总",
        "张雪老公开餐馆的",
        "张雪的同事是财务总监",
        "张雪 老公做房地产",
        "见了张雪 她老公是医院主任",
    ],
)
def test_it_is_a_note(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask, reading.note) == ("note", None, text)


@pytest.mark.parametrize("text", ["她老公是医院主任", "他们老板是做房地产的", "她儿子在银行当客户经理"])
def test_of_whom_was_shown_last(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN, KNOWN[0])
    assert (reading.action, reading.ask, reading.customer) == ("note", None, KNOWN[0])


@pytest.mark.parametrize(
    ("text", "title", "industry", "note"),
    [
        ("加客户 李敏 13800001111 老公是医院主任", None, None, "老公是医院主任"),
        ("李敏 13800001111 她老公是医院主任 想看重疾", None, None, "她老公是医院主任 想看重疾"),
        ("李敏 13800001111 他们老板是做房地产的", None, None, "他们老板是做房地产的"),
        ("李敏 13800001111 采购经理 老公在苏州做五金", "采购经理", None, "老公在苏州做五金"),
        ("李敏，13800001111，妈妈是退休教师，本人是会计", "会计", None, None),
        ("李敏 13800001111 做美容的 闺蜜是孙丽", None, "美容", None),
        ("王太太 13800001111 是做餐饮的", None, "餐饮", None),
    ],
)
def test_a_newcomer_has_his_own_only(text: str, title: str | None, industry: str | None, note: str | None) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert reading.action == "add_customer"
    assert reading.fields is not None
    assert (reading.fields.title, reading.fields.industry) == (title, industry)
    assert note is None or reading.note == note


@pytest.mark.parametrize(
    ("text", "action"),
    [("张雪升主任了", "update"), ("张雪的职务登错了，不是司机是调度主管", "update"), ("张雪的老公是谁", "find")],
)
def test_what_is_her_own_and_what_asks(text: str, action: str) -> None:
    assert reader.read(text, NOW, KNOWN).action == action


def test_a_task_beside_it_is_kept() -> None:
    reading = reader.read("王建国的老板是做房地产的，下周三去拜访", NOW, KNOWN)
    assert (reading.task_what, reading.task_when and reading.task_when.value) == ("去拜访", "2026-03-25")

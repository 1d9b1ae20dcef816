"""Who called, came by or brought somebody is told of, not looked up: the words are those of a look-up."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [
    Known(1, "孙丽", None, None, None, ()),
    Known(2, "李娜", None, None, None, ("娜姐",)),
    Known(3, "王建国", "华东机械", None, "采购经理", ()),
]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("孙丽给我介绍了个客户", "孙丽"),
        ("李娜来过电话", "李娜"),
        ("王建国打过电话来", "王建国"),
        ("王建国打了两个电话给我", "王建国"),
        ("娜姐找过我", "李娜"),
        ("昨天孙丽打我电话", "孙丽"),
        ("孙丽留了电话", "孙丽"),
        ("王建国联系过我", "王建国"),
        ("李娜回电话了", "李娜"),
        ("跟孙丽通过电话", "孙丽"),
        ("孙丽的朋友来过电话", "孙丽"),
        ("娜姐又带了两个老板过来", "李娜"),
        ("王建国来过店里", "王建国"),
    ],
)
def test_what_a_customer_did_is_a_note_of_his(text: str, name: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask) == ("note", None), text
    assert reading.customer is not None, text
    assert (reading.customer.name, reading.note, reading.task_when) == (name, text, None)


@pytest.mark.parametrize(
    "text", ["李娜的电话", "孙丽电话打过没", "李娜上次聊了啥", "翻翻李娜上次说了啥", "李娜那个客户资料"]
)
def test_what_is_asked_for_stays_a_look_up(text: str) -> None:
    assert reader.read(text, NOW, KNOWN).action == "find", text


@pytest.mark.parametrize("text", ["孙丽来过吗", "孙丽介绍的客户"])
def test_a_question_and_whom_he_brought_are_not_told(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask) != ("note", None), text

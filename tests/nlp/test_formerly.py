"""A past post or firm changes nothing of a record, the present one does; whose the number of his people is is asked."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [
    Known(1, "孙丽", "美达五金", "13800138001", None, ()),
    Known(2, "王建国", "华东机械", "13900139003", "采购经理", ()),
    Known(3, "陈志强", "志强建材", None, None, ()),
]


@pytest.mark.parametrize(
    "text",
    [
        "孙丽说她以前在万科当采购经理后来自己出来干的",
        "孙丽以前在万科当采购经理",
        "王建国原来是恒大机电的副总",
        "孙丽之前在大润发做主管",
        "王建国曾经是我们厂的厂长",
        "孙丽以前在美的上班 现在自己开店",
        "孙丽前公司是万科",
    ],
)
def test_his_past_is_a_note(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask) == ("note", None), text


@pytest.mark.parametrize(
    ("text", "company", "title"),
    [
        ("孙丽以前在万科 现在去了碧桂园", "碧桂园", None),
        ("王建国原来是采购经理 现在是副总", None, "副总"),
        ("王建国职位之前没登 是采购总监", None, "采购总监"),
    ],
)
def test_what_is_so_now_is_news(text: str, company: str | None, title: str | None) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert reading.fields is not None, text
    assert (reading.action, reading.fields.company, reading.fields.title) == ("update", company, title)


@pytest.mark.parametrize("text", ["孙丽的会计电话是13712345678", "王建国说找他要先打助理电话 0512-66778899"])
def test_the_number_of_his_people_is_a_note(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask) == ("note", None)


def test_the_number_of_a_driver_who_comes_is_a_note() -> None:
    reading = reader.read("陈志强的司机小张电话13712345678明天来拉货", NOW, KNOWN)
    assert (reading.action, reading.customer and reading.customer.name) == ("note", "陈志强")

"""What rules of refusing, wishing, setting and ending must leave alone: names, posts, sums and other clauses."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.commands import read as command
from nlp.reader import Known, appointments, matters, reading

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [Known(place, name) for place, name in enumerate(("李娜", "孙丽", "王芳", "张伟", "莫总", "莫小芳"), 1)]


def _read(text: str) -> dict[str, Any]:
    return command.as_json(reader.read(text, NOW, KNOWN))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("王芳升成本会计了", "成本会计"),
        ("王芳升成成本会计了", "成本会计"),
        ("王芳现在任成本经理", "成本经理"),
        ("王芳现在是成品主管", "成品主管"),
        ("王芳升登记主任了", "登记主任"),
        ("王芳升为采购总监了", "采购总监"),
        ("帮我改一下 王芳的职称 已经升区经理", "区经理"),
    ],
)
def test_only_whole_words_of_setting_are_cut_from_a_post(text: str, title: str) -> None:
    assert _read(text)["fields"]["title"] == title


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("我周五给李娜发报价，账期的事我不敢答应", "2026-03-20"),
        ("周五我给李娜送合同，价格我没法答应", "2026-03-20"),
        ("李娜要求最好在周五前报价 我答应了", "2026-03-20"),
        ("孙丽说最好是周五送货过去 我答应她了", "2026-03-20"),
        ("我答应明天莫总那边送样", "2026-03-19"),
        ("我答应莫总明天送样", "2026-03-19"),
        ("我答应明天莫小芳那边送样", "2026-03-19"),
        ("约了周四下午3点莫总来签合同", "2026-03-19T15:00"),
    ],
)
def test_another_clause_our_agreeing_and_a_surname_take_no_task_away(text: str, due: str) -> None:
    assert _read(text)["fields"]["task"]["due"] == due


@pytest.mark.parametrize(
    "text", ["李娜说明天莫送货了", "李娜说明天就莫找王总了", "孙丽说最好是周五送货", "孙丽要周五补货 我没敢跟她打包票"]
)
def test_what_is_refused_or_only_wished_is_no_task(text: str) -> None:
    assert "task" not in _read(text)["fields"]


def test_a_month_before_a_quotation_is_when_to_give_it() -> None:
    got = _read("提醒我4月报价给李娜")
    assert (got["action"], got["fields"]["due"]) == ("remind", "2026-04-01")


@pytest.mark.parametrize(
    "text", ["李娜说送货要提前一天说一声", "孙丽说她上门前提前两天说一下", "李娜要求送货 提前一天说一声"]
)
def test_who_wants_to_be_told_asks_for_no_reminder(text: str) -> None:
    assert _read(text)["action"] == "note"


@pytest.mark.parametrize(
    ("text", "action"),
    [("李娜订了20箱酒 3600，搞定", "order"), ("张伟投诉交期慢 已经处理，搞定", "note"), ("周报，搞定", "done")],
)
def test_a_sale_and_a_complaint_are_no_end_of_a_task(text: str, action: str) -> None:
    assert _read(text)["action"] == action


def test_repeated_words_are_read_at_once() -> None:
    start = time.process_time()
    assert not matters.is_thin("到" * 40 + "x")
    assert appointments.split(reading.as_message("和跟" * 30 + " 都约明天", NOW, KNOWN)) == ()
    assert time.process_time() - start < 0.5

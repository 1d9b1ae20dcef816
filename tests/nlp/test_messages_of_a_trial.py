"""What a trial user typed and was misread: one case a line, with the customer shown last where there was one."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from nlp import reader
from nlp.commands import read as command

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
FOLDER = Path(__file__).parent / "cases"
KNOWN = [
    replace(known, customer_id=number)
    for number, known in enumerate(command.customers(FOLDER / "customers_review.jsonl"))
]
CASES = [json.loads(line) for line in (FOLDER / "messages_review.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:14])
def test_message_of_a_trial_is_read_as_meant(case: dict[str, Any]) -> None:
    current = next((known for known in KNOWN if known.name == case.get("current")), None)
    got = command.as_json(reader.read(case["text"], NOW, KNOWN, current))
    assert (got["action"], got["customer"], got["ask"]) == (case["action"], case.get("customer"), case.get("ask"))
    if "candidates" in case:
        assert got["candidates"] == case["candidates"]
    task = got["fields"].get("task") or got["fields"]
    found = {**got["fields"], "task": task.get("what"), "due": task.get("due")}
    for name, wanted in case.get("fields", {}).items():
        assert found.get(name) == wanted, name


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "今天跑了三家：\n1. 陈立新 要报价 M10\n2. 郑超 嫌慢\n3. 新客户 何总 13877770001 常州新源",
            ["陈立新 要报价 M10", "郑超 嫌慢", "新客户 何总 13877770001 常州新源"],
        ),
        ("王五 13877770002 甲厂\n赵六 13877770003 乙厂", ["王五 13877770002 甲厂", "赵六 13877770003 乙厂"]),
        ("王五 嫌慢\n周五前回复\n赵六 要样品", ["王五 嫌慢\n周五前回复", "赵六 要样品"]),
        ("陈立新\n13812340001\n常州大华机械 总经理", None),
        ("李工\n13877770001\n常州新源", None),
        ("何总 13877770001 常州新源\n王总介绍的", None),
        ("王五\n13877770002\n赵六\n13877770003", ["王五\n13877770002", "赵六\n13877770003"]),
        ("加客户 王五 13877770002\n赵六 13877770003", ["加客户 王五 13877770002", "赵六 13877770003"]),
        ("陈立新嫌慢\n陈立新还要报价", None),
        ("嫌交期慢\n要求降价", None),
        ("", None),
    ],
)
def test_days_log_is_split_by_person_and_nothing_else_is(text: str, parts: list[str] | None) -> None:
    assert reader.split(text) == (parts or [text])


def test_days_log_gives_a_text_for_each_person() -> None:
    got = reader.read("冯俊杰嫌交期慢\n陈立新要报价", NOW, KNOWN)
    assert got.parts == ("冯俊杰嫌交期慢", "陈立新要报价")
    assert [reader.read(part, NOW, KNOWN).customer for part in got.parts] == [KNOWN[2], KNOWN[0]]


def test_form_of_address_is_never_found_by_its_last_word() -> None:
    for text in ("崔小姐说发票还没收到", "小姐姐来电话了"):
        assert reader.read(text, NOW, KNOWN).candidates == ()
    assert reader.read("周小姐说发票还没收到", NOW, KNOWN).customer in (KNOWN[16], None)


def test_current_customer_gets_no_word_of_a_stranger() -> None:
    for text in ("王宗说下午来电话", "钱敏 嫌贵", "客户钱敏 12345"):
        assert reader.read(text, NOW, KNOWN, KNOWN[6]).customer is None

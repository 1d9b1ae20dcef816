"""Sums worked out of pieces and prices, news of known customers, and reminders in words of many kinds."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from nlp import reader
from nlp.commands import read as command
from nlp.fields import prices

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
FOLDER = Path(__file__).parent / "cases"
KNOWN = command.customers(FOLDER / "customers.jsonl")
CASES = [
    json.loads(line)
    for name in ("sums_and_news.jsonl", "struck_and_asked.jsonl", "sums_days_and_people.jsonl")
    for line in (FOLDER / name).read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:20])
def test_what_is_told_is_stored_without_a_question(case: dict[str, Any]) -> None:
    got = command.as_json(reader.read(case["text"], NOW, KNOWN))
    assert (got["action"], got["customer"], got["ask"]) == (case["action"], case["customer"], None)
    found = {**got["fields"], **(got["fields"].get("task") or {})}
    assert {name: found.get(name) for name in case["fields"]} == case["fields"]


@pytest.mark.parametrize(
    "text", ["洞口2.4×2.6米", "每箱50盒", "100*200的板", "一层三个人", "毛巾200条 12元一条 浴巾50条 30元一条"]
)
def test_measures_and_several_prices_make_no_sum(text: str) -> None:
    assert prices.find(text) is None


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("周三 50件", "what_action"),
        ("老陈介绍的那个包工头 姓牛的 讲要批发价", "which_customer"),
        ("老陈 酱油5件醋3件料酒2件 一件分别是90 66 72 帮我算下记进去", "what_amount"),
    ],
)
def test_what_does_not_tell_enough_is_asked_about(text: str, ask: str) -> None:
    assert reader.read(text, NOW, KNOWN).ask == ask


def test_english_cancel_is_no_sale() -> None:
    got = reader.read("郑姐 order cancel 了，之前那 19500 refund 给她", NOW, KNOWN)
    assert (got.action, got.amount_fen, got.product) == ("order", -19_500_00, None)

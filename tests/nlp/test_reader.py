"""Free messages: the committed ones, ambiguity, promises, the index keys, and what holds for any text."""

import json
import time
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import reader
from nlp.commands import read as command
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
FOLDER = Path(__file__).parent / "cases"
KNOWN = command.customers(FOLDER / "customers.jsonl")
CASES = [
    json.loads(line)
    for name in (
        "messages.jsonl",
        "messages_second.jsonl",
        "messages_third.jsonl",
        "messages_fourth.jsonl",
        "messages_fifth.jsonl",
        "messages_sixth.jsonl",
        "messages_who.jsonl",
    )
    for line in (FOLDER / name).read_text("utf-8").splitlines()
]
ASKED = {
    "刘洋 18071234567 武汉光谷软件园 程序员 买过我们的办公椅",
    "周姐 18800001111",
}  # the known 刘洋 has no number: new or his?


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:14])
def test_message_is_read_as_meant(case: dict[str, Any]) -> None:
    got = command.as_json(reader.read(case["text"], NOW, KNOWN))
    if case.get("ambiguous") or case["text"] in ASKED:
        assert got["ask"] is not None
        return
    assert (got["action"], got["customer"], got["ask"]) == (case["action"], case["customer"], None)
    wanted = dict(case["fields"])
    due = wanted.get("due") or (wanted.get("task") or {}).get("due")
    if due:
        assert (got["fields"].get("due") or got["fields"]["task"]["due"]) == due
    for name in ("phone", "amount_yuan", "birthday", "name"):
        assert got["fields"].get(name) == wanted.get(name, got["fields"].get(name))


OTHERS = command.customers(FOLDER / "customers_other.jsonl")
OTHER_CASES = [json.loads(line) for line in (FOLDER / "messages_other.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", OTHER_CASES, ids=lambda case: case["text"][:14])
def test_message_about_other_customers_is_read_as_meant(case: dict[str, Any]) -> None:
    got = command.as_json(reader.read(case["text"], NOW, OTHERS))
    if case.get("ambiguous"):
        assert got["ask"] is not None
    else:
        assert (got["action"], got["customer"], got["ask"]) == (case["action"], case["customer"], None)


def test_same_surname_and_title_are_offered_and_not_guessed() -> None:
    two = [Known(1, "王磊", "北京恒通", title="总经理"), Known(2, "王强", "天津远大", title="总经理")]
    got = reader.read("王总说下月要货", NOW, two)
    assert (got.customer, got.ask) == (None, "which_customer")
    assert {known.customer_id for known in got.candidates} == {1, 2}
    assert reader.read("远大王总说下月要货", NOW, two).customer == two[1]


def test_same_name_twice_is_settled_by_the_company() -> None:
    two = [Known(1, "张伟", "上海宏达科技"), Known(2, "张伟", "南京远航物流")]
    assert reader.read("张伟说价格高", NOW, two).ask == "which_customer"
    assert reader.read("远航的张伟说价格高", NOW, two).customer == two[1]


def test_name_that_only_sounds_alike_is_asked_about_unless_the_company_settles_it() -> None:
    known = [Known(1, "郑爽", "厦门鹭岛服饰")]
    assert reader.read("郑霜说退货运费她不出", NOW, known).ask == "which_customer"
    assert reader.read("鹭岛郑霜说退货运费她不出", NOW, known).customer == known[0]


def test_current_customer_takes_a_note_without_a_name() -> None:
    known = Known(7, "李娜", "杭州云栖网络")
    got = reader.read("她说下个月再定", NOW, [], current=known)
    assert (got.action, got.customer, got.ask) == ("note", known, None)
    other = reader.read("周老板说价格太高", NOW, [], current=known)
    assert other.customer is None
    assert other.ask == "new_or_note"


def test_promise_becomes_a_task_with_its_time() -> None:
    got = reader.read("张伟嫌交期慢，我说周五前给他新方案", NOW, KNOWN)
    assert got.action == "note"
    assert got.task_when is not None
    assert (got.task_when.on, got.task_when.deadline) == (date(2026, 3, 20), True)


def test_reminder_without_a_time_asks_for_one() -> None:
    got = reader.read("提醒我给张伟打电话", NOW, KNOWN)
    assert (got.action, got.ask, got.task_what) == ("remind", "what_time", "给张伟打电话")


@pytest.mark.parametrize(
    "text", ["张伟想下单12000", "张伟没下单 说12000太贵", "张伟问12000能不能下单", "张伟上次下单12000"]
)
def test_wishes_and_questions_are_no_orders(text: str) -> None:
    assert reader.read(text, NOW, KNOWN).action == "note"


def test_index_keys_and_mentions_meet() -> None:
    for known in KNOWN:
        keys = reader.name_keys(known.name, known.company, known.nicknames)
        for text in (f"{known.name}说价格高", f"今天去{known.company}拜访", *(f"{n}来电话了" for n in known.nicknames)):
            assert keys & set(reader.mentions(text)), (known.name, text)


def test_keys_hold_address_company_short_name_and_sound() -> None:
    keys = reader.name_keys("王建国", "苏州美达五金有限公司", ("老王",))
    assert {"王建国", "王总", "老王", "美达", "美达五金", "~wang jian guo"} <= keys
    assert "苏州" not in keys
    assert "五金" not in keys


def test_pinyin_keys_hold_every_reading() -> None:
    assert reader.pinyin_keys("张伟") == {"zhangwei", "zw"}
    assert {"shanhong", "danhong", "chanhong"} <= reader.pinyin_keys("单红")
    assert reader.pinyin_keys("Tom Lee") == {"tomlee", "tl"}


@pytest.mark.parametrize("text", ["", "   ", "😀😀😀", "👍", "\x00\x01\x02", "。。。", "asdfgh", "<b>&amp;</b>"])
def test_empty_and_pictures_are_unclear(text: str) -> None:
    got = reader.read(text, NOW, KNOWN)
    assert got.action == "unclear"
    assert got.ask


@given(st.text(max_size=120))
def test_any_text_is_read_without_fault(text: str) -> None:
    got = reader.read(text, NOW, KNOWN)
    assert got.ask is None or got.confidence < 0.9
    assert len(reader.mentions(text)) <= 120


@given(st.sampled_from([c["text"] for c in CASES]), st.sampled_from([c["text"] for c in CASES]))
def test_joined_messages_write_to_no_customer_that_is_not_named(one: str, other: str) -> None:
    got = reader.read(f"{one}。{other}", NOW, KNOWN)
    if got.customer:
        assert got.customer in KNOWN


@pytest.mark.parametrize("piece", ["王总明天下午3点", "3点", "周", "13800138000 ", "1", "一", " ", "a", "月底前 "])
def test_five_thousand_characters_are_read_at_once(piece: str) -> None:
    text = (piece * 5000)[:5000]
    started = time.process_time()
    reader.read(text, NOW, KNOWN)
    reader.mentions(text)
    assert (
        time.process_time() - started < 0.5
    )  # 0.05 s asked, measured by benchmarks/reading.py; here a wide margin for busy machines

"""The likely answers of a doubtful reading, and a message read as one given action."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from nlp.reader import Action, Known, read, read_as

NOW = datetime.fromisoformat("2026-03-18T10:30+08:00")
KNOWN = (Known(1, "孙丽", "云栖民宿"), Known(2, "王建国", "宏达五金", nicknames=("王总",)))
ABOUT_WHAT = ("note_or_order", "note_or_remind", "what_action", "instruction", "question")
MESSAGES = [
    json.loads(line)["text"]
    for line in (Path(__file__).parent / "cases" / "messages_review.jsonl").read_text(encoding="utf-8").splitlines()
]


def test_answers_come_with_a_question_about_what_is_meant_and_with_nothing_else() -> None:
    assert MESSAGES
    for text in MESSAGES:
        reading = read(text, NOW, KNOWN)
        assert not reading.likely or reading.ask in ABOUT_WHAT, text
        assert len(set(reading.likely)) == len(reading.likely) <= 3, text
        assert not {"unclear", "list"} & set(reading.likely), text


def test_what_the_rules_ask_about_has_its_likely_answer() -> None:
    reading = read("孙丽那批货 6800元", NOW, KNOWN)
    assert reading.ask == "note_or_order"
    assert "order" in reading.likely


@pytest.mark.parametrize("text", ["撤销", "取消王总下周二的提醒", "把孙丽转给小周", "？", ""])
def test_what_no_message_does_has_no_likely_answer(text: str) -> None:
    assert read(text, NOW, KNOWN).likely == ()


@pytest.mark.parametrize("text", ["孙丽那批货 6800元", "更新王总 报价单", "合并客户 司马沉 司马沉二"])
def test_a_list_is_the_one_whose_words_are_not_those_of_a_name(text: str) -> None:
    assert "risk" not in read(text, NOW, KNOWN).likely


@pytest.mark.parametrize(
    ("text", "action", "ask"),
    [
        ("孙丽那批货 6800元", "order", None),
        ("王二那批货 6800元", "order", "which_customer"),
        ("31号跟孙丽对帐", "remind", None),
        ("跟孙丽对帐", "remind", "what_time"),
        ("孙丽那批货 6800元", "note", None),
        ("孙丽升总监了", "update", None),
        ("照一下孙丽", "find", None),
        ("货发了", "done", None),
        ("佘经理 18023456671", "add_customer", None),
        ("今天有啥", "today", None),
    ],
)
def test_a_message_is_read_as_the_action_given(text: str, action: Action, ask: str | None) -> None:
    reading = read_as(text, NOW, KNOWN, action)
    assert reading is not None
    assert (reading.action, reading.ask) == (action, ask)


def test_no_sum_is_no_order() -> None:
    assert read_as("孙丽那批货", NOW, KNOWN, "order") is None


def test_no_word_is_read_as_nothing() -> None:
    assert read_as("？！", NOW, KNOWN, "note") is None
    assert read_as("在吗？！", NOW, KNOWN, "today") is not None


def test_what_is_read_as_the_action_it_is_stays_the_same() -> None:
    for text in ("孙丽昨天下单 6800元", "明天下午3点拜访孙丽", "提醒我后天给王总打电话", "孙丽说价格高"):
        sure = read(text, NOW, KNOWN)
        again = read_as(text, NOW, KNOWN, sure.action)
        assert again is not None
        assert (again.customer, again.amount_fen, again.task_what, again.task_when) == (
            sure.customer,
            sure.amount_fen,
            sure.task_what,
            sure.task_when,
        )

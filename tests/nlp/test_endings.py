"""That a reminder is not wanted any more: by us, asked politely, and what is only the wish of another."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp.reader import endings, moves, read
from nlp.reader.customers import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
CUSTOMERS = [Known(1, "孙丽", None, None, None, ()), Known(2, "王建国", None, None, None, ())]


@pytest.mark.parametrize(
    ("text", "words", "rule"),
    [
        ("每天打卡太烦了，取消打卡提醒行不行", "打卡", "DAILY"),
        ("取消打卡提醒好不好", "打卡", ""),
        ("打卡提醒停掉可以吗？", "打卡", ""),
        ("打卡的提醒取消了，行吗", "打卡", ""),
        ("把打卡提醒关了吧", "打卡", ""),
        ("打卡那个不用提醒了", "打卡", ""),
        ("每周一的看库存别提醒了", "看库存", "WEEKLY;MO"),
        ("看库存的，以后别提醒了", "看库存", ""),
    ],
)
def test_a_reminder_ends_however_politely_it_is_asked(text: str, words: str, rule: str) -> None:
    ending = endings.told(text, NOW)
    assert ending is not None
    assert (ending.words, ending.rule) == (words, rule)


@pytest.mark.parametrize(
    "text",
    [
        "王建国让我们别再催了",
        "王建国叫我们以后别催了",
        "孙丽要我们不要再提醒了",
        "孙丽嫌烦，叫我们别再提醒了",
        "孙丽说以后不用提醒她了",
        "孙丽说别催了",
        "孙丽那边不用提醒客户了",
    ],
)
def test_the_wish_of_another_is_a_note_and_ends_nothing(text: str) -> None:
    assert endings.told(text, NOW) is None
    reading = read(text, NOW, CUSTOMERS)
    assert reading.action == "note"
    assert reading.customer == CUSTOMERS[1 if "王" in text else 0]


@pytest.mark.parametrize(
    "text", ["孙丽的报价交了，不用再提醒了", "孙丽说货收到了，别催了", "孙丽的电话打完了 别提醒我了"]
)
def test_what_is_done_and_needs_no_reminder_is_done(text: str) -> None:
    assert read(text, NOW, CUSTOMERS).action == "done"


@pytest.mark.parametrize(("text", "is_urged"), [("孙丽打电话的事别催了", True), ("孙丽打电话的提醒别催了", False)])
def test_whom_one_presses_is_told_only_beside_a_reminder(text: str, is_urged: bool) -> None:
    assert endings.is_urged(text) is is_urged


@pytest.mark.parametrize(
    ("text", "is_unwanted"),
    [
        ("这个不要了", True),
        ("那个不要了", True),
        ("不要这个了", True),
        ("样品她不要了", True),
        ("那个提醒不要了", False),
        ("取消那个提醒", False),
        ("周五那个不用去了", False),
    ],
)
def test_goods_may_be_what_is_not_wanted(text: str, is_unwanted: bool) -> None:
    change = moves.told(text, NOW)
    assert change is not None
    assert change.is_unwanted is is_unwanted


@pytest.mark.parametrize(
    ("text", "is_nameless"),
    [
        ("推迟到周五", True),
        ("改到下周", True),
        ("拜访改到周五", False),
        ("周四那个改到周五", False),
        ("不对 是周四", False),
    ],
)
def test_a_move_that_names_nothing(text: str, is_nameless: bool) -> None:
    change = moves.told(text, NOW)
    assert change is not None
    assert change.is_nameless is is_nameless

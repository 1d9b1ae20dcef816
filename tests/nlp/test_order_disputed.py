"""Sums of stored orders that are disputed: they are never read as new orders."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from nlp.reader import entry_changes, order_changes, order_doubts

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("孙丽的合同不是11万 是10.8万", 110_000, 108_000),
        ("孙丽的订单12000不对 应该是8000", 12_000, 8_000),
        ("孙丽那单不是2400是2600", 2_400, 2_600),
        ("孙丽那单是2600不是2400", 2_400, 2_600),
        ("孙丽的保单4500写错了，是5400", 4_500, 5_400),
        ("孙丽签的不是3800，是3600", 3_800, 3_600),
    ],
)
def test_the_wrong_sum_and_the_right_one_are_told(text: str, wrong: int, right: int) -> None:
    change = order_changes.told(text, NOW, "孙丽")
    assert change is not None
    wrong_fen = change.right.wrong_fen or change.fen
    assert (change.kind, wrong_fen, change.right.fen) == ("change", wrong * 100, right * 100)
    assert change.names_order


@pytest.mark.parametrize(
    ("text", "fen", "kept"),
    [
        ("孙丽的单子3200那笔是对的 5000那笔删了", 500_000, (320_000,)),
        ("把孙丽今天的单子全撤了 只留3200", None, (320_000,)),
        ("孙丽的订单撤了那个30万的", 30_000_000, ()),
        ("孙丽5000那单删掉，3200那单留着", 500_000, (320_000,)),
        ("孙丽那个170万不是订单 是商机金额 撤掉", 170_000_000, ()),
        ("把孙丽3980那单撤了 她退款了", 398_000, ()),
        ("撤单 孙丽", None, ()),
    ],
)
def test_the_order_that_goes_is_told_from_the_one_that_stays(text: str, fen: int | None, kept: tuple[int, ...]) -> None:
    change = order_changes.told(text, NOW, "孙丽")
    assert change is not None
    assert (change.kind, change.fen, change.kept_fen, change.is_guess) == ("cancel", fen, kept, False)


@pytest.mark.parametrize(
    "text",
    [
        "孙丽那个30万的订单是不是录错了",
        "孙丽签的5000是不是录成50000了",
        "孙丽 签了5000 记重了",
        "孙丽5000那个录错了吧",
        "孙丽的3000撤了吧 她没签",
        "孙丽签了5000 这笔录了两遍",
    ],
)
def test_a_disputed_sum_may_be_a_stored_order(text: str) -> None:
    assert (order_changes.told(text, NOW, "孙丽") or order_doubts.guessed(text, NOW, "孙丽")) is not None


@pytest.mark.parametrize(
    "text",
    [
        "孙丽签了5000",
        "孙丽下单 毛巾 2400元 明天发货",
        "孙丽定了3万的货 首付一万",
        "孙丽复购了 3600",
        "删掉孙丽的提醒",
        "孙丽的电话记错了",
    ],
)
def test_an_order_and_a_slip_without_a_sum_dispute_nothing(text: str) -> None:
    assert order_doubts.guessed(text, NOW, "孙丽") is None


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("孙丽 2000那笔退款是1000", 2_000, 1_000),
        ("孙丽退的是650不是560", 560, 650),
        ("孙丽退的不是560是650", 560, 650),
        ("孙丽退的不是12节是10节 3000", None, 3_000),
        ("孙丽2000那笔退费应该是1000", 2_000, 1_000),
        ("退款不是2000 是1000", 2_000, 1_000),
    ],
)
def test_a_return_is_put_right(text: str, wrong: int | None, right: int) -> None:
    change = entry_changes.told(text, "孙丽")
    assert change is not None
    assert (change.kind, change.fen) == ("return", right * 100)
    assert change.wrong_fen == (wrong * 100 if wrong else None)


@pytest.mark.parametrize("text", ["孙丽退款2000", "孙丽退了两箱 360", "孙丽退课 剩12节退3600", "孙丽想退的是那件蓝的"])
def test_a_return_that_is_told_puts_none_right(text: str) -> None:
    assert entry_changes.told(text, "孙丽") is None

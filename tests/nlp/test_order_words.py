"""Orders and returns in ordinary words, read without a database."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from nlp import reader
from nlp.fields import totals
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
KNOWN = [Known(1, "刘洋", None, None, None, ()), Known(2, "王能", None, None, None, ())]


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("刘洋退货 5000", -5000_00),
        ("刘洋退款3000", -3000_00),
        ("刘洋昨天退了1000块的货", -1000_00),
        ("王能退货800元 不锈钢法兰", -800_00),
        ("刘洋退了两批货，一批3000，一批5000", -8000_00),
        ("刘洋又下了两单，一单8000一单1.2万", 20_000_00),
        ("刘洋下了3单，一共9000", 9000_00),
        ("刘洋下单8000，分两批发货", 8000_00),
        ("刘洋又订了一批货5000", 5000_00),
    ],
)
def test_order_has_the_sum_of_its_words(text: str, fen: int) -> None:
    got = reader.read(text, NOW, KNOWN)
    assert (got.action, got.amount_fen, got.ask) == ("order", fen, None)


@pytest.mark.parametrize(
    "text",
    [
        "刘洋要求退货",
        "刘洋想退货 5000",
        "刘洋说要退",
        "刘洋退了10个法兰",
        "刘洋下周退货5000",
        "刘洋退货500个 型号搞错了",
        "刘洋退休了 5000",
    ],
)
def test_wish_or_story_of_a_return_is_a_note(text: str) -> None:
    assert reader.read(text, NOW, KNOWN).action == "note"


@pytest.mark.parametrize("told", ["两单，3000和5000", "两单一单八千一单一万二", "两单，每单5000"])
def test_two_orders_without_a_sum_are_asked_about(told: str) -> None:
    got = reader.read(f"刘洋下了{told}", NOW, KNOWN)
    assert (got.action, got.amount_fen, got.ask) == ("order", None, "what_amount")


def test_batches_name_every_amount() -> None:
    several = totals.batches("一批法兰3000，一批5000螺丝，第三批1.2万")
    assert several is not None
    assert (several.fen, several.products) == (20_000_00, ("法兰3000 + 螺丝5000 + 1.2万",))
    for text in ("一批3000", "一共8000，一批3000，一批5000", "一批300个，一批500个"):
        assert totals.batches(text) is None


def test_price_of_each_order_is_no_sum_of_all() -> None:
    for text in ("订了3批 2000一批", "下了两单，每单5000元"):
        assert totals.unsummed(text)
    for text in ("订了3批 一共2000", "下单5000，分两批发货"):
        assert not totals.unsummed(text)

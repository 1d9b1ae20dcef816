"""Debts told in notes: what a customer owes is told from what we owe, what he owes others, and what is asked."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from nlp import reader
from nlp.reader import Known, owed

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("孙丽欠1500", 1500),
        ("孙丽还欠我们12000 月底付", 12000),
        ("孙丽那边货款3.2万没结", 32000),
        ("孙丽尾款还有八千没给", 8000),
        ("孙丽还差1500没付", 1500),
        ("孙丽的货款12000没打过来 说下周五给", 12000),
        ("孙丽 尾款800 还没收", 800),
        ("孙丽欠着两千块", 2000),
        ("孙丽赊了3000的货", 3000),
        ("孙丽那2800的货还没付款", 2800),
        ("孙丽还有5000货款没收回来", 5000),
        ("孙丽 欠我 2k 没还", 2000),
        ("孙丽付了2万 还欠1万", 10000),
        ("孙丽拖欠货款一万二", 12000),
        ("孙丽挂账1200", 1200),
        ("孙丽应收账款45000", 45000),
        ("孙丽上个月的货款5600还没打", 5600),
        ("找孙丽要钱，还欠3500", 3500),
        ("孙丽那边没付的货款还有2万", 20000),
        ("孙丽还差2000", 2000),
        ("孙丽 1800 没给钱", 1800),
        ("孙丽那笔8600拖着没付", 8600),
        ("孙丽到现在还没给那3000块", 3000),
        ("孙丽少付了200", 200),
        ("孙丽钱还没给 一共4200", 4200),
        ("尾款8000周五付 孙丽", 8000),
    ],
)
def test_what_is_owed_is_read(text: str, yuan: int) -> None:
    found = owed.told(text, NOW, "孙丽")
    assert found is not None
    assert found.fen == yuan * 100


def test_day_to_pay_and_what_comes_on_top_are_told() -> None:
    assert owed.told("孙丽还欠12000 月底付", NOW, "孙丽") == owed.Owed(12000_00, date(2026, 3, 31))
    assert owed.told("孙丽欠900块，答应周五给", NOW, "孙丽") == owed.Owed(900_00, date(2026, 3, 20))
    assert owed.told("孙丽又欠了800", NOW, "孙丽") == owed.Owed(800_00, is_more=True)
    assert owed.told("孙丽欠1500 周五去拜访", NOW, "孙丽") == owed.Owed(1500_00)


@pytest.mark.parametrize(
    "text",
    [
        "我们欠孙丽1500",
        "还欠孙丽3000返利",
        "我们还没付孙丽运费300",
        "孙丽欠同行3万",
        "孙丽说她欠银行30万",
        "孙丽欠多少",
        "孙丽是不是还欠3000",
        "孙丽报价3万没回复",
        "孙丽3000的样品没收到",
        "孙丽定金3000没付",
        "孙丽想欠3000",
        "孙丽付了1500",
        "孙丽下单6800",
        "孙丽5000没还价",
        "孙丽预算3万没到",
        "孙丽说不欠我们3000",
        "孙丽货款3000到了",
        "孙丽要开发票3000还没开",
        "孙丽还差30箱没发",
        "孙丽单子还有5000件没到货",
        "孙丽那边还差2000就能上金卡",
        "孙丽尾款800结了",
        "孙丽尾款还有8000 今天给了",
        "孙丽欠5000 今天给了",
        "孙丽还欠5000，已付",
        "孙丽的退款5000还没到账",
        "孙丽房贷还欠50万",
    ],
)
def test_what_is_no_debt_of_his(text: str) -> None:
    assert owed.told(text, NOW, "孙丽") is None


@pytest.mark.parametrize(
    "text", ["孙丽那边货款3.2万没结", "孙丽上个月的货款5600还没打", "孙丽应收账款45000", "孙丽挂账1200"]
)
def test_debt_is_a_note_and_no_order(text: str) -> None:
    reading = reader.read(text, NOW, [Known(1, "孙丽", None, None, None, ())])
    assert (reading.action, reading.ask) == ("note", None)


def test_order_that_is_not_paid_stays_an_order() -> None:
    reading = reader.read("孙丽下单5000 款没付", NOW, [Known(1, "孙丽", None, None, None, ())])
    assert (reading.action, reading.amount_fen) == ("order", 5000_00)


def test_sum_of_which_a_part_was_paid_is_owed_no_more() -> None:
    assert owed.told("孙丽欠的8500还了5000", NOW, "孙丽") is None
    assert owed.told("孙丽上次欠的3000结了1000", NOW, "孙丽") is None

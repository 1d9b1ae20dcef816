"""Deposits and part payments that were made are told from those planned, asked for and not made."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from nlp.reader import deposits
from nlp.reader.deposits import Deposit
from nlp.reader.owed import Owed

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("孙丽付了定金200", 200),
        ("孙丽今天付了1000块定金", 1000),
        ("孙丽付了1200定金", 1200),
        ("孙丽订金打了五千", 5000),
        ("孙丽定金付了500", 500),
        ("孙丽这单定金付了1000 剩下的货到付清", 1000),
        ("孙丽打了定金3000", 3000),
        ("孙丽定金2000已付", 2000),
        ("孙丽定金2000到账了", 2000),
        ("收了孙丽定金800", 800),
        ("孙丽交了800定金 要蓝色的", 800),
        ("孙丽预付款打了3000", 3000),
        ("孙丽 定金200 微信收的", 200),
        ("孙丽定金3000 刷卡", 3000),
        ("孙丽 预付款3万对公到了", 30000),
        ("孙丽 订金5000现金收的", 5000),
    ],
)
def test_deposit_is_paid(text: str, yuan: int) -> None:
    assert deposits.told(text, NOW, "孙丽") == Deposit(yuan * 100)


def test_day_of_a_deposit_is_told() -> None:
    assert deposits.told("昨天孙丽付了定金200", NOW, "孙丽") == Deposit(200_00, date(2026, 3, 17))


@pytest.mark.parametrize(
    "text",
    [
        "孙丽定金200没付",
        "孙丽还没付定金200",
        "孙丽要先付定金200",
        "孙丽说付了定金200",
        "孙丽明天付定金200",
        "孙丽定金付30%",
        "孙丽预付30%",
        "孙丽付了定金200吗",
        "孙丽答应付200定金",
        "孙丽想付200定金",
        "退了孙丽定金200",
        "孙丽定金200",
        "我们付了定金200给供应商",
        "孙丽付定金200才发货",
        "孙丽付了1500",
        "孙丽定金每月付200",
        "孙丽明天付定金200 微信",
        "孙丽定金200 微信转不过来",
    ],
)
def test_what_is_planned_or_not_paid_is_no_deposit(text: str) -> None:
    assert deposits.told(text, NOW, "孙丽") is None


@pytest.mark.parametrize(
    ("text", "total", "owed"),
    [
        ("孙丽 304不锈钢板 6张 480 一共2880 已付1880 剩下的下月10号付", 2880, Owed(1000_00, date(2026, 4, 10), True)),
        ("孙丽 轴承 6205 200套 单价8.5 95折 总共1615 先付500", 1615, Owed(1115_00, None, True)),
        ("孙丽订了阀门 8000 付了定金2000", 8000, Owed(6000_00, None, True)),
        ("孙丽买了 3600 付了1000", 3600, Owed(2600_00, None, True)),
    ],
)
def test_rest_of_an_order_is_owed(text: str, total: int, owed: Owed) -> None:
    assert deposits.rest(text, NOW, total * 100, "孙丽") == owed


@pytest.mark.parametrize(
    "text",
    [
        "孙丽买了 2880 已付2880",
        "孙丽买了 2880 已付",
        "孙丽买了 2880 要先付1000",
        "孙丽买了 2880 先付30%",
        "孙丽买了 2880 说先付1000",
        "孙丽买了 2880 给了100块优惠",
        "孙丽买了 2880 给优惠100",
    ],
)
def test_order_paid_in_full_or_not_yet_has_no_rest(text: str) -> None:
    assert deposits.rest(text, NOW, 2880_00, "孙丽") is None


@pytest.mark.parametrize(
    ("text", "total", "paid"),
    [
        ("孙丽那单8000先付了3000", 8000, 3000),
        ("孙丽上次那单8000已经打了3000", 8000, 3000),
        ("孙丽8000那单付了一半", 8000, 4000),
        ("孙丽那个订单12000 付了5000", 12000, 5000),
        ("孙丽那笔货8000元给了三千", 8000, 3000),
    ],
)
def test_part_paid_of_an_order_is_told(text: str, total: int, paid: int) -> None:
    assert deposits.of_order(text, NOW, "孙丽") == deposits.PartPaid(total * 100, paid * 100)


@pytest.mark.parametrize(
    "text", ["孙丽那单8000没付", "孙丽那单8000说付3000", "孙丽下单8000", "孙丽那单8000付了8000", "孙丽那单付了3000"]
)
def test_what_is_no_part_of_an_order(text: str) -> None:
    assert deposits.of_order(text, NOW, "孙丽") is None

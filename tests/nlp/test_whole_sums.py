"""What is sold or given back where a part of it was taken for the whole: a piece, a card with goods beside, a fee."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from nlp import reader
from nlp.reader import Known, order_changes

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
KNOWN = [Known(1, "徐海涛", None, None, None, ()), Known(2, "刘姐", None, None, None, ())]


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("给徐海涛下单 抗震支架120套 145的", 17400),
        ("徐海涛下了一单 轻钢龙骨200根 18的", 3600),
        ("徐海涛又要 M10的 1千只 1块1", 1100),
        ("徐海涛下单M10螺丝 500只 2块5", 1250),
        ("徐海涛下单 轴承20个 35的那种", 700),
        ("徐海涛订了60件 128的", 7680),
        ("徐海涛下单 螺母500个 5毛的", 250),
        ("徐海涛拿了10件 99的 一共990", 990),
        ("徐海涛买了件2000的大衣", 2000),
        ("徐海涛下单 10mm的螺栓 500个 800元", 800),
        ("徐海涛订50件 均码的 5000", 5000),
        ("2026/3/17 徐海涛 镀锌钢板 50 320 16000 已收8000", 16000),
        ("徐海涛 化学锚栓 500 12 6000", 6000),
    ],
)
def test_price_by_which_a_kind_is_called_is_that_of_each(text: str, yuan: int) -> None:
    found = reader.read(text, NOW, KNOWN)
    assert (found.action, found.amount_fen, found.ask) == ("order", yuan * 100, None)


@pytest.mark.parametrize("text", ["徐海涛要10箱 3000的", "徐海涛要了20吨 3950的", "徐海涛拿了12双 3块2"])
def test_price_that_may_be_of_one_or_of_all_is_asked_about(text: str) -> None:
    found = reader.read(text, NOW, KNOWN)
    assert (found.action, found.amount_fen, found.ask) == ("order", None, "what_amount")


@pytest.mark.parametrize(
    ("text", "yuan", "product"),
    [
        ("刘姐续卡8000 送1200 还拿了两支精华 680一支", 9360, "充值、精华"),
        ("刘姐充两千送两百 再加买个精油一百六", 2160, "充值、精油"),
        ("刘姐续了5000送1000 还买了瓶洗面奶 128", 5128, "充值、洗面奶"),
        ("刘姐续费3000 又拿了一盒面膜 198", 3198, "充值、面膜"),
        ("刘姐办了张年卡3800 再拿两盒面膜 一盒98", 3996, "充值、面膜"),
        ("刘姐续5000 又办了张次卡1280", 6280, "充值、次卡"),
        ("刘姐充5000送精华 又充了3000", 8000, "充值"),
        ("刘姐充了2000 还拿了一瓶试用装", 2000, "充值"),
        ("刘姐充了1000 还欠500", 1000, "充值"),
    ],
)
def test_card_and_goods_beside_it_are_both_sold(text: str, yuan: int, product: str) -> None:
    found = reader.read(text, NOW, KNOWN)
    assert (found.action, found.amount_fen, found.product) == ("order", yuan * 100, product)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("刘姐年卡6800 退了 一千二手续费", -5600),
        ("刘姐次卡2000退了 扣了300手续费", -1700),
        ("刘姐年卡6800退掉了 手续费一千二", -5600),
        ("刘姐次卡2000退了 扣300", -1700),
        ("刘姐团课1200退 扣违约金200", -1000),
        ("刘姐退卡 6800 扣了手续费800", -6000),
        ("刘姐退了私教课 3600 收20%手续费", -2880),
        ("刘姐退年卡 退了5600 扣1200手续费", -5600),
        ("刘姐年卡6800退了5600", -5600),
        ("刘姐退了年卡6800", -6800),
    ],
)
def test_fee_is_kept_of_what_is_given_back(text: str, yuan: int) -> None:
    found = reader.read(text, NOW, KNOWN)
    assert (found.action, found.amount_fen, found.ask) == ("order", yuan * 100, None)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("徐海涛下单 镀锌板 一百张 三百二一张 合计三万二 扣掉上次退的2400 实付29600", 32000),
        ("徐海涛订单 高强螺栓 500套 4000 上次退的1750从里面扣", 4000),
        ("徐海涛订了100箱 5000 上次退的500抵扣", 5000),
        ("徐海涛下单 镀锌板100张 合计32000 减去上次退货的2400", 32000),
        ("徐海涛退了上次的货 2400", -2400),
        ("徐海涛退货2400", -2400),
    ],
)
def test_earlier_return_taken_off_is_no_return(text: str, yuan: int) -> None:
    found = reader.read(text, NOW, KNOWN)
    assert (found.action, found.amount_fen) == ("order", yuan * 100)


def test_number_changed_of_who_is_named_may_be_of_his_order() -> None:
    found = order_changes.told("徐海涛 数量改成250根", NOW, "徐海涛")
    assert found is not None
    assert (found.kind, found.right.quantity, found.is_guess) == ("change", 250.0, True)
    assert order_changes.told("徐海涛的单价改成4200", NOW, "徐海涛") is None

"""Sums that are no sale yet or no order of their own: lowered quotes, wishes, a bank card, fewer pieces, models."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from nlp import reader
from nlp.reader import deposits, incoming, order_changes, order_doubts
from nlp.reader.customers import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
KNOWN = [Known(1, "孙丽", "新民五金", None, None, ())]


@pytest.mark.parametrize(
    "text",
    [
        "孙丽那台降到278000 再送一套刀具",
        "孙丽那台CK6140改到65000 再送卡盘",
        "孙丽报价压到26万5了",
        "孙丽那套价格让到18万 明天答复",
        "孙丽准备投年金险 一年2万 后天去她家签合同",
        "孙丽今天又存了3800 扣款成功了",
        "孙丽今天存了500进卡里 扣款成功",
        "孙丽存了500到银行卡里 等扣款",
        "孙丽扣款失败 6800",
        "孙丽这单把握七成 8万",
        "孙丽那边60%的把握 预算12万 月底开标",
    ],
)
def test_what_is_not_sold_yet_is_a_note(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask, reading.amount_fen) == ("note", None, None)


@pytest.mark.parametrize(
    "text",
    [
        "孙丽店里要买雇主责任险 12个员工 每人180 一共2160 明天去收资料",
        "孙丽要订20箱酒 3600 周五送合同过去",
        "孙丽想签年度框架 预计60万",
        "孙丽又要2台22kw 12.8万 按老价格 下周签",
        "孙丽又要两套沙发 2.4万 周五签合同",
        "孙丽6号要加一台储气罐 1.25万 合同另签",
    ],
)
def test_a_wish_with_a_sum_is_asked_about(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask) == ("note", "note_or_order")


@pytest.mark.parametrize("text", ["刚才那单是孙丽", "刚才那单是补货", "刚才那单是自提", "刚才那单是朋友介绍"])
def test_what_names_no_goods_changes_no_order(text: str) -> None:
    assert order_changes.told(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("孙丽谈到2万8成交", 28000),
        ("孙丽订20箱酒 单价降到180 一共3600", 3600),
        ("孙丽价格压到6800 拿走两台", 6800),
        ("孙丽价格降到4500 定金2000已交", 4500),
        ("孙丽卡里余额不足 又充了3000", 3000),
        ("孙丽在我们银行存了50000", 50000),
        ("孙丽订了至少10箱 每箱80", 800),
        ("孙丽买了20本年历 800", 800),
        ("孙丽买了10袋 袋装25kg 1200", 1200),
        ("孙丽上周500件 6000", 6000),
        ("孙丽 大衣降到680 拿了两件", 680),
        ("孙丽要买3台空调 一共9000 明天去安装", 9000),
        ("孙丽存了5000储值卡", 5000),
        ("孙丽办卡存了3000", 3000),
        ("孙丽提货6600", 6600),
        ("孙丽要10箱可乐 48一箱 480", 480),
        ("孙丽要两台 12.8万 合同下周补", 128000),
        ("孙丽 订了2台 12.8万 下周签合同", 128000),
    ],
)
def test_what_is_sold_stays_an_order(text: str, yuan: int) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask, reading.amount_fen) == ("order", None, yuan * 100)


@pytest.mark.parametrize(
    ("text", "pieces", "yuan"),
    [
        ("孙丽不要两台了 先要一台 187500", 1, 187500),
        ("孙丽不要三台了 就要一台 68000", 1, 68000),
        ("孙丽减掉两台 只要一台 68000", 1, 68000),
        ("孙丽改成要8个夹头 680", 8, 680),
        ("孙丽改要2台 136000", 2, 136000),
    ],
)
def test_fewer_pieces_with_a_sum_may_change_the_order_that_stands(text: str, pieces: int, yuan: int) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.ask, reading.amount_fen) == ("note_or_order", yuan * 100)
    change = order_doubts.guessed(text, NOW, "孙丽")
    assert change is not None
    assert change.is_guess
    assert (change.right.quantity, change.right.fen) == (pieces, yuan * 100)


@pytest.mark.parametrize(
    "text", ["孙丽不要这个颜色了 要10件白的 1200", "孙丽又要一台 187500", "孙丽不要急单了 要10件 1200"]
)
def test_other_wishes_change_no_order(text: str) -> None:
    assert order_doubts.guessed(text, NOW, "孙丽") is None


@pytest.mark.parametrize(
    ("text", "product", "pieces"),
    [
        ("刚才那个订单是850加工中心一台", "850加工中心", 1),
        ("刚才那个订单是CK6140", "CK6140", None),
        ("刚才那单是螺栓M8 200个", "螺栓M8", 200),
    ],
)
def test_the_order_just_entered_gets_its_goods_and_a_model_is_no_sum(
    text: str, product: str, pieces: int | None
) -> None:
    change = order_changes.told(text, NOW)
    assert change is not None
    assert change.is_last
    assert (change.right.product, change.right.quantity, change.right.fen) == (product, pieces, None)


@pytest.mark.parametrize(
    "text", ["刚才那单是月结", "刚才那单是现金", "上面那单是急单", "刚才那个订单是3600块", "刚才那单是两台"]
)
def test_what_names_no_goods_gives_the_order_none(text: str) -> None:
    change = order_changes.told(text, NOW)
    assert change is None or change.right.product is None


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("孙丽来提货了 66000付清", 66000),
        ("孙丽提货 1800付清", 1800),
        ("孙丽来拉货了 尾款5000结清", 5000),
        ("孙丽自提 货款5000付清", 5000),
        ("孙丽把上次那320和这次的一起转了 840", 840),
        ("孙丽之前那1200跟今天的一起给了 2000", 2000),
        ("孙丽连上次的320一起转了840", 840),
        ("孙丽6800扣款成功 续期缴了", 6800),
        ("孙丽保费6800扣款成功", 6800),
        ("孙丽年缴12000 银行代扣成功了", 12000),
        ("孙丽20万打了15万 剩5万下周五", 150000),
        ("孙丽尾款3万已打", 30000),
    ],
)
def test_money_that_came_in_is_seen(text: str, yuan: int) -> None:
    paid = incoming.told(text, NOW, KNOWN)
    assert paid is not None
    assert paid.fen == yuan * 100


@pytest.mark.parametrize(
    "text",
    ["孙丽扣款失败 6800", "孙丽明天来提货 6600付清", "孙丽一共20万打了15万 剩5万", "孙丽今天又存了3800 扣款成功了"],
)
def test_what_brings_no_money_is_not(text: str) -> None:
    assert incoming.told(text, NOW, KNOWN) is None


@pytest.mark.parametrize(
    ("text", "yuan", "day"), [("孙丽定金2万是3月16号付的", 20000, 16), ("孙丽首付8万昨天打的", 80000, 17)]
)
def test_a_deposit_told_with_its_day_is_one(text: str, yuan: int, day: int) -> None:
    paid = deposits.told(text, NOW, "孙丽")
    assert paid is not None
    assert (paid.fen, paid.on and paid.on.day) == (yuan * 100, day)


@pytest.mark.parametrize(
    "text",
    [
        "孙丽又要5个ER32 85 另外铣刀3把 120一把 月结",
        "孙丽又要2箱浴巾 300 另外拖鞋50双 4块一双",
        "孙丽要拖鞋50双 4块一双 浴巾2箱 300",
    ],
)
def test_goods_beside_those_with_a_price_are_never_left_out_of_the_sum(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert reading.amount_fen is None or reading.ask is not None
    assert order_doubts.guessed(text, NOW, "孙丽") is None


def test_what_a_tender_costs_us_is_offered_as_no_order() -> None:
    assert "order" not in reader.read("保证金2万今天打过去了", NOW, KNOWN, KNOWN[0]).likely

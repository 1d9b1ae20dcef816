"""Sums that may be no sale of ours, or not the whole: loans, exchanges, fees, two kinds, wishes, chances.

What was asked about before must not become an order outright; an order that is told plainly stays one.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from time import process_time

import pytest

from nlp import reader
from nlp.fields import refunds
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
NAMES = ("王芳", "李娟", "张伟", "赵敏", "孙丽", "郑爽", "郭海", "唐敏")
KNOWN = [Known(at, name) for at, name in enumerate(NAMES, 1)]


def _read(text: str) -> reader.Reading:
    return reader.read(text, NOW, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "王芳买了学区房 300万 贷款200万 最近手头紧",
        "李娟老公买了车 20万 贷款15万",
        "张伟卖了房子 80万 还贷款",
        "赵敏银行贷款办下来了 50万",
        "赵敏拿了贷款50万 买设备",
        "张伟在老家买了房 80万 月供3000",
        "李娟按揭70万放下来 买房的事定了",
        "王芳批了贷款20万 定了装修的事",
        "张伟卖了老设备 8万 还银行贷款",
        "张伟去深圳买了套房子 300万 月供8000",
        "李娟妈妈提了台朗逸 12万 贷款8万",
    ],
)
def test_what_a_loan_pays_elsewhere_is_no_order(text: str) -> None:
    read = _read(text)
    assert (read.action, read.ask) in (("note", None), ("note", "note_or_order"))


@pytest.mark.parametrize(
    "text", ["张伟在老家买了房 80万 月供3000", "王芳买了辆二手车 8万 按揭5万", "张伟老婆提了宋plus 15万 贷款10万"]
)
def test_a_house_or_a_car_is_asked_about(text: str) -> None:
    assert _read(text).ask == "note_or_order"


@pytest.mark.parametrize("text", ["王芳手机分期 5800", "王芳拿手机分期 5800", "张伟分期买的手机 5800"])
def test_goods_by_instalments_are_asked_about(text: str) -> None:
    assert _read(text).ask == "note_or_order"


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("王芳买了朗逸 12万4 首付3万 贷款36期", 124000),
        ("王芳提了台宋plus 15万 贷款10万", 150000),
        ("王芳成交 哈弗H6 12.98万 分期 首付4万 贷款8万98", 129800),
        ("张伟带他老婆来提了宋plus 15万 贷款10万", 150000),
        ("张伟去4S店提了宋plus 15万 贷款10万", 150000),
        ("郑爽拿了100个 35的 送2个", 3500),
        ("王芳现在终于定了 朗逸 12万4 首付3万", 124000),
        ("孙丽退掉旧款 买了新款 3000", 3000),
        ("孙丽把旧机退掉 换了新机 补3000", 3000),
        ("孙丽退掉之前的 重新订了20箱 3000", 3000),
        ("孙丽退了旧款 又拿了两件新的 3000", 3000),
        ("孙丽退掉20箱 3000", -3000),
        ("孙丽把精华退掉 680", -680),
        ("孙丽退了上次买的货 3000", -3000),
        ("孙丽退了昨天拿的20箱 3000", -3000),
        ("孙丽退了3000 换了新的", -3000),
        ("孙丽退课 原价6800 退4800 扣2000违约金", -4800),
        ("孙丽退卡 总价6800 退5800 手续费1000", -5800),
        ("孙丽退6800 扣1200手续费", -5600),
        ("孙丽次卡2000退了 扣300", -1700),
        ("郑爽买了60双 128的", 7680),
        ("郑爽要20条 30块的", 600),
        ("郑爽拿了50双 38的 一共1900", 1900),
        ("孙丽充值5000 还要了两盒面膜 300", 5300),
        ("孙丽充5000 再加一盒面膜198", 5198),
        ("王芳订20箱 3000 八成概率周五到货", 3000),
        ("王芳订20箱 3000 周五到货八成把握", 3000),
        ("张伟订了20箱 3000 利润五五开", 3000),
    ],
)
def test_what_is_told_plainly_is_an_order_of_its_sum(text: str, yuan: int) -> None:
    read = _read(text)
    assert (read.action, read.ask, read.amount_fen) == ("order", None, yuan * 100)


@pytest.mark.parametrize(
    "text",
    [
        "孙丽退了20箱 3000 扣了500",
        "孙丽退了 3000 扣500",
        "孙丽退掉旧款3000 买了新款5000",
        "郑爽裤子20条 30的",
        "郑爽要20件 160的 30件 170的",
        "郑爽拿了120套 145的和80套 160的",
        "郑爽那边加了30件 120的 还要50件 98的 周五发",
        "郑爽买了50双 38的",
        "郑爽拿了50双 38的30双 39的",
        "郑爽要了160的20件 170的30件",
        "孙丽充值5000 还要买300的面膜",
        "孙丽续费8000 还要买300的课",
        "孙丽办卡5000 还加了微信 300",
        "孙丽续费8000 还带了2个朋友 3000",
        "孙丽续费8000 还办了手续 300",
        "孙丽充5000 还带她闺蜜办了卡 3000",
    ],
)
def test_what_leaves_the_sum_open_is_asked_about(text: str) -> None:
    read = _read(text)
    assert read.ask in ("note_or_order", "what_amount")
    assert read.ask == "note_or_order" or read.amount_fen is None


@pytest.mark.parametrize(
    "text",
    ["郭海的标 380万 6成把握 上月定", "唐敏 30万 五五开", "张伟这单30万 对半开", "王芳那单30万 七成概率退"],
)
def test_a_chance_is_no_order(text: str) -> None:
    assert _read(text).action != "order"


@pytest.mark.parametrize(
    "text",
    ["郑爽说裤子20条 30的太小", "郑爽退了20条 30的没货", "孙丽想退20箱 3000 扣了500", "孙丽退了20箱 从货款扣500"],
)
def test_a_wish_or_a_fault_is_not_asked_about(text: str) -> None:
    assert _read(text).ask is None


@pytest.mark.parametrize("text", ["退" + "," * 4000, "退" + " ," * 2000 + "扣", "退" + "扣了" * 2000, "退了买" * 1300])
def test_a_long_row_is_read_in_no_time(text: str) -> None:
    began = process_time()
    refunds.without_fee(text)
    refunds.fee_kept(text, 100_00)
    refunds.without_exchanged(text)
    assert process_time() - began < 0.5

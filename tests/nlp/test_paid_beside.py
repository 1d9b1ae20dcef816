"""下定了 13万8 定金5千 15号前付尾款: which sum is the order's, which goods, and what of it is told to be paid."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from nlp import reader
from nlp.reader import Known, paid_beside

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
HE = Known(1, "何敏")


@pytest.mark.parametrize(
    ("text", "total", "paid", "due_on"),
    [
        ("何敏下定了 卡罗拉双擎 13万8 定金5千 15号前付尾款", 138000, 5000, date(2026, 4, 15)),
        ("何敏拿了镀锌板50张 320一张 付了一半 剩下的月底结", 16000, 8000, date(2026, 3, 31)),
        ("何敏提了辆帕萨特 23万5 首付30% 剩余招行贷款60期", 235000, 70500, None),
        ("何敏下单3000 首付三成 尾款4月10号", 3000, 900, date(2026, 4, 10)),
        ("何敏订抗震支架120套 145的 先收30%定金", 17400, 5220, None),
        ("何敏交了1w2定金 订轩逸 11w8", 118000, 12000, None),
        ("何敏定了荣放十九万八交了五千块钱定金下个月十号提车", 198000, 5000, None),
        ("何敏当场办了2980的卡 分两次付 今天先付1500", 2980, 1500, None),
        ("何敏定了 定金五千 总价二十七万三 旧车抵八万八", 273000, 93000, None),
        ("何敏下单3000 15号付了定金500", 3000, 500, None),
    ],
)
def test_what_is_paid_is_told_with_the_day_of_the_rest(text: str, total: int, paid: int, due_on: date | None) -> None:
    told = paid_beside.told(text, NOW, total * 100, "何敏")
    assert told is not None
    assert (told.fen, told.rest_fen, told.due_on) == (paid * 100, (total - paid) * 100, due_on)


@pytest.mark.parametrize(
    "text",
    [
        "何敏下单3000 明天付定金500",
        "何敏下单3000 定金500周五交",
        "何敏下单3000 定金还没付",
        "何敏下单3000 定金500退了",
        "何敏下单3000 要付定金500",
        "何敏下单3000 定金500抵扣1000",
        "何敏下单3000 付了3000",
        "何敏下单3000 定金500 已付800",
        "何敏下单3000 付定金500可以吗",
    ],
)
def test_what_is_to_come_or_doubtful_is_not_paid(text: str) -> None:
    assert paid_beside.told(text, NOW, 3000_00, "何敏") is None


@pytest.mark.parametrize(
    ("text", "yuan", "product"),
    [
        ("何敏成交哈弗H6 12.98万 分期 首付4万 贷款8万98 提车下月2号", 129800, "哈弗H6"),
        ("何敏卖了 哈弗h6 12万98 首付4万 分期36个月", 129800, "哈弗h6"),
        ("何敏 提了辆帕萨特 23万5 首付30% 剩余招行贷款60期", 235000, "帕萨特"),
        ("何敏买了朗逸 12万4 首付3万 贷款36期 每月2700", 124000, "朗逸"),
        ("何敏11万8成交了 全款 明天来提车", 118000, None),
        ("何敏定了 定金五千 总价二十七万三 旧车抵八万八", 273000, None),
        ("何敏下定 宋plus 定金3000 全款15万3 尾款月底付", 153000, "宋plus"),
        ("何敏今天下了单 M8膨胀螺丝5000个 8毛5一个", 4250, "M8膨胀螺丝5000个"),
        ("何敏要了2000个螺母 9毛一个", 1800, "螺母2000个"),
    ],
)
def test_a_sale_told_with_its_payment_has_the_price_and_the_goods(text: str, yuan: int, product: str | None) -> None:
    read = reader.read(text, NOW, [HE])
    assert (read.action, read.ask, read.customer) == ("order", None, HE)
    assert (read.amount_fen, read.product) == (yuan * 100, product)


@pytest.mark.parametrize(
    "text",
    [
        "何敏那个 首付6万 剩下的贷36期 月供4千1",
        "何敏说首付6万 贷款36期 月供4千1太高",
        "何敏想买车 18万 首付6万 贷款36期",
        "何敏贷款批下来了 12万",
        "何敏在别处买了辆车 18万 贷款36期",
    ],
)
def test_an_instalment_or_a_wish_is_no_order(text: str) -> None:
    read = reader.read(text, NOW, [HE])
    assert (read.action, read.ask) == ("note", None)


def test_an_order_of_which_only_the_instalment_is_told_asks_for_its_sum() -> None:
    read = reader.read("何敏定了 月供五千二", NOW, [HE])
    assert (read.action, read.ask, read.amount_fen) == ("order", "what_amount", None)


def test_what_one_dear_piece_costs_is_not_the_whole() -> None:
    read = reader.read("何敏要了3台 2000的", NOW, [HE])
    assert (read.action, read.ask, read.amount_fen) == ("order", "what_amount", None)


def test_price_of_a_kind_is_that_of_each_with_a_deposit_beside() -> None:
    assert reader.read("何敏下单 抗震支架120套 145的 先收30%定金", NOW, [HE]).amount_fen == 17400_00


def test_goods_of_that_sum_are_the_whole() -> None:
    assert reader.read("何敏下单 抗震支架120套 3000的货", NOW, [HE]).amount_fen == 3000_00


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("何敏订了空调 50000 付了10000", 50000),
        ("何敏拿了货 12000 付了2000 欠10000", 12000),
        ("何敏定了货 3万8 转了8000", 38000),
        ("何敏订了橱柜 60000 旧柜抵5000 付了20000", 60000),
        ("何敏买了重疾险 保额50万 交了6000", 6000),
        ("何敏下单1000件 付了300", 300),
        ("何敏买了冰箱 标价8000 付了6000", 6000),
    ],
)
def test_a_part_paid_is_not_the_sum_of_the_order(text: str, yuan: int) -> None:
    assert reader.read(text, NOW, [HE]).amount_fen == yuan * 100


@pytest.mark.parametrize(
    ("text", "yuan", "paid"),
    [
        ("何敏 定了 27200 先付30% 8160 已到账", 27200, 8160),
        ("何敏 合同签了 八万二 预付百分之三十 两万四千六已经到账了 剩下的装完一个月内付清", 82000, 24600),
        ("何敏签了二十三万 首付四成九万二已到 剩下的验收后一个月", 230000, 92000),
        ("何敏 签了 5万 预付两成 一万已收", 50000, 10000),
        ("何敏 订了橱柜 6万 首付三成一万八收到了", 60000, 18000),
        ("何敏办了2980的卡 今天先付1500", 2980, 1500),
    ],
)
def test_a_part_is_told_to_have_come(text: str, yuan: int, paid: int) -> None:
    assert reader.read(text, NOW, [HE]).amount_fen == yuan * 100
    told = paid_beside.told(text, NOW, yuan * 100, "何敏")
    assert told is not None
    assert told.fen == paid * 100
    assert paid_beside.has_come(text, NOW, "何敏")


@pytest.mark.parametrize(
    "text",
    [
        "何敏 签了 摄像头 30台 12300 预付50%",
        "何敏 道闸 98000 定了 先付三成",
        "何敏下定了 13万8 定金5千 15号前付尾款",
        "何敏下单3000 首付三成 尾款4月10号",
        "何敏订了橱柜 6万 先付3成 1.8万 明天打过来",
        "何敏订了橱柜 6万 定金500 货到了付尾款",
        "何敏订了柜子 8000 打了9折 定金2千",
        "何敏订了橱柜 6万 定金2万明天到账",
        "何敏下单 8000 付30%定金发货",
    ],
)
def test_what_is_agreed_has_not_come(text: str) -> None:
    assert not paid_beside.has_come(text, NOW, "何敏")

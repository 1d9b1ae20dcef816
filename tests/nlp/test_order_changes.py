"""What is told of an order that is stored already; whose and which it is, is seen in tests/chat."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.reader import order_amending, order_changes
from nlp.reader.order_values import Right

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
PIECES = [
    "孙丽",
    "那单",
    "订单",
    "改成",
    "是",
    "不是",
    "4200",
    "50箱",
    "昨天",
    "写错了",
    "取消",
    "不要了",
    "，",
    "少写了一个零",
]


@pytest.mark.parametrize(
    "text",
    [
        "孙丽下单 毛巾 2400元",
        "孙丽今天那单3600 5月送货",
        "郑姐上午把20人的培训班定了，一共2万6，3月18号的单",
        "孙丽13号那单 换刷盘加维保 5600",
        "孙丽追加阻燃布又下了一万五的单 上次讲火星子那个事情我们换了厚的她满意了",
        "偷偷跑滴滴了 还是家用的单子",
        "记错了！孙丽尾号是0913，全号13609180913",
        "孙丽的报价改成4200",
        "那单位的人说取消了",
        "孙丽那单能不能取消？",
        "提醒我明天把孙丽那单改成4200",
        "孙丽那单不取消了",
        "孙丽那单还没取消",
        "孙丽那单别取消",
        "那单先不要删",
        "孙丽那单没黄",
        "孙丽那单货还没退",
        "孙丽那单不用改成4200",
        "孙丽那单赠品取消",
        "孙丽那单安装取消了",
        "孙丽那单发票作废了",
        "孙丽那单付款改成4200",
        "孙丽那单改成月付4200",
        "孙丽那单发票金额开错了 应该是4200",
        "孙丽那单多收了200 退给她",
        "孙丽上一单总价4200 这次要打八折",
        "孙丽那单成交价4200 比永辉低",
        "孙丽那单发货是昨天",
        "孙丽那单送货时间改到昨天了",
        "孙丽那单货是李娜的",
        "孙丽那单收货人是李娜的",
        "孙丽那单发了50箱不是60箱",
        "孙丽那单实际到货是48箱不是50箱",
        "孙丽公司产品改成环保的了",
        "记错了 孙丽来的是昨天",
        "孙丽500的提醒删掉",
        "孙丽那单的提醒删掉",
        "孙丽那单500的运费删掉",
        "孙丽那单没记错",
        "孙丽那单不要删",
        "孙丽问500那单能不能取消",
        "孙丽的回款500删掉",
        "孙丽5000的优惠取消",
        "孙丽下了2400的单",
        "删掉孙丽",
        "孙丽的单价改成4200",
        "孙丽单价改成7块5",
        "孙丽改成150个",
        "孙丽再加50个",
        "角钢是120根",
        "不对 是3个人",
        "不对 是4月24号之前",
        "改成3点",
        "改成两个小时",
        "改成老王",
        "再来3个客户",
        "再加50个螺母",
    ],
)
def test_what_changes_no_order(text: str) -> None:
    assert order_changes.told(text, NOW, "孙丽") is None


@pytest.mark.parametrize(
    ("text", "fen", "pieces"),
    [
        ("撤销 孙丽 500", 50000, None),
        ("把孙丽500那个撤了", 50000, None),
        ("孙丽2400那单记重了 删掉", 240000, None),
        ("孙丽那单2400记错了 删了", 240000, None),
        ("孙丽昨天那两单有一单重复了 5张的那个不要 删掉", None, 5),
    ],
)
def test_an_order_is_called_by_its_sum_or_its_pieces(text: str, fen: int | None, pieces: float | None) -> None:
    change = order_changes.told(text, NOW, "孙丽")
    assert change is not None
    assert (change.kind, change.fen, change.quantity) == ("cancel", fen, pieces)


def test_the_order_called_by_its_sum_is_given_another() -> None:
    change = order_changes.told("孙丽2400那单改成2600", NOW, "孙丽")
    assert change is not None
    assert (change.kind, change.fen, change.right.fen) == ("change", 240000, 260000)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join) | st.text(max_size=40))
def test_any_text_is_read(text: str) -> None:
    change = order_changes.told(text, NOW, "孙丽")
    assert change is None or change.right.on is None or change.right.on <= NOW.date()


@pytest.mark.parametrize(
    ("text", "says_more"),
    [
        ("孙丽那单改成2600了 但要先打样", True),
        ("孙丽那单改成2600了但要先打样", True),
        ("孙丽那单写错了应该是2600，他嫌贵", True),
        ("孙丽嫌贵 那单改成2600", True),
        ("孙丽那单写错了应该是2600", False),
        ("不好意思写错了 那单是2600", False),
        ("孙丽 毛巾那单改成2600", False),
        ("那单改成2600 谢谢", False),
        ("哎呀打错了，2600", False),
        ("孙丽订单改成50条一共2600", False),
    ],
)
def test_what_stands_beside_a_correction_is_told_from_it(text: str, says_more: bool) -> None:
    change = order_changes.told(text, NOW, "孙丽")
    assert change is not None
    assert (change.right.fen, change.says_more) == (260000, says_more)


@pytest.mark.parametrize(
    ("text", "is_another"),
    [("改成3箱", True), ("再加2箱", True), ("改成30条", False), ("改成150个", False), ("数量改成40", False)],
)
def test_a_number_in_another_unit_tells_no_sum(text: str, is_another: bool) -> None:
    right = order_amending.told(text)
    assert right is not None
    order = "孙丽下单 浴巾100条 单价20"
    assert order_amending.is_in_another_piece(order, right) is is_another
    assert (order_amending.amended(order, right) is None) is is_another


@pytest.mark.parametrize(
    ("text", "called", "fen"),
    [
        ("428那单不是订单 是我们赔给小雨的 删掉", "小雨", 428_00),
        ("赵凯那个170万不是订单 是商机金额 撤掉", "赵凯", 1_700_000_00),
        ("小雨那单不是订单", "小雨", None),
        ("小雨刚才那笔不算成交 是押金", "小雨", None),
    ],
)
def test_what_is_no_sale_at_all_is_taken_back(text: str, called: str, fen: int | None) -> None:
    change = order_changes.told(text, NOW, called)
    assert change is not None
    assert (change.kind, change.fen, change.is_news) == ("cancel", fen, False)


@pytest.mark.parametrize("text", ["小雨问是不是订单出错了", "小雨说不是订单的问题", "小雨的不是订单号 是运单号"])
def test_other_talk_of_orders_takes_none_back(text: str) -> None:
    assert order_changes.told(text, NOW, "小雨") is None


@pytest.mark.parametrize("text", ["孙丽合同总价改成101500", "孙丽的合同金额改成101500"])
def test_the_sum_of_a_contract_is_that_of_its_order(text: str) -> None:
    change = order_changes.told(text, NOW, "孙丽")
    assert change is not None
    assert change.right.fen == 101_500_00
    assert order_changes.told("孙丽合同改成三年", NOW, "孙丽") is None


@pytest.mark.parametrize("number", ["5k", "1万2", "5,000", "1.2万"])
def test_number_of_an_order_is_put_right_however_it_was_written(number: str) -> None:
    right = Right(quantity=2000.0)
    assert order_amending.amended(f"螺栓 {number}个 单价0.35", right) == "螺栓 2000个 单价0.35"


@pytest.mark.parametrize(
    ("text", "fen", "quantity"),
    [
        ("不对 是15节", None, 15),
        ("不对 是15次", None, 15),
        ("不对 是20节 3600", 3600_00, 20),
        ("不对 是1500", 1500_00, None),
    ],
)
def test_lessons_are_a_number_and_no_sum(text: str, fen: int | None, quantity: int | None) -> None:
    change = order_changes.told(text, NOW)
    assert change is not None
    assert (change.right.fen, change.right.quantity) == (fen, quantity)

"""What an order costs in the chat: charges, discounts, several goods, an order with a return, payments of a debt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.played import texts_of
from tests.chat.talk import said
from tests.chat.test_credit import entries
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office

CUSTOMER = "加客户 赵六六 13911112222 无锡新民五金"


async def set_up(office: Office) -> None:
    await said(office.rep, CUSTOMER)


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("text", "fen", "product"),
    [
        ("赵六六 下单 路由器3台 单价1200 运费120", 3720_00, "路由器"),
        ("下单 赵六六 路由器3台 单价1200 运费120", 3720_00, "路由器"),
        ("下单 赵六六 路由器3台 单价1200 运费120 一共3700", 3700_00, "路由器"),
        ("订单 赵六六 路由器3台 单价1200 打九折", 3240_00, "路由器"),
        ("订单 赵六六 路由器 3*1299", 3897_00, "路由器"),
        ("赵六六 下单 ¥1,299 x 3 路由器", 3897_00, "路由器"),
        ("赵六六 13柜 每柜1万1", 143_000_00, None),
    ],
)
async def test_order_has_its_whole_sum(office: Office, text: str, fen: int, product: str | None) -> None:
    assert "订单已记下" in (await said(office.rep, text)).text
    assert stored(office) == [(fen, product)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("赵六六 下单 6800 优惠200", "算进去没有"),
        ("订单 赵六六 6800 打九折", "算进去没有"),
        ("赵六六 下单 3台 单价1200 一共36000", "对不上"),
        ("订单 赵六六 3台 单价1200 一共36000", "对不上"),
        ("订单 赵六六 5台6000 上次那台退了1200", "一单发一条"),
    ],
)
async def test_sum_that_is_not_sure_is_asked_for(office: Office, text: str, why: str) -> None:
    assert why in (await said(office.rep, text)).text
    assert stored(office) == []


async def test_card_shows_all_goods_and_shortens_a_long_list(office: Office) -> None:
    card = await said(office.rep, "赵六六 订了 路由器3台 交换机2台 网线1箱 一共6000")
    assert "📦 路由器3台、交换机2台、网线1箱\n" in card.text
    card = await said(office.rep, "赵六六下单 大米50袋 面粉20袋 食用油10桶 白糖5箱 味精3件 合计8600")
    assert "📦 大米50袋、面粉20袋、食用油10桶、白糖5箱 等 5 样\n" in card.text


async def test_order_and_return_in_one_message_are_both_kept(office: Office) -> None:
    await office.rep.send("赵六六 今天订了 5 台 6000，上次那台退了 1200")
    await office.idle()
    assert [fen for fen, _ in stored(office)] == [6000_00, -1200_00]
    assert "退货已记下" in texts_of(office, office.rep)[-1]


async def test_return_without_a_sum_is_a_note(office: Office) -> None:
    card = await said(office.rep, "赵六六退了两台")
    assert "已记到 赵六六" in card.text
    assert "订单" not in card.text
    assert stored(office) == []


@pytest.mark.parametrize(
    ("text", "booked"),
    [
        ("回款5000 赵六六那笔", ("payment", 5000_00)),
        ("赵六六还了欠款2000", ("payment", 2000_00)),
        ("赵六六欠款3万已付2万", None),
        ("赵六六打了定金3000", ("payment", 3000_00)),
        ("赵六六尾款付清", None),
        ("赵六六尾款8000没付", None),
    ],
)
async def test_payment_is_no_order(office: Office, text: str, booked: tuple[str, int] | None) -> None:
    card = await said(office.rep, text)
    assert ("记下回款" if booked else "已记到 赵六六") in card.text
    assert [(kind, fen) for kind, fen, _ in entries(office)] == ([booked] if booked else [])
    assert stored(office) == []


async def test_payment_without_a_customer_is_answered(empty_office: Office) -> None:
    await empty_office.rep.send("回款5000 的那笔")
    await empty_office.idle()
    assert "没处理成功" not in texts_of(empty_office, empty_office.rep)[-1]

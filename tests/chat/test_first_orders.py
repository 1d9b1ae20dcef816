"""田小军 138… 买了朗逸 12万4: who is entered with what he bought is offered that as an order, with its payment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat.talk import labels, pressed, said
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from emulator.message import Message
    from tests.chat.conftest import Office


async def entered(office: Office, text: str) -> Message:
    """The card of the customer whom the text enters, by a press where that is asked."""
    card = await said(office.rep, text)
    new = next((label for label in labels(card) if label.startswith("新客户 ")), None)
    return card if new is None else await pressed(office.rep, card, new)


@pytest.mark.parametrize(
    ("text", "yuan", "product"),
    [
        ("田小军 13811110001 买了朗逸 12万4 首付3万 贷款36期 每月2700", 124000, "朗逸"),
        ("冯刚 13811110003 订了辆雅阁 17万6 3月30号提车 先交5000定金", 176000, "雅阁"),
        ("加客户 何丽 15544443333 提了辆二手飞度 6万2 现金 结清了", 62000, "二手飞度"),
    ],
)
async def test_what_a_newcomer_bought_is_offered_as_an_order(
    office: Office, text: str, yuan: int, product: str
) -> None:
    card = await entered(office, text)
    assert "已保存" in card.text
    assert stored(office) == []
    await pressed(office.rep, card, f"记订单 ¥{yuan:,}")
    assert stored(office) == [(yuan * 100, product)]


async def test_the_rest_of_it_is_offered_then(office: Office) -> None:
    card = await entered(office, "田小军 13811110001 买了朗逸 12万4 定金5000 尾款4月10号付")
    await pressed(office.rep, card, "记订单 ¥124,000")
    await office.idle()
    made = [one for one in office.rep.messages() if one["from"]["is_bot"]][-1]
    assert "先付的已收，记欠款 ¥119,000（4月10日到期）" in labels(made)


@pytest.mark.parametrize(
    "text",
    [
        "田小军 13811110001 想买朗逸 预算12万",
        "田小军 13811110001 报价12万4 嫌贵",
        "田小军 13811110001 上海美达 采购经理 展会认识 嫌交期慢 下周三回访",
    ],
)
async def test_a_wish_or_a_quote_of_a_newcomer_is_no_order(office: Office, text: str) -> None:
    card = await said(office.rep, text)
    assert "已保存" in card.text
    assert not any(label.startswith("记订单") for label in labels(card))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("加客户 宋青书 13811110007 年消费20万 买了茶叶300", "记订单 ¥300"),
        ("加客户 宋青书 13811110007 每月采购5万 下单了茶叶3000", "记订单 ¥3,000"),
        ("加客户 宋远桥 13811110008 朋友买了茶叶500", None),
        ("加客户 宋远桥 13811110008 她老公之前在我们这买了保险5000", None),
    ],
)
async def test_what_he_spends_in_a_year_and_what_others_bought_is_no_order_of_his(
    office: Office, text: str, label: str | None
) -> None:
    card = await said(office.rep, text)
    assert [one for one in labels(card) if one.startswith("记订单")] == ([label] if label else [])


async def test_the_card_of_the_newcomer_stays_beside_that_of_the_order(office: Office) -> None:
    card = await said(office.rep, "加客户 何丽 15544443333 提了辆二手飞度 6万2 现金 结清了")
    kept = await pressed(office.rep, card, "记订单 ¥62,000")
    assert "👤 何丽" in kept.text
    assert {"撤销", "修改", "不是他"} <= set(labels(kept))
    assert not any(one.startswith("记订单") for one in labels(kept))
    await office.idle()
    placed = [one for one in office.rep.messages() if one["from"]["is_bot"]][-1]
    assert "订单已记下" in placed.text
    await pressed(office.rep, placed, "撤销")
    assert stored(office) == []

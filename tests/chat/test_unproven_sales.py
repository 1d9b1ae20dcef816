"""A bid or a listing told of a customer is never booked silently; goods that were sold before need no other word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import labels, pressed, said
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office

FENG = "加客户 冯刚 13911112222"


async def set_up(office: Office) -> None:
    await said(office.rep, FENG)


office = prepared.office_after(set_up)


@pytest.mark.parametrize("text", ["冯刚出价350w", "冯刚那套梅江南挂牌350w 我们独家", "冯刚心理价位350万"])
async def test_sum_without_a_word_of_a_sale_waits_for_a_tap(office: Office, text: str) -> None:
    card = await said(office.rep, text)
    assert "是订单 ¥3,500,000" in labels(card)
    assert any(label.startswith("记到 冯刚") for label in labels(card))
    assert stored(office) == []
    await pressed(office.rep, card, "是订单 ¥3,500,000")
    assert [fen for fen, _ in stored(office)] == [3_500_000_00]


@pytest.mark.parametrize("text", ["冯刚 12000 螺栓", "冯刚 螺栓 12000", "冯刚 12000 螺栓M8"])
async def test_goods_sold_before_are_ordered_without_another_word(office: Office, text: str) -> None:
    assert "是订单 ¥12,000" in labels(await said(office.rep, text))
    await said(office.rep, "冯刚下单 螺栓M8 500")
    card = await said(office.rep, text)
    assert card.text.startswith("✅ 订单已记下")
    assert sorted(fen for fen, _ in stored(office)) == [500_00, 12_000_00]


@pytest.mark.parametrize("text", ["冯刚 8700 螺栓库存", "冯刚 螺栓样品 8600", "冯刚 螺 8600"])
async def test_other_goods_whose_name_holds_that_of_goods_sold_are_asked_about(office: Office, text: str) -> None:
    await said(office.rep, "冯刚下单 螺栓 500")
    await said(office.rep, text)
    assert [fen for fen, _ in stored(office)] == [500_00]


async def test_goods_of_an_order_taken_back_were_not_sold(office: Office) -> None:
    await pressed(office.rep, await said(office.rep, "冯刚下单 螺栓 500"), "撤销")
    assert "是订单 ¥12,000" in labels(await said(office.rep, "冯刚 螺栓 12000"))

"""An order told again in other words is shown to be so; a return of more than was bought is asked about."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import labels, pressed, said
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    await said(office.rep, "加客户 何敏 13911115555 上海美达")


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("何敏卖了 哈弗h6 12万98 首付4万 分期36个月", "何敏 订单12万98 哈弗H6"),
        ("何敏 订单12万98 哈弗H6", "何敏成交了 12.98万"),
        ("订单 何敏 12000 螺栓M8", "何敏下单12000"),
    ],
)
async def test_the_same_order_in_other_words_is_marked_within_half_a_day(
    office: Office, first: str, again: str
) -> None:
    card = await said(office.rep, first)
    assert "⚠️" not in card.text
    await office.at(office.now + timedelta(hours=3))
    twin = await said(office.rep, again)
    assert "⚠️ 10:30 记过同一天" in twin.text
    assert "撤销" in labels(twin)


@pytest.mark.parametrize(
    "again", ["何敏下单168 面膜", "何敏下单168", "何敏下单12000 螺母", "何敏昨天下单12000", "何敏下单12000 螺栓"]
)
async def test_other_goods_another_day_and_small_sums_are_orders_of_their_own(office: Office, again: str) -> None:
    await said(office.rep, "何敏下单12000 螺栓")
    await said(office.rep, "何敏下单168 面膜")
    await office.at(office.now + timedelta(hours=3))
    card = await said(office.rep, again)
    assert "订单已记下" in card.text
    assert "⚠️" not in card.text


@pytest.mark.parametrize(("text", "yuan"), [("何敏退单 12万98", 129800), ("何敏退卡 退3200", 3200)])
async def test_a_return_without_an_order_is_asked_about_and_booked_by_a_press(
    office: Office, text: str, yuan: int
) -> None:
    card = await said(office.rep, text)
    assert stored(office) == []
    assert "⚠️ 何敏 还没有记过订单，退的比买的多" in card.text
    await pressed(office.rep, card, f"是退货 ¥{yuan:,}")
    assert [fen for fen, _ in stored(office)] == [-yuan * 100]


async def test_a_return_of_what_was_bought_is_booked_at_once(office: Office) -> None:
    await said(office.rep, "何敏下单12000 螺栓")
    await said(office.rep, "何敏退了2000块的货")
    assert sorted(fen for fen, _ in stored(office)) == [-2000_00, 12000_00]
    card = await said(office.rep, "何敏退了11000块的货")
    assert "只记了 ¥10,000 的订单" in card.text
    assert len(stored(office)) == 2


async def test_a_refund_told_in_a_note_is_offered(office: Office) -> None:
    await said(office.rep, "何敏下单12000 养老险")
    card = await said(office.rep, "何敏退保 退她1200")
    await pressed(office.rep, card, "退货 ¥1,200")
    assert sorted(fen for fen, _ in stored(office)) == [-1200_00, 12000_00]

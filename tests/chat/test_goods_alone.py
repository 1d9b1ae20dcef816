"""Goods are stored without how many there are, so that they are one product, and the number is stored beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import said
from tests.chat.test_order_changes import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    await said(office.rep, "加客户 冯刚 13911112222")


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("text", "goods", "pieces"),
    [
        ("冯刚 20箱螺栓M12 900元", "螺栓M12", 20),
        ("冯刚今天订了 66000 轴承6204 200个", "轴承6204", 200),
        ("冯刚订了两百盒手套 5200", "手套", 200),
        ("冯刚下单猪肉 50斤 900", "猪肉 50斤", 50),
        ("冯刚下单 面粉50袋、油10桶 一共3000", "面粉50袋、油10桶", None),
    ],
)
async def test_number_of_pieces_is_no_part_of_the_goods(
    office: Office, text: str, goods: str, pieces: int | None
) -> None:
    card = await said(office.rep, text)
    ((_, _, product, quantity, _),) = stored(office)
    assert (product, quantity) == (goods, pieces), card.text

"""A contract that stands is added to, taken off or told anew: the order becomes that by a tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import labels, pressed, said
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    await said(office.rep, "加客户 冯刚 13911112222")
    await said(office.rep, "加客户 吴敏 13911112223")
    await said(office.rep, "冯刚签了 45800 全屋柜子")


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("冯刚说要加两个柜子 加3200", 49000_00),
        ("冯刚减项1500 少一个鞋柜", 44300_00),
        ("冯刚增项3200 加两个吊柜", 49000_00),
        ("冯刚打9折 45800变41220", 41220_00),
        ("冯刚合同45800加680 现在46480", 46480_00),
        ("冯刚 合同改成46000", 46000_00),
    ],
)
async def test_the_order_becomes_what_is_told_by_a_tap(office: Office, typed: str, fen: int) -> None:
    asked = await said(office.rep, typed)
    assert labels(asked)[0] == "改 1"
    assert [one for one, _ in stored(office)] == [45800_00]
    assert "原来：¥45,800" in (await pressed(office.rep, asked, "改 1")).text
    assert [one for one, _ in stored(office)] == [fen]


async def test_what_is_added_may_be_an_order_of_its_own(office: Office) -> None:
    await pressed(office.rep, await said(office.rep, "冯刚增项3200 加两个吊柜"), "是另一单 ¥3,200")
    assert sorted(one for one, _ in stored(office)) == [3200_00, 45800_00]


@pytest.mark.parametrize("typed", ["吴敏说要加两个柜子 加3200", "冯刚打9折 36800变33120", "冯刚加5箱 每箱80"])
async def test_without_such_an_order_nothing_is_changed(office: Office, typed: str) -> None:
    assert "改 1" not in labels(await said(office.rep, typed))

"""那单收过了 after a part was paid, told twice, and of several orders of one sum: money is booked once."""

from __future__ import annotations

import pytest

from tests.chat.conftest import Office
from tests.chat.talk import said, told
from tests.chat.test_parts_received import WU
from tests.chat.test_shop_lines import sold


@pytest.mark.parametrize(
    ("order", "before"),
    [
        ("吴军 定了 27200 先付30% 8160 已到账", ()),
        ("订单 吴军 家具 27200 已收8160", ("欠款 吴军 19040",)),
        ("订单 吴军 家具 27200", ("回款 吴军 8160",)),
        ("订单 吴军 家具 27200", ("欠款 吴军 27200", "回款 吴军 8160")),
    ],
)
async def test_of_a_part_paid_only_what_is_left_came(office: Office, order: str, before: tuple[str, ...]) -> None:
    await said(office.rep, WU)
    await told(office, order, *before)
    for _ in range(2):
        await told(office, "吴军那单收过了")
        assert "回款 ¥27,200" in await told(office, "对账 吴军")
        assert "27,200（" in await told(office, "这个月回款多少")


@pytest.mark.parametrize("again", ["吴军那单收过了", "把吴军9800标成已收款"])
async def test_told_twice_it_came_once(office: Office, again: str) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 订了地板 9800", "欠款 吴军 9800", "吴军那单收过了", again)
    assert "回款 ¥9,800" in await told(office, "对账 吴军")


async def test_of_two_orders_of_one_sum_each_is_paid_once(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 剪发 58")
    second = await said(office.rep, "吴军 护理 58")
    assert "订单已记下" in second.text
    await told(office, "把吴军58标成已收款")
    assert [row[2:] for row in sold(office)] == [("剪发", False), ("护理", True)]
    await told(office, "把吴军58标成已收款")
    assert [row[2:] for row in sold(office)] == [("剪发", True), ("护理", True)]
    await told(office, "把吴军58标成已收款")
    assert [row[2:] for row in sold(office)] == [("剪发", True), ("护理", True)]

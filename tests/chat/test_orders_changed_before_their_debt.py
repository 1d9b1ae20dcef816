"""An order's sum is put right, or the order taken back or paid, before its old card's [记欠款 …] is pressed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from emulator.message import Message
from tests.chat.conftest import Office
from tests.chat.talk import pressed, said, told
from tests.chat.test_parts_received import WU


async def entered(office: Office, text: str) -> Message:
    """The card of an order, a minute after what was entered before it."""
    await office.at(office.now + timedelta(minutes=1))
    return await said(office.rep, text)


@pytest.mark.parametrize(
    ("text", "offered", "owed"),
    [
        ("吴军 地板 9800 定金3000已付", "记欠款 ¥6,800", "9,000"),
        ("吴军 订了地板 9800 还没付款", "记欠款 ¥9,800", "12,000"),
        ("吴军 地板 9800 先付30%", "先付的已收，记欠款 ¥6,860", "9,060"),
    ],
)
async def test_what_is_open_by_then_is_booked(office: Office, text: str, offered: str, owed: str) -> None:
    await said(office.rep, WU)
    card = await entered(office, text)
    assert "订单已改" in await told(office, "吴军那单改成12000")
    booked = await pressed(office.rep, card, offered)
    assert f"记下欠款 ¥{owed}" in booked.text
    assert "（这单已经改成 ¥12,000，按现在的记）" in booked.text
    assert f"还欠 ¥{owed}" in await told(office, "信用 吴军")


async def test_a_debt_noted_in_words_leaves_what_came_on_top(office: Office) -> None:
    await said(office.rep, WU)
    card = await entered(office, "吴军 地板 9800 定金3000已付")
    await told(office, "吴军那单改成12000", "欠款 吴军 6800")
    assert "记下欠款 ¥2,200" in (await pressed(office.rep, card, "记欠款 ¥6,800")).text
    assert "还欠 ¥9,000" in await told(office, "信用 吴军")


@pytest.mark.parametrize(
    ("then", "why"),
    [
        ("撤销", "这单已经撤销，没记欠款"),
        ("吴军那单收过了", "这单已经标成已收款，没记欠款"),
        ("吴军那单改成9000", "¥9,000"),
    ],
)
async def test_what_is_owed_no_more_is_not_booked(office: Office, then: str, why: str) -> None:
    await said(office.rep, WU)
    card = await entered(office, "吴军 订了地板 9800 还没付款")
    await told(office, then)
    assert why in (await pressed(office.rep, card, "记欠款 ¥9,800")).text
    credit = await told(office, "信用 吴军")
    assert "没收 ¥9,800" not in credit
    assert "另有 ¥9,800" not in credit


async def test_an_order_of_somebody_else_by_now_is_his_debt(office: Office) -> None:
    await said(office.rep, WU)
    await said(office.rep, "加客户 谭松 13900139000")
    card = await entered(office, "吴军 家具 9800 已收3000")
    assert "谭松" in await told(office, "记错人了 是谭松")
    assert "谭松" in (await pressed(office.rep, card, "记欠款 ¥6,800")).text
    assert "还欠 ¥6,800" in await told(office, "信用 谭松")


async def test_a_plan_of_another_sum_is_told_anew(office: Office) -> None:
    await said(office.rep, WU)
    card = await entered(office, "吴军 签了合同 90000 首付3万 4月10号3万 5月10号3万")
    await told(office, "吴军那单改成120000")
    assert "这单已经改成 ¥120,000，分几次付的没记" in (await pressed(office.rep, card, "记下 2 笔")).text
    assert "没记过欠款" in await told(office, "信用 吴军")

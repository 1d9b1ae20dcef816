"""An order that is told to be paid at once counts as money that came in, and is neither debt nor beside the ledger."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from crm.tables import Order
from tests.chat import prepared
from tests.chat.conftest import Office
from tests.chat.talk import asked, labels, pressed, said


async def set_up(office: Office) -> None:
    await said(office.rep, "加客户 张伟 13800138000")


office = prepared.office_after(set_up)


async def test_it_counts_in_what_came_in(office: Office) -> None:
    card = await said(office.rep, "张伟 订了面霜 580 微信收了")
    assert "💰 ¥580，已收款" in card.text
    assert "回款 · 今天（3月18日）：¥580（1 笔）" in (await said(office.rep, "今天收了多少钱")).text
    assert "没记欠款" not in (await said(office.rep, "信用 张伟")).text
    sheet = (await said(office.rep, "对账 张伟")).text
    assert "回款 ¥580" in sheet
    assert "没记欠款的" not in sheet
    await said(office.rep, "回款 张伟 300")
    assert "¥880（2 笔）" in (await said(office.rep, "今天收了多少钱")).text
    assert "¥880" in (await said(office.manager, "谁回款最多")).text


async def test_a_tap_says_that_it_was_not_and_another_that_it_was(office: Office) -> None:
    card = await said(office.rep, "订单 张伟 580 面霜 已付")
    assert labels(card) == ["撤销", "没收款", "查看客户"]
    card = await pressed(office.rep, card, "没收款")
    assert "改成没收款" in card.text
    assert "欠款 张伟 580" in card.text
    assert "¥0（0 笔）" in (await said(office.rep, "今天收了多少钱")).text
    assert "¥580 的订单没记欠款" in (await said(office.rep, "信用 张伟")).text
    card = await pressed(office.rep, card, "已收款")
    assert "💰 ¥580，已收款" in card.text
    assert "¥580（1 笔）" in (await said(office.rep, "今天收了多少钱")).text


async def test_it_goes_with_its_order(office: Office) -> None:
    await office.at(office.now + timedelta(minutes=1))
    card = await said(office.rep, "张伟 订了面霜 580 微信收了")
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "不对 是680")
    assert "¥680（1 笔）" in (await said(office.rep, "今天收了多少钱")).text
    gone = await pressed(office.rep, card, "撤销")
    assert "¥0（0 笔）" in (await said(office.rep, "今天收了多少钱")).text
    await pressed(office.rep, gone, "恢复")
    assert "¥680（1 笔）" in (await said(office.rep, "今天收了多少钱")).text


async def test_an_edited_message_says_it_later(office: Office) -> None:
    sent = await office.rep.send("张伟 订了面霜 580")
    card = await office.rep.next_message()
    await office.rep.edit(sent, "张伟 订了面霜 580 已付")
    assert "💰 ¥580，已收款" in (await office.rep.wait_edit(card)).text
    assert [row.is_paid for row in office.database.read_now(lambda db: list(db.scalars(select(Order))))] == [True]


async def test_a_part_paid_is_as_before(office: Office) -> None:
    card = await said(office.rep, "张伟 订了面霜 580 已付300")
    assert "已收款" not in card.text
    assert any(label.startswith("记欠款") for label in labels(card))


async def test_money_counts_for_whom_it_came_to_after_the_customer_went_to_somebody_else(office: Office) -> None:
    await said(office.rep, "加客户 张伟 13800138000")
    await said(office.rep, "张伟 订了面霜 580 微信收了")
    await said(office.rep, "回款 张伟 300")
    await said(office.manager, "把张伟转给小周")
    assert "¥880（2 笔）" in await asked(office, office.rep, "今天我收了多少钱")
    assert "¥0（0 笔）" in await asked(office, office.rep2, "今天我收了多少钱")
    assert "小李 ¥880" in await asked(office, office.manager, "谁回款最多")
    await said(office.rep2, "张伟 订了眼霜 200 微信收了")
    assert "¥200（1 笔）" in await asked(office, office.rep2, "今天我收了多少钱")
    assert "¥1,080（3 笔）" in await asked(office, office.manager, "今天收了多少钱")


async def test_what_was_taken_back_meanwhile_is_said_beside(office: Office) -> None:
    await said(office.rep, "加客户 张伟 13800138000")
    await said(office.rep, "张伟 订了面霜 580 微信收了")
    await said(office.rep, "退货 张伟 80 面霜")
    answer = (await said(office.manager, "今天收了多少钱")).text
    assert "¥580（1 笔）" in answer
    assert "另有退货 1 单 ¥80，没有从里面减" in answer


async def test_a_shops_money_is_told_to_the_yuan(office: Office) -> None:
    await said(office.rep, "加客户 张伟 13800138000")
    await said(office.rep, "张伟 订了面霜 19262 微信收了")
    assert "¥19,262（1 笔）" in (await said(office.manager, "今天收了多少钱")).text
    assert "¥19,262（1 单）" in (await said(office.manager, "小李今天卖了多少钱")).text

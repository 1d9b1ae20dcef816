"""What is typed below the card of an order is of that order, whatever was done since."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Customer, Note, Order
from tests.chat import prepared, talk

if TYPE_CHECKING:
    from emulator.message import Message
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    for known in ("客户 胡晓燕 13900001112", "客户 孙丽 13900001113"):
        await talk.said(office.rep, known)


office = prepared.office_after(set_up)


async def begun(office: Office) -> Message:
    """The card of an order of 胡晓燕, with a second order of hers and a note of somebody else since."""
    card = await talk.said(office.rep, "胡晓燕 羊肉串2箱 560 记账")
    await office.at(office.now + timedelta(minutes=1))
    await talk.said(office.rep, "胡晓燕 料酒3箱 180")
    await talk.said(office.rep, "孙丽说价格贵")
    return card


def rows(office: Office) -> list[tuple[str, int, float | None, bool]]:
    wanted = select(Customer.name, Order.amount_fen, Order.quantity, Order.is_paid)
    wanted = wanted.join(Customer, Customer.customer_id == Order.customer_id).where(Order.deleted_at.is_(None))
    found = office.database.read_now(lambda db: db.execute(wanted.order_by(Order.order_id)).all())
    return [(row[0], row[1], row[2], row[3]) for row in found]


OTHER = ("胡晓燕", 180_00, 3.0, False)


@pytest.mark.parametrize("text", ["撤销", "删掉", "删除这单", "这单作废了"])
async def test_it_is_taken_back_and_brought_back(office: Office, text: str) -> None:
    card = await begun(office)
    gone = await talk.replied(office, office.rep, card, text)
    assert "¥560" in gone.text
    assert rows(office) == [OTHER]
    assert (
        office.database.read_now(lambda db: len(list(db.scalars(select(Note.note_id))))) == 1
    )  # none undone, none made
    assert "订单已恢复" in (await talk.replied(office, office.rep, gone, "恢复")).text
    assert len(rows(office)) == 2


@pytest.mark.parametrize("text", ["改成3箱 840", "不对 是3箱840", "是3箱840", "应该是3箱 一共840"])
async def test_it_is_put_right(office: Office, text: str) -> None:
    await talk.replied(office, office.rep, await begun(office), text)
    assert rows(office) == [("胡晓燕", 840_00, 3.0, False), OTHER]


@pytest.mark.parametrize("text", ["改成600", "不对 是600"])
async def test_its_sum_alone_is_put_right(office: Office, text: str) -> None:
    await talk.replied(office, office.rep, await begun(office), text)
    assert rows(office) == [("胡晓燕", 600_00, 2.0, False), OTHER]


@pytest.mark.parametrize("text", ["已收款", "这单他付了 微信", "他刚付了 现金", "收到了", "付清了"])
async def test_it_is_paid(office: Office, text: str) -> None:
    await talk.replied(office, office.rep, await begun(office), text)
    assert rows(office) == [("胡晓燕", 560_00, 2.0, True), OTHER]


@pytest.mark.parametrize("text", ["是孙丽的", "换成孙丽的单", "不对 是孙丽的"])
async def test_it_is_another_customers(office: Office, text: str) -> None:
    await talk.replied(office, office.rep, await begun(office), text)
    assert rows(office) == [("孙丽", 560_00, 2.0, False), OTHER]


async def test_a_change_is_taken_back_first(office: Office) -> None:
    changed = await talk.replied(office, office.rep, await begun(office), "改成600")
    await talk.replied(office, office.rep, changed, "撤销")
    assert rows(office) == [("胡晓燕", 560_00, 2.0, False), OTHER]


@pytest.mark.parametrize("text", ["他说肉不新鲜", "下周再送一次", "付了300", "是他介绍来的"])
async def test_what_else_is_told_leaves_it(office: Office, text: str) -> None:
    card = await begun(office)
    await talk.replied(office, office.rep, card, text)
    assert rows(office)[0] == ("胡晓燕", 560_00, 2.0, False)


@pytest.mark.parametrize("text", ["收", "今天付", "收款吧", "客户付"])
async def test_what_is_still_to_be_paid_marks_nothing(office: Office, text: str) -> None:
    card = await begun(office)
    await talk.replied(office, office.rep, card, text)
    assert rows(office) == [("胡晓燕", 560_00, 2.0, False), OTHER]


async def test_below_a_changed_order_its_end_is_not_the_end_of_the_change(office: Office) -> None:
    card = await begun(office)
    changed = await talk.replied(office, office.rep, card, "改成3箱 840")
    await talk.replied(office, office.rep, changed, "这单作废")
    assert rows(office) == [OTHER]

"""Edited messages of orders and reminders: the same record follows, with its card, or the truth is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from crm.tables import Order, Task
from tests.chat.talk import labels, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def amounts(office: Office) -> list[int]:
    living = select(Order.amount_fen).where(Order.deleted_at.is_(None)).order_by(Order.order_id)
    return office.database.read_now(lambda db: list(db.scalars(living)))


async def test_an_edited_order_is_the_same_order(office: Office) -> None:
    await said(office.rep, "加客户 林静怡 13911112222 无锡新民五金")
    typed = await office.rep.send("订单 林静怡 800 垫圈")
    card = await office.rep.next_message()
    await office.rep.edit(typed, "订单 林静怡 8000 垫圈")
    changed = await office.rep.wait_edit(card)
    assert "已按您改的更新" in changed.text
    assert "¥8,000" in changed.text
    assert "累计 ¥8,000" in changed.text
    assert amounts(office) == [8000_00]


async def test_an_order_edited_to_somebody_elses_stays_and_says_so(office: Office) -> None:
    await said(office.rep, "加客户 林静怡 13911112222 无锡新民五金")
    await said(office.rep, "加客户 朱杰 13911113333")
    typed = await office.rep.send("订单 林静怡 800 垫圈")
    await office.rep.next_message()
    for text in ("订单 朱杰 800 垫圈", "订单 林静怡 垫圈"):
        await office.rep.edit(typed, text)
        told = await office.rep.next_message()
        assert "没有改动" in told.text
        assert "撤销" in labels(told)
    assert amounts(office) == [800_00]


async def test_an_edited_reminder_moves(office: Office) -> None:
    await said(office.rep, "加客户 林静怡 13911112222 无锡新民五金")
    typed = await office.rep.send("提醒 明天下午3点 给林静怡打电话")
    card = await office.rep.next_message()
    await office.rep.edit(typed, "提醒 明天下午4点 给林静怡发报价")
    changed = await office.rep.wait_edit(card)
    assert "16:00" in changed.text
    assert "发报价" in changed.text
    assert len(office.database.read_now(lambda db: list(db.scalars(select(Task))))) == 1
    await office.rep.edit(typed, "提醒 给林静怡发报价")
    assert "没有动" in (await office.rep.next_message()).text

"""An order that was changed or marked as paid is still what was entered last: it is put right and goes to another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from crm.tables import Note, Order
from tests.chat.conftest import Office
from tests.chat.talk import asked, said


def _owners(office: Office) -> tuple[list[int], list[int]]:
    """Of whom the notes and the orders are."""
    read = office.database.read_now
    return read(lambda db: list(db.scalars(select(Note.customer_id)))), read(
        lambda db: list(db.scalars(select(Order.customer_id)))
    )


@pytest.mark.parametrize("before", ["和珅 58收到了", "把和珅58标成已收款", "不对 是68"])
async def test_it_goes_to_another_customer_and_an_older_note_stays(office: Office, before: str) -> None:
    for number, name in enumerate(("纪昀", "和珅", "刘墉")):
        await said(office.rep, f"加客户 {name} 1391111222{number}")
    await said(office.rep, "纪昀 想要两台打印机 下周给方案")
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "和珅 剪发58 记账")
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, before)
    await office.at(office.now + timedelta(minutes=1))
    notes, _ = _owners(office)
    await said(office.rep, "记错人了 是刘墉")
    after, orders = _owners(office)
    assert after == notes
    assert "刘墉" in await asked(office, office.rep, "刘墉 订单")
    assert len(orders) == 1
    assert orders[0] not in notes


async def test_its_sum_is_put_right_after_the_mark(office: Office) -> None:
    await said(office.rep, "加客户 和珅 13911112221")
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "和珅 染发268 记账")
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "把和珅268标成已收款")
    await office.at(office.now + timedelta(minutes=1))
    assert "✏️" in (await said(office.rep, "不对 是288")).text
    sums = office.database.read_now(lambda db: list(db.scalars(select(Order.amount_fen))))
    assert sums == [288_00]

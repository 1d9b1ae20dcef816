"""Rules of reading in the chat: two orders in a line, fields corrected below a card, a wrapped request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Customer, Note, Order, Task
from tests.chat.talk import replied, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def orders(office: Office) -> list[tuple[str, int]]:
    """Whose and how many fen, of all orders."""
    rows = select(Customer.name, Order.amount_fen).join(Order, Order.customer_id == Customer.customer_id)
    return office.database.read_now(lambda db: [(name, fen) for name, fen in db.execute(rows.order_by(Order.order_id))])


async def test_two_customers_in_a_line_get_an_order_each(office: Office) -> None:
    await said(office.rep, "加客户 赵六六 13911112222 无锡新民五金")
    await said(office.rep, "加客户 钱大宝 13911113333 无锡恒力机械")
    await office.rep.send("赵六六今天下单12000,钱大宝下单3000")
    cards = [(await office.rep.next_message()).text for _ in range(2)]
    assert "赵六六" in cards[0]
    assert "钱大宝" in cards[1]
    assert orders(office) == [("赵六六", 12000_00), ("钱大宝", 3000_00)]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("不对，公司是无锡恒力机械", "company", "无锡恒力机械"),
        ("职位错了，是采购总监", "title", "采购总监"),
        ("地区改成杭州", "region", "杭州"),
    ],
)
async def test_a_reply_to_a_card_corrects_the_field_it_names(office: Office, text: str, field: str, value: str) -> None:
    card = await said(office.rep, "加客户 赵六六 13911112222 无锡新民五金 采购")
    await replied(office, office.rep, card, text)
    assert office.database.read_now(lambda db: db.scalar(select(getattr(Customer, field)))) == value
    assert office.database.read_now(lambda db: list(db.scalars(select(Note.text)))) == []


async def test_a_reply_that_corrects_nothing_is_a_note(office: Office) -> None:
    card = await said(office.rep, "加客户 赵六六 13911112222 无锡新民五金")
    await replied(office, office.rep, card, "公司规模不大 人很热情")
    assert office.database.read_now(lambda db: list(db.scalars(select(Note.text)))) == ["公司规模不大 人很热情"]


async def test_a_wrapped_request_shows_the_day_and_makes_no_task(office: Office) -> None:
    await said(office.rep, "给我看看今天的任务")
    assert office.database.read_now(lambda db: list(db.scalars(select(Task.what)))) == []


async def test_a_customers_own_date_is_no_task(office: Office) -> None:
    await said(office.rep, "新客户 赵六六 13911112222 无锡新民五金 月底前要样品")
    assert office.database.read_now(lambda db: list(db.scalars(select(Task.what)))) == []
    assert office.database.read_now(lambda db: list(db.scalars(select(Note.text)))) == ["月底前要样品"]

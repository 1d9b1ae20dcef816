"""Days played with the clock moved: moments of 2026, what the ledger holds, what people were shown."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from crm.tables import Customer, Outbox
from emulator.message import Message
from emulator.person import Person
from tests.chat import talk
from tests.chat.conftest import SHANGHAI, Office


def at(month: int, day: int, hour: int = 8, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def ledger(office: Office, push: str) -> list[Outbox]:
    rows = select(Outbox).where(Outbox.push == push).order_by(Outbox.outbox_id)
    return office.database.read_now(lambda db: list(db.scalars(rows)))


def copied(message: Message) -> list[str]:
    return [button["copy_text"]["text"] for row in message.rows for button in row if "copy_text" in button]


def texts_of(office: Office, person: Person) -> list[str]:
    return [message.text for message in person.messages() if message["from"]["is_bot"]]


async def change(office: Office, statement: object) -> None:
    await office.database.write(lambda db: db.execute(statement))  # type: ignore[call-overload]  # any statement


async def born(office: Office, name: str = "张伟", words: str = "3月19日生日", person: Person | None = None) -> int:
    """The id of a customer of the rep, entered on Wednesday."""
    said = await talk.said(person or office.rep, f"加客户 {name} 上海美达 采购经理 {words}")
    assert name in said.text
    wanted = select(Customer.customer_id).where(Customer.name == name)
    found = office.database.read_now(lambda db: db.scalar(wanted))
    assert found is not None
    return found

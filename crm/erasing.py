"""Everything held of a customer: shown as a file, or gone from every table, also from what merely quotes it.

Which rows are about a customer is read off the tables themselves: a column that refers to the table of customers or is
named after it, and whatever refers to such rows. A new table cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, String, cast, delete, func, or_, select, update
from sqlalchemy import Table as Sheet
from sqlalchemy.orm import Session

from crm import audit, customers, merges, merging, outbox
from crm.members import Actor
from crm.tables import (
    AuditSubject,
    Customer,
    CustomerPhone,
    Draft,
    Import,
    Inbox,
    Member,
    Outbox,
    StoredFile,
    Table,
    TeamReport,
)

KEPT: Final = ("outbox", "inbox")  # their rows stay, emptied: what was sent is sent
SHORTEST: Final = 2  # characters of a word that is looked for in what quotes the customer


@dataclass(frozen=True, slots=True)
class Holding:
    """Rows of one table about a customer."""

    table: str
    rows: list[dict[str, Any]]


def count(db: Session, actor: Actor, customer_id: int) -> dict[str, int]:
    """Table → how many rows would be gone; what was taken back is gone, too, but not counted.

    Raises: members.NotAllowed, customers.CustomerNotFound
    """
    actor.require("admin")
    customers.get(db, actor, customer_id)
    found = {}
    for sheet, rows in _about(customer_id):
        number = int(db.scalar(select(func.count()).select_from(sheet).where(rows, *merging.stands(sheet))) or 0)
        if number:
            found[sheet.name] = number
    return found


def held(db: Session, actor: Actor, customer_id: int, now: datetime) -> list[Holding]:
    """Every row about the customer, for whoever asks what is known of him; the asking is logged.

    Raises: members.NotAllowed, customers.CustomerNotFound
    """
    actor.require("admin")
    customers.get(db, actor, customer_id)
    audit.record(db, actor, audit.HELD, now, customer_id=customer_id)
    found = [Holding("customer", _rows(db, _CUSTOMER, _CUSTOMER.c.customer_id == customer_id))]
    for sheet, rows in _about(customer_id):
        held_rows = _rows(db, sheet, rows)
        if held_rows and sheet.name != "search_key":
            found.append(Holding(sheet.name, held_rows))
    return found


def erase(db: Session, actor: Actor, customer_id: int, now: datetime) -> None:
    """Nothing is left of the customer but the act itself, under a random id that stands for nobody any more.

    Raises: members.NotAllowed, customers.CustomerNotFound
    """
    actor.require("admin")
    customer = customers.get(db, actor, customer_id)
    records = [*reversed(merges.parts(db, customer_id)), customer]  # what was merged into him goes with him
    words = list(dict.fromkeys(word for record in records for word in _words(db, record)))
    audit.record(db, actor, audit.ERASED, now, customer_id=customer_id)
    db.flush()
    _empty_post(db, actor, customer_id, words)
    _drop_drafts(db, actor, words)
    for record_id in [record.customer_id for record in records]:
        for sheet, rows in _about(record_id):
            db.execute(delete(sheet).where(rows))
        if record_id != customer_id:
            db.execute(delete(_CUSTOMER).where(_CUSTOMER.c.customer_id == record_id))
    db.execute(delete(AuditSubject).where(AuditSubject.record_id == customer_id))
    _close_questions(db, actor, customer_id)
    current = update(Member).where(Member.current_customer_id == customer_id)
    db.execute(current.values(current_customer_id=None))
    db.execute(delete(_CUSTOMER).where(_CUSTOMER.c.customer_id == customer_id))
    db.expire_all()


_CUSTOMER: Final = Table.metadata.tables["customer"]


def _about(customer_id: int) -> Iterator[tuple[Sheet, ColumnElement[bool]]]:
    """Each table with the condition of its rows that go, those that refer to others first."""
    gone: dict[str, ColumnElement[bool]] = {}
    for sheet in Table.metadata.sorted_tables:
        if sheet.name == "customer" or sheet.name in KEPT:
            continue
        tests = [column == customer_id for column in sheet.columns if _is_customer(column)]
        for column in sheet.columns:
            for key in column.foreign_keys:
                parent = key.column.table
                if parent.name in gone and parent is not sheet:
                    tests.append(column.in_(select(key.column).where(gone[parent.name])))
        if tests:
            gone[sheet.name] = or_(*tests)
    for name in reversed(gone):
        yield Table.metadata.tables[name], gone[name]


def _is_customer(column: Column[Any]) -> bool:
    own = column.primary_key and column.name == f"{column.table.name}_id"
    refers = any(key.column.table.name == "customer" for key in column.foreign_keys)
    return refers or (column.name.endswith("customer_id") and not own and column.table.name != "member")


def _words(db: Session, customer: Customer) -> list[str]:
    """What names him: name, numbers, WeChat, email."""
    numbers = db.scalars(select(CustomerPhone.phone).where(CustomerPhone.customer_id == customer.customer_id))
    found = [customer.name, *numbers, customer.wechat or "", customer.email or ""]
    return [word for word in dict.fromkeys(found) if len(word) >= SHORTEST]


def _empty_post(db: Session, actor: Actor, customer_id: int, words: list[str]) -> None:
    """What was written to and by the team about him is empty; what waits to be sent is not sent."""
    chats = select(Member.user_id).where(Member.team_id == actor.team_id)
    for word in words:
        quoting = Inbox.chat_id.in_(chats), Inbox.raw.contains(word, autoescape=True)
        db.execute(update(Inbox).where(*quoting).values(raw="{}"))
    payload = cast(Outbox.payload, String)
    quotes = or_(Outbox.customer_id == customer_id, *(payload.contains(word, autoescape=True) for word in words))
    mine = or_(Outbox.team_id == actor.team_id, Outbox.chat_id.in_(chats))
    waiting = update(Outbox).where(mine, quotes, Outbox.state.in_(outbox.OPEN))
    db.execute(waiting.values(state="cancelled", reason="erased"))
    db.execute(update(Outbox).where(mine, quotes).values(payload={}, customer_id=None))


def _drop_drafts(db: Session, actor: Actor, words: list[str]) -> None:
    """Drafts that name him, and the files of imports, which cannot be searched, are gone."""
    data = cast(Draft.data, String)
    for word in words:
        named = or_(Draft.text.contains(word, autoescape=True), data.contains(word, autoescape=True))
        db.execute(delete(Draft).where(Draft.team_id == actor.team_id, named))
    files = select(Import.file_id).where(Import.team_id == actor.team_id)
    db.execute(update(StoredFile).where(StoredFile.file_id.in_(files)).values(content=b""))


def _close_questions(db: Session, actor: Actor, customer_id: int) -> None:
    """No question is open about him, and what a day's look found is looked for anew."""
    for member in db.scalars(select(Member).where(Member.team_id == actor.team_id)):
        if customer_id in (member.awaiting or {}).values():
            member.awaiting = {}
    db.execute(delete(TeamReport).where(TeamReport.team_id == actor.team_id))


def _rows(db: Session, sheet: Sheet, where: ColumnElement[bool]) -> list[dict[str, Any]]:
    found = db.execute(select(sheet).where(where)).mappings()
    return [{str(name): _told(value) for name, value in row.items()} for row in found]


def _told(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value

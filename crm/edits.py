"""A message edited in the chat: the record it made is read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import (
    corrections,
    customers,
    drafts,
    leads,
    notes,
    orders,
    profile_fields,
    promises,
    search,
    task_changes,
    tasks,
)
from crm.customers import Origin, Profile
from crm.leads import Entry, Saved
from crm.members import Actor
from crm.orders import Placed
from crm.tables import Customer, Draft, Note, Outbox
from crm.tasks import Errand

CARDS_LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class Made:
    """What a message made: a customer, a note of a known one, an order, a reminder, a draft that waits, or nothing.

    `change`: the draft of the order, debt or payment that it put right, or of the task that it moved or called off, or
    asks about, maybe beside a note.
    """

    customer: Customer | None = None
    note: Note | None = None
    draft: Draft | None = None
    order: Placed | None = None
    errand: Errand | None = None
    change: Draft | None = None


def find(db: Session, actor: Actor, origin: Origin) -> Made:
    """What the member's message made."""
    mine = (Customer.source_chat_id == origin.chat_id, Customer.source_message_id == origin.message_id)
    customer = db.scalar(select(Customer).where(*mine, customers.visible(actor)))
    note = notes.find_by_origin(db, actor, origin)
    draft = None
    if customer is None:
        change = corrections.of_message(db, actor, origin) or task_changes.of_message(db, actor, origin)
        if change is not None:
            return Made(note=note, change=change)
    if customer is None and note is None:
        order, errand = orders.find_by_origin(db, actor, origin), tasks.find_by_origin(db, actor, origin)
        if order is not None or errand is not None:
            return Made(order=order, errand=errand)
    if customer is None and note is None and origin.message_id is not None:
        draft = drafts.find_open_by_message(db, actor, ("note", "update", "order"), origin.message_id)
    return Made(customer, note, draft)


def reread_customer(
    db: Session, actor: Actor, customer_id: int, before: Entry | None, entry: Entry, now: datetime, origin: Origin
) -> Saved:
    """The customer, its note and its task follow the edited message in what it said differently `before`.

    Without `before` (nobody knows what it said) the customer loses nothing.

    Raises: customers.CustomerNotFound; profile_fields.FieldRefused when a number is somebody else's
    """
    row = customers.get(db, actor, customer_id)
    held = search.by_phones(db, actor, entry.profile.phones) if entry.profile.phones else []
    if any(other.customer_id != customer_id for other in held):
        raise profile_fields.FieldRefused(customer_id, "phone", "taken")
    customers.rewrite(db, row, before.profile if before is not None else Profile(""), entry.profile, now)
    row.source_text = entry.typed
    note = notes.find_by_origin(db, actor, origin)
    if note is not None:
        notes.rewrite(db, actor, note, entry.note or entry.typed, entry.said, now)
    elif entry.note.strip():
        note, _ = notes.add(db, actor, customer_id, entry.note, entry.said, now, origin)
    task = promises.of_note(db, note.note_id) if note is not None else None
    if entry.todo is not None:
        promises.put(db, actor, customer_id, note.note_id if note else None, task, entry.todo, now)
    return leads.again(db, actor, customer_id)


def card_of_task(db: Session, origin: Origin, task_id: int) -> int | None:
    """The message id of the bot's first card for the task."""
    sent = (Outbox.chat_id == origin.chat_id, Outbox.message_id > (origin.message_id or 0), Outbox.task_id == task_id)
    return db.scalar(select(Outbox.message_id).where(*sent).order_by(Outbox.message_id).limit(1))


def card_with(db: Session, origin: Origin, callback_data: str) -> int | None:
    """The message id of the bot's card with this button, among the first ten messages after the one of `origin`."""
    after = (Outbox.chat_id == origin.chat_id, Outbox.message_id > (origin.message_id or 0))
    sent = db.execute(
        select(Outbox.message_id, Outbox.payload).where(*after).order_by(Outbox.message_id).limit(CARDS_LOOKED_AT)
    )
    return next((number for number, payload in sent if callback_data in _data_of(payload)), None)


def answer_to(db: Session, origin: Origin) -> set[str]:
    """What the buttons of the bot's first message after the one of `origin` hold, or held before it was changed."""
    after = (Outbox.chat_id == origin.chat_id, Outbox.message_id > (origin.message_id or 0))
    first = select(func.min(Outbox.message_id)).where(*after).scalar_subquery()
    sent = select(Outbox.payload).where(Outbox.chat_id == origin.chat_id, Outbox.message_id == first)
    return {data for payload in db.scalars(sent) for data in _data_of(payload)}


def _data_of(payload: dict[str, Any]) -> set[str]:
    rows = (payload.get("reply_markup") or {}).get("inline_keyboard", ())
    return {button.get("callback_data", "") for row in rows for button in row}


def card_of(db: Session, origin: Origin, customer_id: int | None, note_id: int | None) -> int | None:
    """The message id of the bot's card for the record, the first one after the message that made it."""
    if customer_id is None and note_id is None:
        return None
    about = Outbox.note_id == note_id if note_id is not None else Outbox.customer_id == customer_id
    after = (Outbox.chat_id == origin.chat_id, Outbox.message_id > (origin.message_id or 0))
    return db.scalar(select(Outbox.message_id).where(*after, about).order_by(Outbox.message_id).limit(1))

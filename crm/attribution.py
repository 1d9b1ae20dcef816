"""Whose the last thing entered is in truth: note, order, reminder, debt or payment go to another customer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import (
    accounts,
    customers,
    drafts,
    members,
    notes,
    order_becoming,
    order_changes,
    orders,
    recent,
    settling,
    tasks,
)
from crm.accounts import Booked
from crm.members import Actor
from crm.order_changes import Changed
from crm.recent import Deed
from crm.tables import Customer, Draft, Note, Task
from crm.tasks import Errand

LATELY = timedelta(days=1)  # in which a note is meant by a word of it
OF_A_CUSTOMER = ("note", "order", "task", "entry")  # deeds that can be another customer's


def last(db: Session, actor: Actor, now: datetime) -> Deed | None:
    """What was entered last, where that can be another customer's; after a changed field the last note before it.

    Of an order changed or marked as paid it is the order.
    """
    deed = recent.last(db, actor, now)
    if deed is not None and (order_id := order_changes.order_of(db, actor, deed)) is not None:
        return Deed("order", order_id, deed.at)
    if deed is not None and deed.kind in OF_A_CUSTOMER:
        return deed
    note_id = recent.last_note(db, actor, now)
    return Deed("note", note_id, now) if note_id is not None else None


def note_with(db: Session, actor: Actor, words: str, now: datetime) -> Deed | None:
    """The newest of the member's notes of a day that holds the words."""
    mine = (Note.team_id == actor.team_id, Note.author_id == actor.member_id, Note.deleted_at.is_(None))
    lately = select(Note.note_id, Note.created_at).where(*mine, Note.created_at >= now - LATELY)
    held = lately.where(Note.text.icontains(words, autoescape=True))
    row = db.execute(held.order_by(Note.created_at.desc(), Note.note_id.desc()).limit(1)).first()
    return Deed("note", row[0], row[1]) if row is not None else None


def owner(db: Session, actor: Actor, deed: Deed) -> Customer | None:
    """Whose it is now.

    Raises: notes.NoteNotFound; orders.OrderNotFound; tasks.TaskNotFound; accounts.EntryNotFound
    """
    if deed.kind == "note":
        return notes.get(db, actor, deed.key)[1]
    if deed.kind == "order":
        return orders.get(db, actor, deed.key).customer
    if deed.kind == "entry":
        return accounts.get(db, actor, deed.key).customer
    return tasks.get(db, actor, deed.key).customer


def give_order(db: Session, actor: Actor, order_id: int, customer_id: int, now: datetime) -> Changed:
    """The order is the other customer's; the draft brings it back.

    Raises: orders.OrderNotFound; customers.CustomerNotFound; order_changes.SameAsBefore
    """
    same = order_becoming.as_stored(orders.get(db, actor, order_id).order)
    made = order_changes.apply(db, actor, order_id, same, customer_id, now)
    members.keep_current(db, actor, customer_id, now)
    return made


def give_task(db: Session, actor: Actor, task_id: int, customer_id: int, now: datetime) -> Errand:
    """The open task, and what follows it, is about the other customer, whose name stands in its words for the other's.

    Raises: tasks.TaskNotFound; tasks.TaskClosed; customers.CustomerNotFound
    """
    errand, to = tasks.get_open(db, actor, task_id), customers.get(db, actor, customer_id)
    rows: list[Task] = [errand.task]
    while (next_id := rows[-1].next_task_id) is not None and (row := db.get(Task, next_id)) is not None:
        rows.append(row)
    for row in rows:
        row.customer_id = to.customer_id
        if errand.customer is not None:
            row.what = row.what.replace(errand.customer.name, to.name)
    db.flush(rows)
    members.keep_current(db, actor, customer_id, now)
    return tasks.get(db, actor, task_id)


def give_entry(db: Session, actor: Actor, entry_id: int, customer_id: int, now: datetime) -> Booked:
    """The debt or payment is the other customer's.

    Raises: accounts.EntryNotFound; customers.CustomerNotFound
    """
    booked, customer = accounts.get(db, actor, entry_id), customers.get(db, actor, customer_id)
    settling.give(db, actor, booked.entry, customer_id, now)
    members.keep_current(db, actor, customer_id, now)
    return Booked(booked.entry, customer)


def last_notes(db: Session, actor: Actor, number: int, to_id: int, of_ids: Collection[int], now: datetime) -> list[int]:
    """The member's last notes of ten minutes that are not the customer's yet, the oldest first; of `of_ids` if any."""
    mine = (Note.team_id == actor.team_id, Note.author_id == actor.member_id, Note.deleted_at.is_(None))
    lately = (Note.created_at >= now - recent.WITHIN, Note.import_id.is_(None), Note.customer_id != to_id)
    wanted = select(Note.note_id).where(*mine, *lately)
    if of_ids:
        wanted = wanted.where(Note.customer_id.in_(of_ids))
    found = db.scalars(wanted.order_by(Note.created_at.desc(), Note.note_id.desc()).limit(number))
    return list(found)[::-1]


def give_notes(db: Session, actor: Actor, note_ids: Sequence[int], customer_id: int, now: datetime) -> Draft:
    """The notes with their tasks are the other customer's; the draft brings them back.

    Raises: notes.NoteNotFound; customers.CustomerNotFound
    """
    before = [notes.get(db, actor, note_id)[1].customer_id for note_id in note_ids]
    for note_id in note_ids:
        notes.move(db, actor, note_id, customer_id, now)
    members.keep_current(db, actor, customer_id, now)
    data = {"notes": list(note_ids), "before": before}
    return drafts.keep(db, actor, notes.MOVED, "", data, now)


def give_back(db: Session, actor: Actor, draft_id: int, now: datetime) -> list[Customer]:
    """The notes that were moved together are again whose they were.

    Raises: drafts.DraftNotFound; drafts.DraftResolved; notes.NoteNotFound; customers.CustomerNotFound
    """
    held = drafts.take(db, actor, draft_id, now, (notes.MOVED,)).data
    pairs = zip(held["notes"], held["before"], strict=True)
    return [notes.move(db, actor, note_id, customer_id, now)[1] for note_id, customer_id in pairs]

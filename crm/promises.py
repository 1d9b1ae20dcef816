"""Tasks that come out of a note: what we promised, and by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import notes
from crm.customers import Origin
from crm.members import Actor
from crm.tables import Customer, Note, Task
from nlp.reader import anniversaries

DAY_STARTS = time(9)  # the instant that stands for a day without an hour
TODAY_AT = time(17)  # a task of today without an hour is told then: the morning card has gone
FURTHEST = 366  # days ahead that a promise may be dated by a button


class TooFar(ValueError):
    """No button dates a promise so far ahead."""


@dataclass(frozen=True, slots=True)
class Todo:
    """What is to be done by when; `has_time` False: the local day counts, not the hour."""

    what: str
    due_at: datetime
    has_time: bool
    recurrence: str | None = None


def as_data(todo: Todo | None) -> dict[str, Any] | None:
    """The time of a task as a draft keeps it."""
    if todo is None:
        return None
    return {"due_at": todo.due_at.isoformat(), "has_time": todo.has_time, "recurrence": todo.recurrence}


def from_data(data: Mapping[str, Any] | None, what: str) -> Todo | None:
    """The task with the time that a draft kept."""
    if data is None:
        return None
    return Todo(what, datetime.fromisoformat(data["due_at"]), data["has_time"], data["recurrence"])


def due(words: str, zone: ZoneInfo) -> tuple[datetime, bool]:
    """The instant of '2026-03-27' or '2026-03-27T12:00' on the team's wall clock, and whether it has an hour.

    Raises: ValueError
    """
    if "T" in words:
        return datetime.fromisoformat(words).replace(tzinfo=zone), True
    return on_day(date.fromisoformat(words), zone), False


def on_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant that stands for the day."""
    return datetime.combine(day, DAY_STARTS, zone)


def still_to_come(todo: Todo, local: datetime) -> Todo:
    """The task; one of today without an hour is due this afternoon, within an hour at the latest."""
    if todo.has_time or todo.due_at.astimezone(local.tzinfo).date() != local.date():
        return todo
    at = datetime.combine(local.date(), TODAY_AT, local.tzinfo)
    soon = (local + timedelta(hours=1)).replace(second=0, microsecond=0)
    recurrence = f"{todo.recurrence};T{TODAY_AT:%H:%M}" if todo.recurrence else None
    return Todo(todo.what, max(at, soon), True, recurrence)


def add(
    db: Session,
    actor: Actor,
    customer_id: int | None,
    note_id: int | None,
    todo: Todo,
    kind: str,
    now: datetime,
    origin: Origin | None = None,
) -> Task:
    """The task is the member's own. `kind`: follow_up | promise."""
    row = Task(
        team_id=actor.team_id,
        customer_id=customer_id,
        assignee_id=actor.member_id,
        created_by_id=actor.member_id,
        note_id=note_id,
        kind=kind,
        what=todo.what,
        due_at=todo.due_at,
        has_time=todo.has_time,
        recurrence=todo.recurrence,
        source_chat_id=origin.chat_id if origin else None,
        source_message_id=origin.message_id if origin else None,
        created_at=now,
    )
    db.add(row)
    db.flush([row])
    return row


def put(
    db: Session, actor: Actor, customer_id: int, note_id: int | None, task: Task | None, todo: Todo, now: datetime
) -> Task:
    """The record's task says what `todo` says; without one it is made."""
    if task is None:
        return add(db, actor, customer_id, note_id, todo, "follow_up", now)
    task.what, task.due_at, task.has_time, task.recurrence = todo.what, todo.due_at, todo.has_time, todo.recurrence
    return task


def date_promise(
    db: Session, actor: Actor, note_id: int, days: int, now: datetime
) -> tuple[Note, Customer, Task | None]:
    """The promise of the note has its task, due `days` after today; an earlier choice is replaced. Below 0: no task.

    On the day of an anniversary that the note tells of it comes again each year.

    Raises: TooFar; notes.NoteNotFound
    """
    if days > FURTHEST:
        raise TooFar(days)
    note, customer = notes.get(db, actor, note_id)
    task = of_note(db, note_id)
    if days < 0:
        if task is not None:
            task.cancelled_at = now
        return note, customer, None
    due_at = on_day(actor.today(now) + timedelta(days=days), actor.zone)
    kept = dict(anniversaries.each(note.text, actor.local(now))).get(due_at.date())
    if task is None or (kept and task.recurrence and task.recurrence != kept):  # 女儿12月3号 儿子2月14号: one for each
        task = add(db, actor, customer.customer_id, note_id, Todo(note.text[:200], due_at, False), "promise", now)
    task.due_at, task.has_time, task.recurrence = due_at, False, kept
    return note, customer, task


def yearly_left(db: Session, actor: Actor, note: Note, now: datetime) -> list[date]:
    """The days of the note that come again each year and have no task."""
    mine = select(Task.recurrence).where(Task.note_id == note.note_id, Task.cancelled_at.is_(None))
    taken = set(db.scalars(mine))
    return [on for on, code in anniversaries.each(note.text, actor.local(now)) if code not in taken]


def of_note(db: Session, note_id: int) -> Task | None:
    """The open task made from the note."""
    mine = select(Task).where(Task.note_id == note_id, Task.done_at.is_(None), Task.cancelled_at.is_(None))
    return db.scalar(mine.order_by(Task.task_id.desc()).limit(1))

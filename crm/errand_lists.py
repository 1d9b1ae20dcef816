"""Several reminders told in one message: each is read by itself, in order, and heeds whom the one before was about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import assignments, crowds, customers, tasks, understanding
from crm.customers import Origin
from crm.errands import Assignee, Request
from crm.members import Actor
from crm.tables import Customer, Task
from crm.tasks import Errand
from crm.understanding import Message, Understanding
from nlp import lazy, reader

_ASKS_ME = lazy.regex("提醒(?:一?下)?我|[叫喊]我(?!们)")


def read(db: Session, actor: Actor, message: Message, customer_id: int | None, now: datetime) -> list[Request]:
    """The words after /remind as the reminders that they ask for, mostly one.

    Raises: customers.CustomerNotFound
    """
    if customer_id is None and (crowd := _of_crowd(db, actor, message.text, now, is_order=True)):
        return crowd
    parts = _parts(db, actor, message.text, now)
    if not parts:
        return [assignments.read(db, actor, message, customer_id, now)]
    about = customers.get(db, actor, customer_id) if customer_id is not None else None
    return _each(db, actor, parts, about, now)


def _parts(db: Session, actor: Actor, text: str, now: datetime) -> tuple[str, ...]:
    """One text a task, where the text tells of several; the member's customers may be named in it."""
    known = [understanding.as_known(row) for row in understanding.touched(db, actor, text).values()]
    return reader.tasks_in(text, actor.local(now), known)


def _of_crowd(db: Session, actor: Actor, text: str, now: datetime, is_order: bool = False) -> list[Request]:
    """The reminder of each of several colleagues, or one of all of them that lacks its time."""
    if made := crowds.requests(db, actor, text, now, is_order):
        return made
    asked = crowds.undated(db, actor, text, now, is_order)
    return [asked] if asked is not None else []


def read_again(db: Session, actor: Actor, message: Message, origin: Origin, now: datetime) -> list[Request]:
    """The reminders of an edited message, without those that were done meanwhile."""
    made = (Task.source_chat_id == origin.chat_id, Task.source_message_id == origin.message_id)
    done = select(Task.what).where(*made, Task.created_by_id == actor.member_id, Task.done_at.is_not(None))
    finished = set(db.scalars(done))
    return [request for request in read(db, actor, message, None, now) if request.what not in finished]


def understood(db: Session, actor: Actor, seen: Understanding, message: Message, now: datetime) -> list[Request]:
    """The reminders of a free message that the reader took for such."""
    if crowd := _of_crowd(db, actor, seen.text, now, crowds.is_for_all(seen, actor.local(now))):
        return crowd
    parts, who = seen.reading.parts, None
    if not parts and (found := assignments.colleague(db, actor, seen.text, now)) is not None:
        who, told = found
        parts = _parts(db, actor, told, now)  # without his name: 小周10点 is no Monday
    if not parts:
        return [assignments.understood(db, actor, seen, now)]
    about = (
        understanding.replied_customer(db, actor, message.chat_id, message.replied_to) if message.replied_to else None
    )
    return _each(db, actor, parts, about, now, who)


def _each(
    db: Session,
    actor: Actor,
    parts: Sequence[str],
    about: Customer | None,
    now: datetime,
    who: Assignee | None = None,
) -> list[Request]:
    """`about`: whom the message is about where a part names nobody; `who`: the colleague who was told all of it."""
    made: list[Request] = []
    before = about
    for part in parts:
        acting = replace(actor, current_customer_id=before.customer_id) if before is not None else actor
        request = assignments.read(db, acting, Message(part, actor.user_id), None, now)
        if request.customer is None and not request.candidates and before is not None:
            is_his = about is not None or reader.carries_on(request.what)
            request = replace(request, customer=before) if is_his else request
        who = request.assignee or (None if _ASKS_ME.search(part) else who)
        request = replace(request, assignee=who)
        before = request.customer or before
        made.append(request)
    return made


def cancel_together(db: Session, actor: Actor, task_id: int, now: datetime) -> list[Errand]:
    """The reminder and the others of the same message are taken back.

    Raises: tasks.TaskNotFound; tasks.TaskClosed
    """
    task = tasks.get(db, actor, task_id).task
    origin = Origin(task.source_chat_id, task.source_message_id)
    others = [other for other in of_message(db, actor, origin) if other != task_id]
    return [tasks.cancel(db, actor, one, now) for one in sorted((task_id, *others))]


def together(db: Session, actor: Actor, origin: Origin, text: str, now: datetime) -> list[int]:
    """The open reminders of the message where they, or those of the text as it is now, are several; else []."""
    made = of_message(db, actor, origin)
    return made if len(made) > 1 or _parts(db, actor, text, now) else []


def of_message(db: Session, actor: Actor, origin: Origin) -> list[int]:
    """The member's open reminders that were made from the message, in order."""
    if origin.message_id is None:
        return []
    mine = (Task.created_by_id == actor.member_id, Task.kind == "reminder", tasks.is_open())
    made = (Task.source_chat_id == origin.chat_id, Task.source_message_id == origin.message_id)
    return list(db.scalars(select(Task.task_id).where(*mine, *made).order_by(Task.task_id)))

"""What is meant by words that name no task, by what was done last.

Another time for what was planned just now (还是大后天吧, 明天上午十点) is that task's; 改到周五 and 这个不要了 behind
a note, an order or a payment may be about that instead.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from crm import customers, drafts, outbox, recent, task_names, tasks
from crm.members import Actor
from crm.tables import Task
from crm.task_changes import Found
from crm.understanding import Message
from nlp.reader import moves
from nlp.reader.moves import Change
from nlp.spoken import ahead

AT_ONCE = timedelta(seconds=5)  # between a customer and his reminder, told in one message


def meant(db: Session, actor: Actor, message: Message, now: datetime) -> Found | None:
    """The task planned last, with its other time; None where more is said, or something else was done since.

    A time alone, without a word that says instead, means it only below its own card; else that day is looked up.
    """
    change = moves.told(message.text, actor.local(now))
    if change is None or message.replied_to is not None:
        return None
    if not change.is_afterthought and not (_is_slip(change) and _was_moved_last(db, actor, now)):
        return None
    task_id = recent.last_planned(db, actor, now)
    errand = next((one for one in tasks.find_open(db, actor) if one.task.task_id == task_id), None)
    if errand is None or errand.task.recurrence:
        return None
    if change.is_bare and (_is_looked_up(message.text, actor, now) or not _is_shown_last(db, actor, errand.task)):
        return None
    return Found(change, (errand,), True)


def _is_slip(change: Change) -> bool:
    """True for 不对 是3月28号: a word for a slip and the time alone."""
    return change.corrects and not (change.words or change.earlier)


def _was_moved_last(db: Session, actor: Actor, now: datetime) -> bool:
    deed = recent.last(db, actor, now)
    return deed is not None and deed.kind == "move"


def below_card(db: Session, actor: Actor, text: str, now: datetime) -> Found | None:
    """The reminder whose card stands last, as the day that was looked up would move it; None without such a card."""
    row = outbox.newest_shown(db, actor.user_id)
    if row is None or row.task_id is None:
        return None
    errand = next((one for one in tasks.find_open(db, actor) if one.task.task_id == row.task_id), None)
    if errand is None or errand.task.recurrence:
        return None
    change = moves.told(text, actor.local(now))
    return Found(change, (errand,), True) if change is not None and change.is_bare else None


def _is_looked_up(text: str, actor: Actor, now: datetime) -> bool:
    """True for 明天, 周五, 15号 and 下周 alone: by such words the list of the day is asked for."""
    today = actor.today(now)
    said = ahead.alone(text, today)
    return said is not None and said == text.strip() and ahead.days(said, today) is not None


def _is_shown_last(db: Session, actor: Actor, task: Task) -> bool:
    """True where the message that stands last in the chat is the card of the task, or of what it was told with."""
    row = outbox.newest_shown(db, actor.user_id)
    if row is None or row.task_id is not None:
        return row is not None and row.task_id == task.task_id
    if row.note_id is not None:
        return row.note_id == task.note_id
    is_his = row.customer_id is not None and row.customer_id == task.customer_id
    return is_his and abs(row.created_at - task.created_at) < AT_ONCE


def weighed(db: Session, actor: Actor, message: Message, found: Found, now: datetime) -> Found | None:
    """What was found, not sure where the member's last deed was no task; None where goods are not wanted, then.

    Goods that are called like a task (样品她不要了) are a note of the customer shown, and the end of it is offered.
    """
    change = found.change
    if _is_of_another(db, actor, message, found, now):
        return replace(found, is_sure=False)
    if change.corrects and not found.is_named and message.replied_to is None:
        deed = recent.last(db, actor, now)  # 不对 是周四 may be said of what was asked about, or noted
        is_of_task = deed is None or deed.kind in ("task", "move") or _planned_since(db, actor, deed.at)
        is_last = is_of_task and not _was_asked_since(db, actor, deed, now)
        return replace(found, is_sure=found.is_sure and is_last)
    if found.is_named or not (change.is_nameless or change.is_unwanted) or moves.is_of_task(message.text):
        return found
    deed = recent.last(db, actor, now)
    is_of_task = deed is None or deed.kind in ("task", "move") or _planned_since(db, actor, deed.at)
    is_asked = _was_asked_since(db, actor, deed, now)
    if message.replied_to is not None or (is_of_task and not is_asked and not (deed is None and change.is_unwanted)):
        return found
    if change.is_unwanted and change.is_nameless and deed is not None:
        return None
    shown = customers.find_many(db, actor, [actor.current_customer_id] if actor.current_customer_id else [])
    customer = shown[0] if shown else None
    is_noted = change.is_unwanted and not change.is_nameless and customer is not None
    return replace(found, is_sure=False, customer=customer, is_named=is_noted)


def _is_of_another(db: Session, actor: Actor, message: Message, found: Found, now: datetime) -> bool:
    """True where a kind of task alone is told (约改到周六), or a day that does not suit (周六不行 周日吧), and the
    only task found is not of whom was just spoken of."""
    change = found.change
    if found.is_named or not found.is_sure or message.replied_to is not None:
        return False
    errand = found.errands[0]
    whose, shown = errand.task.customer_id, actor.current_customer_id
    is_called = bool(change.words) and task_names.is_called(change.words, errand)
    if is_called and (whose is None or change.earlier is not None or not task_names.is_kind(change.words)):
        return False
    if not (change.words or change.is_refusal) or errand.task.task_id == recent.last_planned(db, actor, now):
        return False
    return whose is None or shown not in (None, whose)


def _planned_since(db: Session, actor: Actor, at: datetime) -> bool:
    """True where a task that is open was made then or later: what was told last planned it."""
    return any(errand.task.created_at >= at for errand in tasks.find_open(db, actor))


def _was_asked_since(db: Session, actor: Actor, deed: recent.Deed | None, now: datetime) -> bool:
    """True where a question about something else waits for an answer: it is what was spoken of last."""
    draft_id = drafts.newest_waiting(db, actor, now)
    since = deed.at if deed is not None else now - recent.WITHIN
    return draft_id is not None and drafts.get(db, actor, draft_id).created_at > since

"""A time put right while a question about a reminder stands open (不对 是周四): it is that reminder that is meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import awaiting, drafts, outbox, promises, task_moments, task_names
from crm.members import Actor
from crm.promises import Todo
from crm.tables import Note, Task
from crm.task_moments import Moment
from crm.understanding import Message
from nlp import when
from nlp.reader import corrections, moves

KIND = "remind"  # of the drafts of reminders that lack something


@dataclass(frozen=True, slots=True)
class Corrected:
    """The draft below the question; its reminder is due at `moment`, or its text reads so now."""

    draft_id: int
    moment: Moment | None = None
    text: str = ""


def corrected(db: Session, actor: Actor, message: Message, now: datetime) -> Corrected | None:
    """What the message makes of the reminder asked about; None where it says more, or no such question came last."""
    change = moves.told(message.text, actor.local(now))
    if change is None or change.kind != "move" or not (change.is_refusal or (change.alone and not change.earlier)):
        return None
    if message.replied_to is not None or awaiting.look(actor, now) is not None:
        return None
    draft = drafts.newest_asked(db, actor, now)
    if draft is None or _was_anything_made_since(db, actor, draft.created_at):
        return None
    shown = outbox.newest_shown(db, message.chat_id)
    if shown is not None and (shown.task_id is not None or shown.note_id is not None):
        return None  # the card of a note or reminder stands below the question: that is what is put right
    if change.words and (change.words not in draft.text or not task_names.is_kind(change.words)):
        return None  # 约改到周六 is the one of which the draft tells
    if draft.kind == KIND and (todo := promises.from_data(draft.data.get("todo"), "")) is not None:
        return Corrected(draft.draft_id, task_moments.due(change, (todo.due_at, todo.has_time), actor))
    is_asked = draft.kind == "note" and "moments" not in draft.data  # what it is, or whose: 王一诺妈妈 周四试听
    tells_time = when.first(draft.text, actor.local(now)) is not None  # 改到周五 moves no payment
    is_of_time = tells_time or (change.corrects and draft.data.get("is_doubt"))
    if is_asked and is_of_time and change.later is not None and not change.is_bare:
        said = f"{draft.text}，不对，是{change.later.words.strip()}"
        return Corrected(draft.draft_id, text=corrections.settled(said, actor.local(now)))
    return None


def retime(db: Session, actor: Actor, draft_id: int, moment: Moment) -> Todo:
    """The reminder that waits is due then.

    Raises: drafts.DraftNotFound; drafts.DraftResolved
    """
    draft = drafts.get(db, actor, draft_id, (KIND,), to_change=True)
    held = promises.from_data(draft.data.get("todo"), draft.data.get("what") or "")
    todo = Todo(held.what if held else "", *moment, held.recurrence if held else None)
    draft.data = {**draft.data, "todo": promises.as_data(todo)}
    return todo


def _was_anything_made_since(db: Session, actor: Actor, since: datetime) -> bool:
    """True when a task or note came after the question: what was made last is put right then."""
    planned = select(func.max(Task.created_at)).where(Task.created_by_id == actor.member_id)
    noted = select(func.max(Note.created_at)).where(Note.author_id == actor.member_id, Note.team_id == actor.team_id)
    return any(last is not None and last > since for last in (db.scalar(planned), db.scalar(noted)))

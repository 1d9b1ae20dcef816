"""What a message tells of the member's open tasks: which of them end or change, and what of it is a note, too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from crm import (
    solutions,
    task_afterthoughts,
    task_changes,
    task_endings,
    task_words,
    tasks,
    understanding,
    untaken_changes,
)
from crm.members import Actor
from crm.promises import Todo
from crm.tables import Customer
from crm.taggers import Taggers
from crm.task_changes import Found
from crm.task_endings import Ended
from crm.understanding import Message, Understanding
from nlp import staying
from nlp.spoken import ahead as days
from nlp.tagger import Tags

MEANT_BY = ("note", "remind", "unclear", "done", "today")  # readings that may be the change of a task


@dataclass(frozen=True, slots=True)
class Kept:
    """The customer whose note the message is, too, its tags, and what it plans anew (来不了 下周再约)."""

    customer: Customer
    said: Tags | None
    todo: Todo | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """The tasks that change, whose note the message is beside it, and the note it is where it changes none."""

    found: Found
    kept: Kept | None
    noted: Understanding | None


def look(
    db: Session, actor: Actor, message: Message, seen: Understanding, tagger: Taggers | None, at: datetime
) -> Change | Ended | None:
    """What the message, written at `at`, changes of the open tasks; None where it changes none."""
    if seen.action not in MEANT_BY or seen.question is not None or seen.reading.parts:
        return None
    if (ended := task_endings.meant(db, actor, seen, at)) is not None:
        return ended
    is_day = days.alone(seen.text, actor.today(at)) is not None
    thought = task_afterthoughts.meant(db, actor, message, at) if is_day or not seen.line else None
    found = thought or task_changes.meant(db, actor, message, seen, at)
    found = found and task_afterthoughts.weighed(db, actor, message, found, at)
    if found is None:
        return None
    noted = untaken_changes.as_note(actor, found, seen, tagger, at)
    return Change(found, _kept(actor, found, seen, tagger, at), noted)


def ends_nothing(db: Session, actor: Actor, seen: Understanding) -> bool:
    """True for what sounds like the end of a task of a customer who has none open, or of his complaint, too."""
    only = seen.candidates[0] if len(seen.candidates) == 1 else None
    customer = seen.customer or only
    ended = customer if seen.action in ("done", "unclear") else None
    if ended is not None and solutions.tells_of_open(db, actor, ended.customer_id, seen.text):
        return True
    if seen.action != "done" or seen.customer is None:
        return False
    words = seen.reading.task_what or ""
    found = task_words.matching(tasks.find_open(db, actor), words, seen.customer.customer_id)
    return not any(task_words.names_it(errand, words) for errand in found)


def _kept(actor: Actor, found: Found, seen: Understanding, tagger: Taggers | None, at: datetime) -> Kept | None:
    """Whose note the message is beside the change, and what it says; None where it says no more than the change."""
    change = found.change
    customer = found.errands[0].customer if found.is_sure else found.customer if found.is_named else None
    is_told_off = change.kind == "cancel" and found.is_named and not change.is_order
    if customer is None or change.corrects or not (is_told_off or not change.alone or not found.fits):
        return None
    said = seen.said or understanding.about(actor, customer, seen.text, tagger, at).said
    is_off = said is not None and change.is_visit and found.errands and staying.is_not_coming(seen.text, of_visit=True)
    return Kept(
        customer, staying.as_staying(said) if said is not None and is_off else said, _planned(actor, found, seen)
    )


def _planned(actor: Actor, found: Found, seen: Understanding) -> Todo | None:
    """What is told to be done on another day than that of the visit that is off."""
    if not found.change.is_visit or seen.action != "note" or seen.todo is None or found.fits is False:
        return None
    days = {actor.local(errand.task.due_at).date() for errand in found.errands}
    return seen.todo if actor.local(seen.todo.due_at).date() not in days else None

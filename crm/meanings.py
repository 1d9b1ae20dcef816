"""A message as each thing that it may mean: what would be stored were it that, and nothing stored yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from crm import assignments, profile_fields, search, shown_last, successors, task_words, tasks, understanding
from crm.errands import Request
from crm.members import Actor
from crm.taggers import Taggers
from crm.tasks import Errand
from crm.understanding import Understanding
from nlp import reader
from nlp.reader import Action

WHOSE = (None, "which_customer", "new_or_update")  # of a reading: nothing is missing, or only the customer
ACTIONS: tuple[Action, ...] = (
    "order",
    "remind",
    "update",
    "done",
    "find",
    "add_customer",
    "today",
    "summary",
    "risk",
    "complaints",
)
"""What a message can be besides a note; the last ones are lists of all customers or tasks."""
LISTS = ACTIONS[-4:]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The message as one action: a reminder with its `request`, the end of one `task`, or `news` of a customer."""

    seen: Understanding
    request: Request | None = None
    task: Errand | None = None
    news: dict[str, Any] = field(default_factory=dict)


def likely(db: Session, actor: Actor, text: str, actions: Iterable[Action], now: datetime) -> list[Meaning]:
    """The message as those of the actions that it can be at once, but for whose it is; in their order."""
    found = (read_as(db, actor, text, action, None, now) for action in actions if action in ACTIONS)
    made = (_meaning(db, actor, seen, now) for seen in found if seen is not None)
    return [meaning for meaning in made if meaning is not None]


def read_as(
    db: Session, actor: Actor, text: str, action: Action, tagger: Taggers | None, now: datetime
) -> Understanding | None:
    """The message understood as this action; None where it cannot be so, or more than whose it is would be missing."""
    rows = understanding.touched(db, actor, text)
    known, local = list(understanding.known_in(db, text, rows).values()), actor.local(now)
    reading = reader.read_as(text, local, known, action)
    if reading is None or reading.customer is None:
        current = shown_last.meant(db, actor, text, rows)
        if current is not None:
            rows.setdefault(current.customer_id, current)
            reading = reader.read_as(text, local, known, action, understanding.as_known(current)) or reading
    if reading is None or reading.action != action or reading.ask not in WHOSE:
        return None
    return understanding.understood(actor, text, reading, rows, tagger, now)


def _meaning(db: Session, actor: Actor, seen: Understanding, now: datetime) -> Meaning | None:
    """What the understanding would come to; None where it would come to nothing."""
    if seen.action == "remind":
        return _reminder(db, actor, seen, now)
    if seen.action == "done":
        return _end(db, actor, seen)
    if seen.action == "update":
        return _news(db, actor, seen, now)
    if seen.action == "order":
        is_built = seen.reading.amount_fen is not None and bool(seen.customer or seen.candidates)
    elif seen.action == "add_customer":
        is_built = seen.entry is not None and bool(seen.entry.profile.name)
    elif seen.action == "find":
        is_built = seen.customer is not None or bool(search.find(db, actor, seen.reading.query or "", 1).customers)
    else:
        is_built = True
    return Meaning(seen) if is_built else None


def _reminder(db: Session, actor: Actor, seen: Understanding, now: datetime) -> Meaning | None:
    request = assignments.understood(db, actor, seen, now)
    is_allowed = request.assignee is None or actor.sees_team
    return Meaning(seen, request) if request.todo is not None and request.what and is_allowed else None


def _end(db: Session, actor: Actor, seen: Understanding) -> Meaning | None:
    """The end of the one task that is meant; of several it is asked which."""
    customer_id = seen.customer.customer_id if seen.customer is not None else None
    found = task_words.matching(tasks.find_open(db, actor), seen.reading.task_what or "", customer_id)
    return Meaning(seen, task=found[0] if len(found) == 1 else None) if found else None


def _news(db: Session, actor: Actor, seen: Understanding, now: datetime) -> Meaning | None:
    """What changes with the customer; one who left keeps what is stored of him."""
    only = seen.candidates[0] if len(seen.candidates) == 1 else None  # what changes with one is not what does with two
    found, customer = seen.reading.fields, seen.customer or only
    if found is None or customer is None or successors.words(found, seen.text, customer):
        return None
    told = profile_fields.news(db, customer, found, actor.today(now))
    return Meaning(seen, news=told) if told else None

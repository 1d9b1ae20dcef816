"""What one message about a known customer leaves behind: the note, its tags, and the task we promised in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from crm import (
    complaints,
    customers,
    debts,
    exchange,
    members,
    mistaken_complaints,
    named,
    notes,
    promises,
    solutions,
    tags,
    told_solved,
    wished,
)
from crm.customers import Origin
from crm.debts import Offered
from crm.members import Actor
from crm.promises import Todo
from crm.tables import Complaint, Customer, Note, NoteTag, Task
from nlp import labels
from nlp.fields import currencies
from nlp.tagger import Tags


@dataclass(frozen=True, slots=True)
class Recorded:
    """The note with everything its card shows."""

    note: Note
    customer: Customer
    tags: list[NoteTag]
    task: Task | None = None
    unsure: tuple[str, ...] = ()  # intents not given whose probability is too close to call
    finished: Task | None = None  # the open task that the note says is done
    case: Complaint | None = None  # the open complaint that the note says is solved
    wished: date | None = None  # the birthday for which the note tells of a wish
    filed: Complaint | None = None  # the open complaint that the note opened or joined
    is_objection: bool = False  # it complains, but of nothing that is a case; a person may say otherwise
    cases: int = 0  # how many are open, where the note says that all of them are solved
    debt: Offered | None = None  # what the customer owes by the note and the ledger does not hold yet


def record(
    db: Session,
    actor: Actor,
    customer_id: int,
    text: str,
    said: Tags | None,
    todo: Todo | None,
    now: datetime,
    origin: Origin,
) -> Recorded:
    """The note is on the timeline, its task planned, and the customer is current.

    Raises: customers.CustomerNotFound
    """
    customer, said = customers.get(db, actor, customer_id), solutions.without_complaint(text, said)
    said = notes.settled(said) if said is not None else None
    outright = said is not None and named.complains(text) and not solutions.is_solved(text)
    said = mistaken_complaints.without(said) if outright else said
    told, text = text, currencies.as_typed(text)
    note, found = notes.add(db, actor, customer_id, text, said, now, origin)
    if outright:
        found = tags.correct(db, actor, note.note_id, "complaint", True, now)[2]
    task, todo = None, debts.as_told(todo, text, actor, now)
    finished = solutions.finished(db, actor, customer, text, now)
    if todo is not None:
        is_promise = said is not None and "promise" in said.intents
        task = promises.add(db, actor, customer_id, note.note_id, todo, "promise" if is_promise else "follow_up", now)
    members.keep_current(db, actor, customer_id, now)
    filed, is_objection = _filed(db, note, found)
    is_over = solutions.is_solved(text) or (filed is None and solutions.is_pleased(text))
    cases = solutions.open_of(db, actor, customer_id, 1) if is_over else []
    case, on = cases[0].complaint if cases else None, wished.birthday_of(db, actor, note)
    debt = debts.offer(db, actor, note, customer, now, told)
    every = len(solutions.open_of(db, actor, customer_id)) if case is not None and solutions.is_of_all(text) else 0
    return Recorded(note, customer, found, task, _unsure(said), finished, case, on, filed, is_objection, every, debt)


def _filed(db: Session, note: Note, present: list[NoteTag]) -> tuple[Complaint | None, bool]:
    """The open case of the note, and whether it complains without ever having had one."""
    if not any(tag.label == "complaint" for tag in present):
        return None, False
    row = complaints.of_note(db, note.note_id)
    return (row if row is not None and row.closed_at is None else None), row is None


def _unsure(said: Tags | None) -> tuple[str, ...]:
    if said is None:
        return ()
    return tuple(label for label in said.unsure if label in labels.INTENTS and label not in said.intents)


def of_note(db: Session, actor: Actor, note_id: int) -> Recorded:
    """The note's card again.

    Raises: notes.NoteNotFound
    """
    note, customer = notes.get(db, actor, note_id)
    present = notes.present_tags(db, note_id)
    task, on, debt = (
        promises.of_note(db, note_id),
        wished.birthday_of(db, actor, note),
        debts.waiting(db, actor, note_id),
    )
    filed, is_objection = _filed(db, note, present)
    return Recorded(note, customer, present, task, wished=on, filed=filed, is_objection=is_objection, debt=debt)


def rewrite(
    db: Session, actor: Actor, note_id: int, text: str, said: Tags | None, todo: Todo | None, now: datetime
) -> Recorded:
    """The note says `text` now; the task it had follows the new words.

    Raises: notes.NoteNotFound
    """
    note, customer = notes.get(db, actor, note_id)
    notes.rewrite(db, actor, note, text, solutions.without_complaint(text, said), now)
    if not solutions.is_of_case(text):
        told_solved.withdraw(db, note)
    task, todo = promises.of_note(db, note_id), debts.as_told(todo, text, actor, now)
    if todo is not None:
        task = promises.put(db, actor, customer.customer_id, note_id, task, todo, now)
    present, on = notes.present_tags(db, note_id), wished.birthday_of(db, actor, note)
    debt = debts.offer_again(db, actor, note, customer, now, exchange.in_yuan(db, actor, text))
    filed, is_objection = _filed(db, note, present)
    return Recorded(note, customer, present, task, wished=on, filed=filed, is_objection=is_objection, debt=debt)

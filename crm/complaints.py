"""Complaints: a case opened by a note or joined by it, closed by a person; and who may see it.

How a case moves from one stage to the next is in crm.complaint_stages, which cases there are in crm.complaint_lists,
what the clock says of them in crm.complaint_alerts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Select, Table, Update, and_, bindparam, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from crm import case_notes, customers, matters
from crm.members import Actor
from crm.tables import Complaint, Customer, CustomerSummary, Member, Note
from nlp import same_matter

KIND = "complaint"
STAGES = ("received", "classified", "assigned", "resolved", "told", "closed")
LOOKED_AT = 20  # open cases of one customer
WAITING = STAGES[:3]  # nobody has solved it yet
SEVERITIES = ("urgent", "serious", "plain")
# Built once, without the object mapper: every note that complains runs them.
_OPEN_CASE = insert(cast(Table, Complaint.__table__))
_OPEN_MATTERS = case_notes.open_matters(cast(Table, Complaint.__table__), LOOKED_AT)
_OF_NOTE = select(Complaint).where(Complaint.note_id == bindparam("note_id"))
_Handler = aliased(Member)


class ComplaintNotFound(LookupError):
    """There is no such complaint, or the member may not see its customer."""


class Case(NamedTuple):
    """A complaint with whom and what it is about; `owner` is the name of who looks after the customer."""

    complaint: Complaint
    customer: Customer
    note: Note
    owner: str | None
    assignee: str | None = None  # where somebody else handles it

    @property
    def handler(self) -> str | None:
        """The name of who handles it."""
        return self.assignee or self.owner

    @property
    def handler_id(self) -> int | None:
        """The member who handles it."""
        return self.complaint.assignee_id or self.customer.owner_id


def severity(row: Complaint) -> str:
    """urgent | serious | plain"""
    return "urgent" if row.urgent else "serious" if row.serious else "plain"


def stage(row: Complaint) -> str:
    """How far the case has come."""
    return "closed" if row.closed_at is not None else row.stage


def before_solved(row: Complaint) -> str:
    """How far the case had come, or has, while nobody had solved it."""
    return "assigned" if row.assigned_at else "classified" if row.classified_at else "received"


def is_late(row: Complaint, now: datetime) -> bool:
    """True when nobody has solved it and its deadline is over."""
    return row.due_at is not None and row.due_at < now and stage(row) in WAITING


def receive(db: Session, note: Note, topic: str | None, now: datetime) -> bool:
    """The note that complains has a case: True when it is a new one, which the caller counts; else it joined one."""
    joined = _same_matter(db, note, topic)
    if joined is not None:
        case_notes.join(db, KIND, joined, note.note_id, now)
        return False
    _insert(db, note, topic, now)
    return True


def _insert(db: Session, note: Note, topic: str | None, now: datetime) -> None:
    values = {
        "team_id": note.team_id,
        "customer_id": note.customer_id,
        "note_id": note.note_id,
        "urgent": note.urgent,
        "opened_at": now,
        "topic": topic,
        "product": matters.product_of(db, note.team_id, note.customer_id, note.text, now),
    }
    db.connection().execute(_OPEN_CASE, values)


def open_for(db: Session, note: Note, now: datetime) -> Complaint | None:
    """The note's case is open, and counted; None when it was open already or the note joined another case."""
    db.execute(select(Note.note_id).where(Note.note_id == note.note_id).with_for_update())  # one case a note
    row = _opened_by(db, note.note_id)
    if row is not None:
        return row if _reopen(db, row, now, urgent=note.urgent) else None
    if case_notes.case_of(db, KIND, note.note_id) is not None:
        return None
    db.flush()
    if not receive(db, note, matters.stored_topic(db, note.note_id), now):
        return None
    count(db, note.customer_id, +1)
    return _opened_by(db, note.note_id)


def close_for(db: Session, note: Note, now: datetime) -> None:
    """The note speaks for no case any more: what it opened is closed, unless other notes have joined it."""
    if case_notes.leave(db, KIND, note.note_id):
        return
    row = _opened_by(db, note.note_id)
    if row is None:
        return
    heir = case_notes.next_of(db, KIND, row.complaint_id)
    if heir is not None:
        row.note_id = heir
        db.flush([row])
    else:
        _close(db, row, now, None)


def follow(db: Session, note: Note) -> None:
    """The case that the note opened has the topic of its tags and the product of its words, unless a person chose."""
    row = _opened_by(db, note.note_id)
    if row is not None and row.classified_at is None:
        db.flush()
        row.topic = matters.stored_topic(db, note.note_id)
        row.product = matters.product_of(db, note.team_id, note.customer_id, note.text, row.opened_at)


def split(db: Session, note: Note, now: datetime) -> None:
    """The note that joined a case has one of its own; nothing happens to any other note."""
    if case_notes.leave(db, KIND, note.note_id):
        _insert(db, note, matters.stored_topic(db, note.note_id), now)
        count(db, note.customer_id, +1)


def is_known(db: Session, note_id: int) -> bool:
    """True when the note has a case, open or closed."""
    return of_note(db, note_id) is not None


def of_note(db: Session, note_id: int) -> Complaint | None:
    """The case that the note opened or joined."""
    row = _opened_by(db, note_id)
    joined = case_notes.case_of(db, KIND, note_id) if row is None else None
    return row if joined is None else db.get(Complaint, joined)


def get(db: Session, actor: Actor, complaint_id: int) -> Case:
    """The case.

    Raises: ComplaintNotFound
    """
    found = db.execute(cases(actor).where(Complaint.complaint_id == complaint_id)).one_or_none()
    if found is None:
        raise ComplaintNotFound(complaint_id)
    return Case(*found)


def close(db: Session, actor: Actor, complaint_id: int, now: datetime) -> Case:
    """The case is closed by the member; a second time changes nothing.

    Raises: ComplaintNotFound
    """
    case = get(db, actor, complaint_id)
    _close(db, case.complaint, now, actor.member_id)
    return case


def reopen(db: Session, actor: Actor, complaint_id: int, now: datetime) -> Case:
    """The case is open again and as good as new: nothing is solved, its deadline counts from now.

    Raises: ComplaintNotFound
    """
    case = get(db, actor, complaint_id)
    row = case.complaint
    if row.closed_at is not None:
        _reopen(db, row, now)
    elif row.stage not in WAITING:
        for name, value in _fresh(row, now).items():
            setattr(row, name, value)
        db.flush([row])
    return case


def count(db: Session, customer_id: int, change: int) -> None:
    """The customer's number of open complaints is changed."""
    db.execute(
        update(CustomerSummary)
        .where(CustomerSummary.customer_id == customer_id)
        .values(open_complaints=CustomerSummary.open_complaints + change)
    )


def sees(actor: Actor) -> ColumnElement[bool]:
    """True of cases whose customer the member may see, and of those he was given to handle."""
    given = and_(customers.in_team(actor), Complaint.assignee_id == actor.member_id)
    return or_(customers.visible(actor), given)


def cases(actor: Actor) -> Select[tuple[Complaint, Customer, Note, str, str]]:
    """All cases the member may see, as rows for `Case`."""
    return (
        select(Complaint, Customer, Note, Member.name, _Handler.name)
        .join(Customer, Customer.customer_id == Complaint.customer_id)
        .join(Note, Note.note_id == Complaint.note_id)
        .outerjoin(Member, Member.member_id == Customer.owner_id)
        .outerjoin(_Handler, and_(_Handler.member_id == Complaint.assignee_id, _Handler.left_at.is_(None)))
        .where(sees(actor))
    )


def notes_of(db: Session, row: Complaint) -> Sequence[Note]:
    """The notes of the case, the first one first."""
    ids = [row.note_id, *case_notes.notes_of(db, KIND, row.complaint_id)]
    return db.scalars(select(Note).where(Note.note_id.in_(ids)).order_by(Note.created_at, Note.note_id)).all()


def _same_matter(db: Session, note: Note, topic: str | None) -> int | None:
    """The newest open case of the customer that the note speaks of, or None."""
    db.flush()
    asked = {"customer_id": note.customer_id, "note_id": note.note_id}
    found = _OPEN_MATTERS.every(db, asked)
    for row in found:
        if same_matter.is_same(row.text, note.text, row.name, (row.topic, topic), only=len(found) == 1):
            return int(row.case_id)
    return None


def _close(db: Session, row: Complaint, now: datetime, by_id: int | None) -> bool:
    """True when it was this call that closed it: of two at the same moment only one is counted."""
    was_open = update(Complaint).where(Complaint.complaint_id == row.complaint_id, Complaint.closed_at.is_(None))
    return _changed(db, was_open.values(closed_at=now, closed_by_id=by_id), row, -1)


def _reopen(db: Session, row: Complaint, now: datetime, **values: bool) -> bool:
    was_closed = update(Complaint).where(Complaint.complaint_id == row.complaint_id, Complaint.closed_at.is_not(None))
    return _changed(db, was_closed.values(closed_at=None, closed_by_id=None, **_fresh(row, now), **values), row, +1)


def _fresh(row: Complaint, now: datetime) -> dict[str, Any]:
    """What an open case holds when nothing is solved and its time begins now."""
    return {
        "stage": before_solved(row),
        "resolved_at": None,
        "told_at": None,
        "due_at": None,
        "alert_step": "new",
        "next_alert_at": now,
    }


def _changed(db: Session, change: Update, row: Complaint, by: int) -> bool:
    db.flush([row])
    ours = change.returning(Complaint.complaint_id).execution_options(synchronize_session=False)
    is_ours = db.scalar(ours) is not None
    db.refresh(row)
    if is_ours:
        count(db, row.customer_id, by)
    return is_ours


def _opened_by(db: Session, note_id: int) -> Complaint | None:
    return db.scalar(_OF_NOTE, {"note_id": note_id})

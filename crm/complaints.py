"""Complaints: a case opened by a note, closed by a person."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, Update, func, select, update
from sqlalchemy.orm import Session

from crm import customers
from crm.members import Actor
from crm.tables import Complaint, Customer, CustomerSummary, Member, Note


class ComplaintNotFound(LookupError):
    """There is no such complaint, or the member may not see its customer."""


class Case(NamedTuple):
    """A complaint with whom and what it is about; `owner` is the name of who looks after the customer."""

    complaint: Complaint
    customer: Customer
    note: Note
    owner: str | None


def open_for(db: Session, note: Note, now: datetime) -> Complaint | None:
    """The note's case is open, and counted; None when it was open already."""
    db.execute(select(Note.note_id).where(Note.note_id == note.note_id).with_for_update())  # one case a note
    row = _of_note(db, note.note_id)
    if row is not None:
        return row if _reopen(db, row, urgent=note.urgent) else None
    row = Complaint(team_id=note.team_id, customer_id=note.customer_id, note_id=note.note_id, opened_at=now)
    row.urgent, row.closed_at, row.closed_by_id = note.urgent, None, None
    db.add(row)
    db.flush([row])
    count(db, note.customer_id, +1)
    return row


def close_for(db: Session, note: Note, now: datetime) -> None:
    """The note's case is closed if it was open."""
    row = _of_note(db, note.note_id)
    if row is not None:
        _close(db, row, now, None)


def is_known(db: Session, note_id: int) -> bool:
    """True when the note has a case, open or closed."""
    return _of_note(db, note_id) is not None


def get(db: Session, actor: Actor, complaint_id: int) -> Case:
    """The case.

    Raises: ComplaintNotFound
    """
    found = db.execute(cases(actor).where(Complaint.complaint_id == complaint_id)).one_or_none()
    if found is None:
        raise ComplaintNotFound(complaint_id)
    return Case(*found)


def find_open(db: Session, actor: Actor, limit: int = 8, offset: int = 0) -> list[Case]:
    """The open cases the member may see: urgent ones first, then the oldest."""
    still_open = cases(actor).where(Complaint.team_id == actor.team_id, Complaint.closed_at.is_(None))
    ordered = still_open.order_by(Complaint.urgent.desc(), Complaint.opened_at, Complaint.complaint_id)
    return [Case(*row) for row in db.execute(ordered.limit(limit).offset(offset))]


def count_open(db: Session, actor: Actor) -> int:
    """How many cases the member may see are open."""
    still_open = (
        select(func.count()).select_from(Complaint).join(Customer, Customer.customer_id == Complaint.customer_id)
    )
    mine = (Complaint.team_id == actor.team_id, Complaint.closed_at.is_(None), customers.visible(actor))
    return db.scalar(still_open.where(*mine)) or 0


def close(db: Session, actor: Actor, complaint_id: int, now: datetime) -> Case:
    """The case is closed by the member; a second time changes nothing.

    Raises: ComplaintNotFound
    """
    case = get(db, actor, complaint_id)
    _close(db, case.complaint, now, actor.member_id)
    return case


def reopen(db: Session, actor: Actor, complaint_id: int) -> Case:
    """The case is open again.

    Raises: ComplaintNotFound
    """
    case = get(db, actor, complaint_id)
    _reopen(db, case.complaint)
    return case


def count(db: Session, customer_id: int, change: int) -> None:
    """The customer's number of open complaints is changed."""
    db.execute(
        update(CustomerSummary)
        .where(CustomerSummary.customer_id == customer_id)
        .values(open_complaints=CustomerSummary.open_complaints + change)
    )


def _close(db: Session, row: Complaint, now: datetime, by_id: int | None) -> bool:
    """True when it was this call that closed it: of two at the same moment only one is counted."""
    was_open = update(Complaint).where(Complaint.complaint_id == row.complaint_id, Complaint.closed_at.is_(None))
    return _changed(db, was_open.values(closed_at=now, closed_by_id=by_id), row, -1)


def _reopen(db: Session, row: Complaint, **values: bool) -> bool:
    was_closed = update(Complaint).where(Complaint.complaint_id == row.complaint_id, Complaint.closed_at.is_not(None))
    return _changed(db, was_closed.values(closed_at=None, closed_by_id=None, **values), row, +1)


def _changed(db: Session, change: Update, row: Complaint, by: int) -> bool:
    db.flush([row])
    ours = change.returning(Complaint.complaint_id).execution_options(synchronize_session=False)
    is_ours = db.scalar(ours) is not None
    db.refresh(row)
    if is_ours:
        count(db, row.customer_id, by)
    return is_ours


def _of_note(db: Session, note_id: int) -> Complaint | None:
    return db.scalar(select(Complaint).where(Complaint.note_id == note_id))


def cases(actor: Actor) -> Select[tuple[Complaint, Customer, Note, str]]:
    """All cases of customers the member may see, as rows for `Case`."""
    return (
        select(Complaint, Customer, Note, Member.name)
        .join(Customer, Customer.customer_id == Complaint.customer_id)
        .join(Note, Note.note_id == Complaint.note_id)
        .outerjoin(Member, Member.member_id == Customer.owner_id)
        .where(customers.visible(actor))
    )

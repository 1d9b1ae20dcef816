"""Complaints: a case opened by a note, closed by a person."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, select, update
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
    row = _of_note(db, note.note_id)
    if row is not None and row.closed_at is None:
        return None
    if row is None:
        row = Complaint(team_id=note.team_id, customer_id=note.customer_id, note_id=note.note_id, opened_at=now)
        db.add(row)
    row.urgent, row.closed_at, row.closed_by_id = note.urgent, None, None
    db.flush([row])
    count(db, note.customer_id, +1)
    return row


def close_for(db: Session, note: Note, now: datetime) -> None:
    """The note's case is closed if it was open."""
    row = _of_note(db, note.note_id)
    if row is not None and row.closed_at is None:
        row.closed_at = now
        count(db, note.customer_id, -1)


def get(db: Session, actor: Actor, complaint_id: int) -> Case:
    """The case.

    Raises: ComplaintNotFound
    """
    found = db.execute(_cases(actor).where(Complaint.complaint_id == complaint_id)).one_or_none()
    if found is None:
        raise ComplaintNotFound(complaint_id)
    return Case(*found)


def find_open(db: Session, actor: Actor, limit: int = 8, offset: int = 0) -> list[Case]:
    """The open cases the member may see: urgent ones first, then the oldest."""
    still_open = _cases(actor).where(Complaint.team_id == actor.team_id, Complaint.closed_at.is_(None))
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
    if case.complaint.closed_at is None:
        case.complaint.closed_at, case.complaint.closed_by_id = now, actor.member_id
        count(db, case.customer.customer_id, -1)
    return case


def reopen(db: Session, actor: Actor, complaint_id: int) -> Case:
    """The case is open again.

    Raises: ComplaintNotFound
    """
    case = get(db, actor, complaint_id)
    if case.complaint.closed_at is not None:
        case.complaint.closed_at, case.complaint.closed_by_id = None, None
        count(db, case.customer.customer_id, +1)
    return case


def count(db: Session, customer_id: int, change: int) -> None:
    """The customer's number of open complaints is changed."""
    db.execute(
        update(CustomerSummary)
        .where(CustomerSummary.customer_id == customer_id)
        .values(open_complaints=CustomerSummary.open_complaints + change)
    )


def _of_note(db: Session, note_id: int) -> Complaint | None:
    return db.scalar(select(Complaint).where(Complaint.note_id == note_id))


def _cases(actor: Actor) -> Select[tuple[Complaint, Customer, Note, str]]:
    return (
        select(Complaint, Customer, Note, Member.name)
        .join(Customer, Customer.customer_id == Complaint.customer_id)
        .join(Note, Note.note_id == Complaint.note_id)
        .outerjoin(Member, Member.member_id == Customer.owner_id)
        .where(customers.visible(actor))
    )

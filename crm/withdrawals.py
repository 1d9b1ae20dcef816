"""Taking back what was just entered: undo of a new customer, restoring it, and giving it to the right person."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from crm import customers, merges
from crm.customers import CustomerNotFound
from crm.members import Actor
from crm.tables import AccountEntry, Complaint, Customer, CustomerSummary, Note, Order, Task

UNDO_WITHIN = timedelta(hours=24)


class TooLateToUndo(RuntimeError):
    """More has happened with the customer than the message it was made from."""


class NothingToRestore(LookupError):
    """The record was not taken back, or was restored already."""


def remove(db: Session, actor: Actor, customer_id: int, now: datetime) -> Customer:
    """The customer just made is taken back together with its note, task and complaint. A second time changes nothing.

    Raises: CustomerNotFound; TooLateToUndo
    """
    row = _get_any(db, actor, customer_id)
    if row.deleted_at is not None:
        return row
    if now - row.created_at > UNDO_WITHIN or _has_history(db, customer_id):
        raise TooLateToUndo(customer_id)
    _set_removed(db, row, None, now)
    return row


def may_remove(db: Session, actor: Actor, customer_id: int, now: datetime) -> bool:
    """True while the member's own customer can be taken back as a whole.

    Raises: CustomerNotFound
    """
    row = _get_any(db, actor, customer_id)
    is_own = row.owner_id == actor.member_id and row.deleted_at is None
    return is_own and now - row.created_at <= UNDO_WITHIN and not _has_history(db, customer_id)


def is_removed(db: Session, actor: Actor, customer_id: int) -> bool:
    """True when the customer was taken back before.

    Raises: CustomerNotFound
    """
    return _get_any(db, actor, customer_id).deleted_at is not None


def restore(db: Session, actor: Actor, customer_id: int) -> Customer:
    """The customer is back with all that was taken back in the same moment.

    Raises: CustomerNotFound; NothingToRestore
    """
    row = _get_any(db, actor, customer_id)
    if row.deleted_at is None or merges.is_merged(db, customer_id):
        raise NothingToRestore(customer_id)
    _set_removed(db, row, row.deleted_at, None)
    return row


def fold(db: Session, actor: Actor, customer_id: int, into_id: int, now: datetime) -> tuple[Customer, int | None]:
    """What was entered as a new customer belongs to one already known: all of it, and missing fields, move there.

    With the merge that can be undone; None: they were one before. Raises: CustomerNotFound; TooLateToUndo
    """
    row, into = customers.get(db, actor, customer_id), customers.get(db, actor, into_id)
    if row.customer_id == into.customer_id:
        return into, None
    if now - row.created_at > UNDO_WITHIN or _has_history(db, customer_id):
        raise TooLateToUndo(customer_id)
    merge = merges.merge(db, actor, into.customer_id, row.customer_id, None, now)
    return db.get_one(Customer, merge.kept_id), merge.customer_merge_id


def _get_any(db: Session, actor: Actor, customer_id: int) -> Customer:
    """Living or taken back, within the same scope as `get`."""
    scope = [Customer.customer_id == customer_id, Customer.team_id == actor.team_id]
    if not actor.sees_team:
        scope.append(Customer.owner_id == actor.member_id)
    row = db.scalar(select(Customer).where(*scope))
    if row is None:
        raise CustomerNotFound(customer_id)
    return row


def _has_history(db: Session, customer_id: int) -> bool:
    notes = select(func.count()).where(Note.customer_id == customer_id, Note.deleted_at.is_(None)).scalar_subquery()
    orders = select(func.count()).where(Order.customer_id == customer_id, Order.deleted_at.is_(None)).scalar_subquery()
    mine = (AccountEntry.customer_id == customer_id, AccountEntry.deleted_at.is_(None))
    entries = select(func.count()).where(*mine).scalar_subquery()
    noted, ordered, booked = db.execute(select(notes, orders, entries)).one()
    return bool(noted > 1 or ordered > 0 or booked > 0)


def _set_removed(db: Session, row: Customer, was: datetime | None, becomes: datetime | None) -> None:
    """What carries the mark `was` (None: what lives) carries `becomes`: the instant ties together what goes at once."""
    customer_id = row.customer_id
    row.deleted_at = becomes
    db.execute(
        update(Note)
        .where(Note.customer_id == customer_id, Note.deleted_at.is_not_distinct_from(was))
        .values(deleted_at=becomes)
    )
    live = Task.done_at.is_(None)
    db.execute(
        update(Task)
        .where(Task.customer_id == customer_id, live, Task.cancelled_at.is_not_distinct_from(was))
        .values(cancelled_at=becomes)
    )
    closed = db.execute(
        update(Complaint)
        .where(Complaint.customer_id == customer_id, Complaint.closed_at.is_not_distinct_from(was))
        .values(closed_at=becomes)
        .returning(Complaint.complaint_id)
    ).all()
    summary = db.get_one(CustomerSummary, customer_id)
    summary.open_complaints = len(closed) if becomes is None else 0

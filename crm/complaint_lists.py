"""Which complaints there are for a member: open, late, his own to handle, closed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from crm import complaints
from crm.complaints import Case
from crm.members import Actor
from crm.tables import Complaint, Customer

Which = Literal["open", "late", "mine", "closed"]
KINDS: tuple[Which, ...] = ("open", "late", "mine", "closed")


def find(db: Session, actor: Actor, which: Which, now: datetime, limit: int = 8, offset: int = 0) -> list[Case]:
    """Cases the member may see: urgent ones first, then the oldest; closed ones by when they were closed."""
    rows = complaints.cases(actor).where(Complaint.team_id == actor.team_id, _fits(actor, which, now))
    if which == "closed":
        rows = rows.order_by(Complaint.closed_at.desc(), Complaint.complaint_id.desc())
    else:
        rows = rows.order_by(Complaint.urgent.desc(), Complaint.opened_at, Complaint.complaint_id)
    return [Case(*row) for row in db.execute(rows.limit(limit).offset(offset))]


def of_customer(db: Session, actor: Actor, customer_id: int, which: Which, now: datetime, limit: int = 6) -> list[Case]:
    """The customer's cases of that kind that the member may see, the newest first."""
    rows = complaints.cases(actor).where(Complaint.customer_id == customer_id, _fits(actor, which, now))
    rows = rows.order_by(Complaint.opened_at.desc(), Complaint.complaint_id.desc())
    return [Case(*row) for row in db.execute(rows.limit(limit))]


def customer_id_of(db: Session, complaint_id: int) -> int | None:
    """Whose case it is; None where there is none."""
    return db.scalar(select(Complaint.customer_id).where(Complaint.complaint_id == complaint_id))


def count_of(db: Session, actor: Actor, now: datetime) -> dict[Which, int]:
    """How many cases the member may see are open, late and his to handle."""
    kinds = KINDS[:3]
    sums = [func.coalesce(func.sum(case((_fits(actor, which, now), 1), else_=0)), 0) for which in kinds]
    rows = select(*sums).select_from(Complaint).join(Customer, Customer.customer_id == Complaint.customer_id)
    is_open = (Complaint.team_id == actor.team_id, Complaint.closed_at.is_(None), complaints.sees(actor))
    found = db.execute(rows.where(*is_open)).one()
    return {which: int(number) for which, number in zip(kinds, found, strict=True)}


def count_open(db: Session, actor: Actor) -> int:
    """How many cases the member may see are open."""
    still_open = (
        select(func.count()).select_from(Complaint).join(Customer, Customer.customer_id == Complaint.customer_id)
    )
    mine = (Complaint.team_id == actor.team_id, Complaint.closed_at.is_(None), complaints.sees(actor))
    return db.scalar(still_open.where(*mine)) or 0


def _fits(actor: Actor, which: Which, now: datetime) -> ColumnElement[bool]:
    if which == "closed":
        return Complaint.closed_at.is_not(None)
    is_open = Complaint.closed_at.is_(None)
    if which == "late":
        return and_(is_open, Complaint.stage.in_(complaints.WAITING), Complaint.due_at < now)
    if which == "mine":
        owned = and_(Complaint.assignee_id.is_(None), Customer.owner_id == actor.member_id)
        return and_(is_open, or_(Complaint.assignee_id == actor.member_id, owned))
    return is_open

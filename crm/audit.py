"""The audit log: who saw whose data, what left the house, who changed roles. Rows are only ever added."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.members import Actor
from crm.tables import AuditRow, AuditSubject, Customer, Member

SAW, EXPORTED, HELD, ERASED = "saw", "exported", "held", "erased"
IMPORTED, MERGED, HANDED_OVER, ASSIGNED = "imported", "merged", "handed_over", "assigned"
ROLE_GIVEN, ROLE_TAKEN, REMOVED, INVITED = "role_given", "role_taken", "removed", "invited"
SETTING, ROBOT = "setting", "robot"
UNIMPORTED, UNMERGED = "unimported", "unmerged"
ACTS: Final = (
    *(SAW, EXPORTED, HELD, ERASED, IMPORTED, MERGED, HANDED_OVER, ASSIGNED),
    *(ROLE_GIVEN, ROLE_TAKEN, REMOVED, INVITED, SETTING, ROBOT),
    *(UNIMPORTED, UNMERGED),
)
SEEN_AGAIN: Final = timedelta(hours=8)  # looking at one customer again within a working day is one act


@dataclass(frozen=True, slots=True)
class Act:
    """A row with its names; `customer` is None where none is meant or the customer is erased."""

    row: AuditRow
    member: str
    customer: str | None


def record(
    db: Session, actor: Actor, what: str, now: datetime, *, customer_id: int | None = None, detail: str = ""
) -> None:
    """The act stands in the log. `detail` holds counts and names of colleagues or settings, never a customer's data."""
    subject = _subject(db, customer_id) if customer_id is not None else None
    row = AuditRow(team_id=actor.team_id, member_id=actor.member_id, what=what, subject=subject, at=now)
    row.detail = detail[:200]
    db.add(row)


def saw(db: Session, actor: Actor, customer: Customer, now: datetime) -> None:
    """Who opens a colleague's customer leaves a row, once a working day."""
    if customer.owner_id == actor.member_id:
        return
    subject = _subject(db, customer.customer_id)
    last = select(AuditRow.at).where(AuditRow.subject == subject, AuditRow.member_id == actor.member_id)
    last = last.where(AuditRow.what == SAW).order_by(AuditRow.audit_row_id.desc()).limit(1)
    at = db.scalar(last)
    if at is None or now - at >= SEEN_AGAIN:
        record(db, actor, SAW, now, customer_id=customer.customer_id)


def find(db: Session, actor: Actor, limit: int, offset: int = 0) -> list[Act]:
    """The newest acts of the team, for its admins.

    Raises: members.NotAllowed
    """
    actor.require("admin")
    rows = (
        select(AuditRow, Member.name, Customer.name)
        .outerjoin(Member, Member.member_id == AuditRow.member_id)
        .outerjoin(AuditSubject, AuditSubject.subject == AuditRow.subject)
        .outerjoin(Customer, Customer.customer_id == AuditSubject.record_id)
        .where(AuditRow.team_id == actor.team_id)
        .order_by(AuditRow.audit_row_id.desc())
    )
    return [Act(row[0], row[1] or "?", row[2]) for row in db.execute(rows.limit(limit).offset(max(offset, 0)))]


def _subject(db: Session, customer_id: int) -> str:
    known = db.get(AuditSubject, customer_id)
    if known is None:
        known = AuditSubject(record_id=customer_id, subject=secrets.token_hex(16))
        db.add(known)
        db.flush([known])
    return known.subject

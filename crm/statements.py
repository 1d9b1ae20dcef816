"""What a member stated of a customer by hand: it goes before what the notes suggest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crm import customers
from crm.members import Actor
from crm.tables import Statement


def put(db: Session, actor: Actor, customer_id: int, name: str, value: str | None, now: datetime) -> bool:
    """The statement holds from now on, None takes it back; True when that is new.

    Raises: customers.CustomerNotFound
    """
    customers.get(db, actor, customer_id)
    mine = (Statement.customer_id == customer_id, Statement.name == name)
    row = db.scalar(select(Statement).where(*mine))
    if value is None:
        db.execute(delete(Statement).where(*mine))
        return row is not None
    changed = row is None or row.value != value
    if row is None:
        row = Statement(team_id=actor.team_id, customer_id=customer_id, name=name)
        db.add(row)
    row.value, row.member_id, row.stated_at = value, actor.member_id, now
    db.flush([row])
    return changed


def of(db: Session, customer_id: int) -> dict[str, str]:
    """Everything stated of the customer; the caller has looked him up."""
    rows = select(Statement.name, Statement.value).where(Statement.customer_id == customer_id)
    return {row.name: row.value for row in db.execute(rows)}

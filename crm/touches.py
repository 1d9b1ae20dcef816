"""Touches: that one of us wrote to a customer unasked. They are what the monthly cap counts, over all channels."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, exists
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from crm.tables import Customer, Touch

MESSAGE = "message"  # the rep's own: WeChat, a text, a call; nobody asks which


def matter_of(occasion: str, on: date) -> str:
    """The matter of a greeting."""
    return f"{occasion}:{on}"


def written_on(matter: str) -> ColumnElement[bool]:
    """True of customers who were written to on this matter."""
    return exists().where(Touch.customer_id == Customer.customer_id, Touch.matter == matter).correlate(Customer)


def log(
    db: Session, customer: Customer, member_id: int | None, matter: str, now: datetime, channel: str = MESSAGE
) -> bool:
    """The customer was written to on this matter; False when he was before: one matter, one message."""
    insert_new = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = {
        "team_id": customer.team_id,
        "customer_id": customer.customer_id,
        "member_id": member_id,
        "matter": matter,
        "channel": channel,
        "touched_at": now,
    }
    statement = insert_new(Touch).values(values).on_conflict_do_nothing(index_elements=["customer_id", "matter"])
    return db.scalar(statement.returning(Touch.touch_id)) is not None


def forget(db: Session, customer_id: int, matter: str) -> None:
    """The customer was not written to on this matter after all."""
    db.execute(delete(Touch).where(Touch.customer_id == customer_id, Touch.matter == matter))

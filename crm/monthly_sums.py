"""What was sold in a stretch of days, by the owner of the customer: net of returns, of customers not taken back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import customers
from crm.members import Actor
from crm.tables import Customer, Order


def by_owner(db: Session, actor: Actor, first: date, last: date) -> dict[int | None, int]:
    """Net fen by owner, of the customers that the member sees; None: customers whom nobody owns."""
    days = (Order.team_id == actor.team_id, Order.ordered_on.between(first, last), Order.deleted_at.is_(None))
    fen = func.sum(Order.amount_fen).label("fen")
    # First the days, then their customers: the other way round every customer of the team would be looked at.
    sold = select(Order.customer_id, fen).where(*days).group_by(Order.customer_id).subquery()
    rows = select(Customer.owner_id, func.sum(sold.c.fen)).join(sold, sold.c.customer_id == Customer.customer_id)
    rows = rows.where(customers.visible(actor)).group_by(Customer.owner_id)
    return {row[0]: int(row[1]) for row in db.execute(rows)}

"""What was sold in a stretch of days, by who sold it: net of returns, of customers not taken back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.members import Actor
from crm.sellers import counted
from crm.tables import Customer, Order


def by_seller(db: Session, actor: Actor, first: date, last: date) -> dict[int | None, int]:
    """Net fen by who had the customer then, of what counts for the member; None: nobody had him."""
    days = (Order.team_id == actor.team_id, Order.ordered_on.between(first, last), Order.deleted_at.is_(None))
    fen = func.sum(Order.amount_fen).label("fen")
    # First the days, then their customers: the other way round every customer of the team would be looked at.
    sold = select(Order.customer_id, Order.seller_id, fen).where(*days)
    sold_to = sold.group_by(Order.customer_id, Order.seller_id).subquery()
    seller = func.coalesce(sold_to.c.seller_id, Customer.owner_id)
    rows = select(seller, func.sum(sold_to.c.fen)).join(sold_to, sold_to.c.customer_id == Customer.customer_id)
    rows = rows.where(counted(actor, seller)).group_by(seller)
    return {row[0]: int(row[1]) for row in db.execute(rows)}

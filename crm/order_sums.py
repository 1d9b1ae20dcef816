"""What follows the sum of an order: the customer's purchases and scores, and the figures of its day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from crm import indicator_days, purchases, scores
from crm.tables import Customer, Order


def follow(db: Session, order: Order, customer: Customer, now: datetime) -> None:
    """Purchases, scores and figures of the customer are those of his orders as they stand now."""
    db.flush()
    indicator_days.reopen(db, customer.team_id, order.ordered_on, now)
    purchases.rebuild(db, [customer.customer_id])
    purchases.unsettle(db, [customer.customer_id])
    scores.rescore(db, customer.team_id, [customer.customer_id], now)


def become(db: Session, order: Order, fen: int, now: datetime) -> None:
    """The order is of `fen`, and all that follows its sum is."""
    order.amount_fen = fen
    follow(db, order, db.get_one(Customer, order.customer_id), now)

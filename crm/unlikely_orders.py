"""An order that is hardly meant: many times the largest that the team sold of late, or money of a return told again."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.members import Actor
from crm.tables import Order
from crm.understanding import Understanding
from nlp import lazy

LEAST_FEN, TIMES = 200_000_00, 20  # a sum that is looked at, and how many times the largest it must be
_LEAST_ORDERS, _NEWEST = 10, 10_000  # fewer tell nothing; of a million not all are looked at
_WITHIN = timedelta(days=30)  # a return of longer ago was paid back long ago
_GIVEN_BACK = lazy.regex("退货?款|退给|退回去|退钱|[给还]了?[他她]钱")


def far_beyond(db: Session, actor: Actor, seen: Understanding) -> int | None:
    """The largest of the team's newest 10,000 sales, in fen, where the order told is many times that; else None."""
    fen = seen.reading.amount_fen or 0
    if seen.action != "order" or seen.reading.ask or seen.customer is None:
        return None
    return largest_below(db, actor, fen)


def largest_below(db: Session, actor: Actor, fen: int) -> int | None:
    """The largest of the team's newest 10,000 sales, in fen, where this sum is many times that; else None."""
    if fen < LEAST_FEN:
        return None
    sold = (Order.team_id == actor.team_id, Order.deleted_at.is_(None), Order.amount_fen > 0)
    newest = select(Order.amount_fen).where(*sold).order_by(Order.ordered_on.desc()).limit(_NEWEST).subquery()
    count, largest = db.execute(select(func.count(), func.max(newest.c.amount_fen))).one()
    return int(largest) if count >= _LEAST_ORDERS and fen > TIMES * largest else None


def returned_before(db: Session, actor: Actor, seen: Understanding, today: date) -> date | None:
    """The day of a return of this sum, where the text tells of its money: 退货款1380 已退给他."""
    customer, fen = seen.customer, seen.reading.amount_fen or 0
    if seen.action != "order" or seen.reading.ask or customer is None or fen >= 0:
        return None
    if _GIVEN_BACK.search(seen.text) is None:
        return None
    mine = (Order.customer_id == customer.customer_id, Order.deleted_at.is_(None), Order.amount_fen == fen)
    return db.scalar(select(func.max(Order.ordered_on)).where(*mine, Order.ordered_on >= today - _WITHIN))

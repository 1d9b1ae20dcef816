"""Money towards an order that stands (那单8000先付了3000, 合计8000 已收3000) is no second order of that sum."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import customers, named
from crm.members import Actor
from crm.tables import Customer, Order
from crm.understanding import Understanding
from nlp.reader import deposits, order_totals, payment_plans

WITHIN = timedelta(days=180)  # an older order was paid, or is a debt by now


def is_told(db: Session, actor: Actor, seen: Understanding, now: datetime) -> bool:
    """True where what may be read as a new order is paid in part, and an order of its sum is stored."""
    whose = [seen.customer] if seen.customer is not None else seen.candidates
    may_be_order = seen.action == "order" or seen.reading.ask == "note_or_order"
    if not may_be_order or len(whose) != 1 or seen.reading.parts:
        return False
    (customer,) = whose
    called, local = named.words_for(customer, seen.text), actor.local(now)
    part, plan = deposits.of_order(seen.text, local, called), payment_plans.told(seen.text, local, called)
    if part is not None:
        total_fen: int | None = part.total_fen
    else:
        total_fen = plan.total_fen if plan is not None else order_totals.restated(seen.text, local, called)
    if total_fen is None:
        return False
    since = actor.today(now) - WITHIN
    such = (Order.customer_id == customer.customer_id, Order.amount_fen == total_fen, Order.ordered_on >= since)
    stored = select(Order.order_id).join(Customer).where(*such, Order.deleted_at.is_(None), customers.visible(actor))
    return db.scalar(stored.limit(1)) is not None

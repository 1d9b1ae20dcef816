"""王总 12000 螺栓: a sum with goods that the team has sold before is an order without another word."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, literal, or_, select
from sqlalchemy.orm import Session

from crm.members import Actor
from crm.tables import Order
from nlp.reader import Reading

_LEAST_NAME = 2  # characters of goods that are looked for


def settled(db: Session, actor: Actor, reading: Reading) -> Reading:
    """The reading; of a sum without a word of a sale it is an order where the team has sold what is named."""
    if not reading.unproven or len(reading.candidates) != 1 or not is_sold(db, actor, reading.product or ""):
        return reading
    (customer,) = reading.candidates
    return replace(reading, action="order", customer=customer, candidates=(), ask=None, confidence=0.9, unproven=False)


def is_sold(db: Session, actor: Actor, goods: str) -> bool:
    """True where an order of the team that stands names these goods, or a kind of them."""
    if len(goods) < _LEAST_NAME:
        return False
    said, sold = literal(goods.lower()), func.lower(Order.product)
    is_kind = (func.replace(said, sold, "") != said) & (func.length(sold) >= _LEAST_NAME)  # 螺栓M8, where 螺栓 was sold
    names = or_(Order.product.icontains(goods, autoescape=True), is_kind)
    mine = (Order.team_id == actor.team_id, Order.deleted_at.is_(None), Order.amount_fen > 0)
    return db.scalar(select(Order.order_id).where(*mine, Order.product.is_not(None), names).limit(1)) is not None

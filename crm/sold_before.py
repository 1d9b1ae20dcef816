"""王总 12000 螺栓: a sum with goods that the team has sold before is an order without another word."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.members import Actor
from crm.tables import Order
from nlp import lazy
from nlp.reader import Reading, goods_names

_LEAST_NAME, _LOOKED_AT = 2, 200  # characters of goods that are looked for; names of goods that begin so
_COUNT = lazy.regex(r"\s\d{1,6}(?:公斤|斤|吨|平方米|平米|米|kg)$")
_MODEL = lazy.regex(r"(?<=[一-鿿])\s?[a-z\d][a-z\d*×./-]{0,15}$|\s[a-z\d*×./-]{1,15}$")


def settled(db: Session, actor: Actor, reading: Reading) -> Reading:
    """The reading; of a sum without a word of a sale it is an order where the team has sold what is named."""
    if not reading.unproven or len(reading.candidates) != 1 or not is_sold(db, actor, reading.product or ""):
        return reading
    (customer,) = reading.candidates
    return replace(reading, action="order", customer=customer, candidates=(), ask=None, confidence=0.9, unproven=False)


def is_sold(db: Session, actor: Actor, goods: str) -> bool:
    """True where an order of the team that stands names these goods, whatever model, size or number of them.

    螺栓库存 and 体重 are other goods than 螺栓 and 体重秤.
    """
    name = _name(goods)
    if len(name) < _LEAST_NAME:
        return False
    sold = func.lower(Order.product)
    mine = (Order.team_id == actor.team_id, Order.deleted_at.is_(None), Order.amount_fen > 0)
    like = select(Order.product).where(*mine, sold.startswith(name, autoescape=True)).group_by(Order.product)
    nearest = like.order_by(func.length(Order.product), Order.product).limit(_LOOKED_AT)
    return any(_name(product) == name for product in db.scalars(nearest) if product)


def _name(goods: str) -> str:
    """The goods without their number, and without the model or size behind them."""
    bare = _COUNT.sub("", goods_names.apart(goods, None)[0] or "").strip().lower()
    return _MODEL.sub("", bare).strip() or bare

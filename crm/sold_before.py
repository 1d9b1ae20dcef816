"""王总 12000 螺栓: a sum with goods that the team has sold before is an order without another word."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from crm.members import Actor
from crm.tables import Order
from nlp import lazy
from nlp.reader import Reading, goods_names

_LEAST_NAME = 2  # characters of goods that are looked for
_NEWEST, _LOOKED_AT = 10_000, 200  # orders of the team among which they are; names of goods that begin so
_COUNT = lazy.regex(r"\s\d{1,6}(?:公斤|斤|吨|平方米|平米|米|kg)$")
_MODEL = lazy.regex(r"(?<=[一-鿿])\s?[a-z\d][a-z\d*×./-]{0,15}$|\s[a-z\d*×./-]{1,15}$")


def settled(db: Session, actor: Actor, reading: Reading) -> Reading:
    """The reading; of a sum without a word of a sale it is an order where the team has sold what is named."""
    if not reading.unproven or len(reading.candidates) != 1 or not is_sold(db, actor, reading.product or ""):
        return reading
    (customer,) = reading.candidates
    return replace(reading, action="order", customer=customer, candidates=(), ask=None, confidence=0.9, unproven=False)


def is_sold(db: Session, actor: Actor, goods: str) -> bool:
    """True where a late order of the team names these goods, whatever model, size or number of them.

    螺栓库存 and 体重 are other goods than 螺栓 and 体重秤.
    """
    name = _name(goods)
    if len(name) < _LEAST_NAME:
        return False
    product = _newest(actor).c.product
    like = select(product).where(func.lower(product).startswith(name, autoescape=True)).group_by(product)
    nearest = like.order_by(func.length(product), product).limit(_LOOKED_AT)
    return any(_name(sold) == name for sold in db.scalars(nearest))


def is_in_a_name(db: Session, actor: Actor, goods: str) -> bool:
    """True where a late order of the team names goods with these words in their name: 轴承 of 深沟轴承6204."""
    product = _newest(actor).c.product
    return db.scalar(select(product).where(product.icontains(goods, autoescape=True)).limit(1)) is not None


def _newest(actor: Actor) -> Subquery:
    """The goods of the team's newest sales: of a million orders not all are looked at for a message."""
    sold = (Order.team_id == actor.team_id, Order.deleted_at.is_(None), Order.amount_fen > 0)
    newest = select(Order.product).where(*sold, Order.product.is_not(None)).order_by(Order.ordered_on.desc())
    return newest.limit(_NEWEST).subquery()


def _name(goods: str) -> str:
    """The goods without their number, and without the model or size behind them."""
    bare = _COUNT.sub("", goods_names.apart(goods, None)[0] or "").strip().lower()
    return _MODEL.sub("", bare).strip() or bare

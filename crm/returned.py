"""A return of more than the customer ever bought is asked about: it would make his sums less than nothing."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from crm import purchases
from crm.members import Actor
from crm.tables import Customer, Order
from crm.understanding import Understanding


def exceeding(db: Session, actor: Actor, seen: Understanding) -> tuple[Customer, int] | None:
    """Whose return it is and what he bought so far, in fen, where that is less; None for any other message.

    Of goods that are named he may have bought before his orders were kept, as long as none are.
    """
    customer, fen = seen.customer, seen.reading.amount_fen or 0
    if seen.action != "order" or seen.reading.ask or customer is None or fen >= 0:
        return None
    is_told = bool(seen.reading.product) or seen.text.lstrip().startswith("退货")
    bought_fen = beyond(db, customer.customer_id, fen, is_told)
    return (customer, bought_fen) if bought_fen is not None else None


def beyond(db: Session, customer_id: int, fen: int, is_told: bool) -> int | None:
    """What the customer bought so far, net of returns, where `fen` gives back more; None for any other sum.

    is_told: goods are named, which may have been sold before anybody kept his orders here.
    """
    bought_fen = purchases.total_fen(db, customer_id)
    if fen >= 0 or bought_fen + fen >= 0 or (is_told and not _is_any(db, customer_id)):
        return None
    return bought_fen


def has_bought(db: Session, customer_id: int) -> bool:
    """True for a customer of whom an order is kept, whatever came back of it."""
    return _is_any(db, customer_id, Order.amount_fen > 0)


def _is_any(db: Session, customer_id: int, *which: ColumnElement[bool]) -> bool:
    mine = (Order.customer_id == customer_id, Order.deleted_at.is_(None))
    return db.scalar(select(Order.order_id).where(*mine, *which).limit(1)) is not None


def doubted(seen: Understanding, customer: Customer) -> Understanding:
    """The question whether it is a return or a note of the customer."""
    asked = replace(seen.reading, action="unclear", ask="note_or_order", customer=None)
    return replace(seen, reading=asked, customer=None, candidates=[customer])

"""Whether a number beside pieces is the price of one: 8桶 1850, of goods that were sold at 1,850 each before."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import named
from crm.tables import Order
from crm.understanding import Understanding
from nlp.fields import rows
from nlp.fields.rows import Lone
from nlp.when import numerals

_LOOKED_AT = 50  # newest orders of the customer


def doubted(db: Session, seen: Understanding) -> Lone | None:
    """The only number of an order that may be the price of one piece or of all; None where that is sure.

    It is asked about where the words leave it open, and where the customer has paid that for one before.
    """
    if seen.customer is None or seen.reading.ask not in (None, "what_amount") or (seen.reading.amount_fen or 0) < 0:
        return None
    plain = numerals.plain(seen.text)
    called = named.words_for(seen.customer, plain)
    plain = plain.replace(called, "＊" * len(called)) if called else plain
    lone = rows.lone(plain)
    if lone is None:
        return None
    fen = seen.reading.amount_fen
    if fen is None:
        return lone if rows.doubt(plain) is not None else None
    return lone if fen == lone.sums[1] and _was_price(db, seen.customer.customer_id, lone.told) else None


def _was_price(db: Session, customer_id: int, yuan: Decimal) -> bool:
    """True where an order of the customer had pieces that cost that much each."""
    mine = (Order.customer_id == customer_id, Order.deleted_at.is_(None), Order.quantity > 1, Order.amount_fen > 0)
    newest = select(Order.amount_fen, Order.quantity).where(*mine).order_by(Order.ordered_on.desc()).limit(_LOOKED_AT)
    return any(round(fen / pieces) == round(yuan * 100) for fen, pieces in db.execute(newest) if pieces)

"""A return of more than the customer ever bought is asked about: it would make his sums less than nothing."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from crm import purchases
from crm.members import Actor
from crm.tables import Customer
from crm.understanding import Understanding


def exceeding(db: Session, actor: Actor, seen: Understanding) -> tuple[Customer, int] | None:
    """Whose return it is and what he bought so far, in fen, where that is less; None for any other message.

    Of goods that are named he may have bought before his orders were kept, as long as none are.
    """
    customer, fen = seen.customer, seen.reading.amount_fen or 0
    if seen.action != "order" or seen.reading.ask or customer is None or fen >= 0:
        return None
    bought_fen = purchases.total_fen(db, customer.customer_id)
    is_told = bool(seen.reading.product) or seen.text.lstrip().startswith("退货")
    if bought_fen == 0 and is_told:  # goods that were sold before anybody kept his orders here
        return None
    return (customer, bought_fen) if bought_fen + fen < 0 else None


def doubted(seen: Understanding, customer: Customer) -> Understanding:
    """The question whether it is a return or a note of the customer."""
    asked = replace(seen.reading, action="unclear", ask="note_or_order", customer=None)
    return replace(seen, reading=asked, customer=None, candidates=[customer])

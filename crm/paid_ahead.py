"""A deposit that lay ahead counts for the order that comes: it is a part of what is paid of it, or of what is owed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from crm import accounts, drafts, parts_received, payment_plans, settling
from crm.members import Actor
from crm.tables import AccountEntry, Order
from nlp.reader import paid_whole


def counted(db: Session, actor: Actor, order: Order, text: str) -> tuple[int, int]:
    """What was paid ahead of the order just entered, and what is left beside it; 0 and 0 where nothing was.

    text: its words; an order of which nothing is left to pay by them uses the deposit up.
    """
    is_paid = order.is_paid
    fen = _held_fen(db, actor, order) if order.amount_fen > 0 and (not is_paid or paid_whole.is_all(text)) else 0
    if fen and is_paid:
        _take(db, actor, order, fen, text)
    return (fen, 0 if is_paid else order.amount_fen - fen) if fen else (0, 0)


def _held_fen(db: Session, actor: Actor, order: Order) -> int:
    """What was paid ahead, as far as no earlier order and no debt is paid by it."""
    today, booked = actor.today(order.created_at), accounts.entries(db, order.customer_id)
    before = [row for row in booked if row.order_id != order.order_id]
    own_fen = 0 if order.is_paid else order.amount_fen
    earlier_fen = max(settling.unnoted_fen(db, order.customer_id, before, today) - own_fen, 0)
    return min(max(-accounts.settled(before, today).owed_fen - earlier_fen, 0), order.amount_fen)


def _take(db: Session, actor: Actor, order: Order, fen: int, text: str) -> None:
    """Of the order told to be paid so much was paid ahead: no more than the rest came with it, and nothing is left.

    Raises: accounts.SumImpossible
    """
    order.is_paid = False  # its payments are in the ledger
    now, customer_id = order.created_at, order.customer_id
    alone = [row for row in accounts.entries(db, customer_id) if row.kind == "payment" and row.order_id is None]
    debt = accounts.add(db, actor, customer_id, "debt", fen, actor.today(now), now, order.order_id)
    data = {"entry_ids": [debt.entry.account_entry_id], "is_of_order": True, "order_id": order.order_id}
    drafts.keep(db, actor, payment_plans.BOOKED, text, data, now)
    if (deposit := _of_sum(alone, fen)) is not None:
        deposit.order_id = order.order_id
    if order.amount_fen > fen:
        parts_received.book(db, actor, order, order.amount_fen - fen, text)
    db.flush()


def _of_sum(payments: list[AccountEntry], fen: int) -> AccountEntry | None:
    same = (row for row in payments if row.amount_fen == fen)
    return max(same, key=lambda row: row.account_entry_id, default=None)

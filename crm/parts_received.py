"""What is told to be paid of an order in the words that enter it is in the ledger with it, and goes with it.

It is a debt that its payment settles, so that it counts as money that came in and pays nothing older or later.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import accounts, drafts, payment_plans
from crm.members import Actor
from crm.tables import AccountEntry, Order


def book(db: Session, actor: Actor, order: Order, fen: int, text: str) -> None:
    """So much of the order just entered is paid; the draft takes that back alone.

    Raises: customers.CustomerNotFound; accounts.SumImpossible
    """
    now, of_order = order.created_at, order.order_id
    paid_on = min(order.ordered_on, actor.today(now))
    made = [accounts.add(db, actor, order.customer_id, kind, fen, paid_on, now, of_order) for kind in accounts.KINDS]
    entry_ids = [one.entry.account_entry_id for one in made]
    data = {"entry_ids": entry_ids, "is_of_order": True, "order_id": of_order}
    drafts.keep(db, actor, payment_plans.BOOKED, text, data, now)


def follow(db: Session, order: Order, gone_at: datetime | None = None) -> None:
    """What was booked with the order is of the same customer, and is taken back or counts again with it.

    gone_at: when the order that counts again was taken back; what was taken back alone before stays so.
    """
    for entry in db.scalars(select(AccountEntry).where(AccountEntry.order_id == order.order_id)):
        entry.customer_id = order.customer_id
        if entry.deleted_at in (None, gone_at):
            entry.deleted_at = order.deleted_at
    db.flush()


def paid_fen(db: Session, order: Order) -> int:
    """What was booked with the order as paid of it, and stands."""
    such = (AccountEntry.order_id == order.order_id, AccountEntry.kind == "payment", AccountEntry.deleted_at.is_(None))
    return int(db.scalar(select(func.coalesce(func.sum(AccountEntry.amount_fen), 0)).where(*such)) or 0)


def left_out(booked: Sequence[AccountEntry]) -> list[AccountEntry]:
    """The entries but what was booked with orders: a deposit is no debt that was paid in time."""
    return [row for row in booked if row.order_id is None]

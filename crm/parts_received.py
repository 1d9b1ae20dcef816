"""What is told to be paid of an order in the words that enter it is in the ledger with it, and goes with it.

It is a debt that its payment settles, so that it counts as money that came in and pays nothing older or later. The
rest that comes later names the order, too, but stays where the order is taken back: that money is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import accounts, drafts, payment_plans
from crm.members import Actor
from crm.tables import AccountEntry, Order


def book(db: Session, actor: Actor, order: Order, fen: int, text: str, on: date | None = None) -> None:
    """So much of the order just entered is paid; the draft takes that back alone. `on`: the day on which it came.

    Raises: customers.CustomerNotFound; accounts.SumImpossible
    """
    now, of_order = order.created_at, order.order_id
    paid_on = on or min(order.ordered_on, actor.today(now))
    made = [accounts.add(db, actor, order.customer_id, kind, fen, paid_on, now, of_order) for kind in accounts.KINDS]
    entry_ids = [one.entry.account_entry_id for one in made]
    data = {"entry_ids": entry_ids, "is_of_order": True, "order_id": of_order}
    drafts.keep(db, actor, payment_plans.BOOKED, text, data, now)


def take_back(db: Session, actor: Actor, order: Order, fen: int, now: datetime) -> None:
    """The part of that sum booked with the order is taken back, with its debt."""
    mine = (AccountEntry.order_id == order.order_id, AccountEntry.created_at == order.created_at)
    stands = (AccountEntry.amount_fen == fen, AccountEntry.deleted_at.is_(None))
    for entry_id in list(db.scalars(select(AccountEntry.account_entry_id).where(*mine, *stands))):
        accounts.set_removed(db, actor, entry_id, True, now)


def follow(db: Session, order: Order, gone_at: datetime | None = None) -> None:
    """What names the order is of the same customer; what was booked with it is taken back or counts again with it.

    gone_at: when the order that counts again was taken back; what was taken back alone before stays so.
    """
    for entry in db.scalars(select(AccountEntry).where(AccountEntry.order_id == order.order_id)):
        entry.customer_id = order.customer_id
        if entry.created_at == order.created_at and entry.deleted_at in (None, gone_at):
            entry.deleted_at = order.deleted_at
    db.flush()


def paid_fen(db: Session, order: Order) -> int:
    """What is booked as paid of the order by entries that name it, and stands."""
    such = (AccountEntry.order_id == order.order_id, AccountEntry.kind == "payment", AccountEntry.deleted_at.is_(None))
    return int(db.scalar(select(func.coalesce(func.sum(AccountEntry.amount_fen), 0)).where(*such)) or 0)


def of_rest(db: Session, booked: Sequence[AccountEntry], fen: int) -> int | None:
    """The customer's oldest order of which a part was booked with it and just this sum is left; None without.

    booked: the entries of the customer that stand
    """
    ids = {row.order_id for row in booked if row.order_id is not None}
    stands = (Order.deleted_at.is_(None), Order.is_paid.is_(False))
    rows = db.scalars(select(Order).where(Order.order_id.in_(ids), *stands).order_by(Order.order_id)) if ids else ()
    return next((row.order_id for row in rows if row.amount_fen - paid_fen(db, row) == fen), None)


def left_out(booked: Sequence[AccountEntry]) -> list[AccountEntry]:
    """The entries but what was booked with orders: a deposit is no debt that was paid in time."""
    first: dict[int, datetime] = {}
    for row in booked:
        if row.order_id is not None:
            first[row.order_id] = min(first.get(row.order_id, row.created_at), row.created_at)
    return [row for row in booked if row.order_id is None or row.created_at > first[row.order_id]]

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
from crm.tables import AccountEntry, Draft, Order


def book(db: Session, actor: Actor, order: Order, fen: int, text: str) -> None:
    """So much of the order just entered is paid; the draft that takes it back alone names the order.

    Raises: customers.CustomerNotFound; accounts.SumImpossible
    """
    now = order.created_at
    paid_on = min(order.ordered_on, actor.today(now))
    made = [accounts.add(db, actor, order.customer_id, kind, fen, paid_on, now) for kind in accounts.KINDS]
    entry_ids = [one.entry.account_entry_id for one in made]
    data = {"entry_ids": entry_ids, "is_of_order": True, "order_id": order.order_id}
    drafts.keep(db, actor, payment_plans.BOOKED, text, data, now)


def follow(db: Session, order: Order, gone_at: datetime | None = None) -> None:
    """What was booked with the order is of the same customer, and is taken back or counts again with it.

    gone_at: when the order that counts again was taken back; what was taken back alone before stays so.
    """
    made = select(Draft).where(Draft.member_id == order.created_by_id, Draft.kind == payment_plans.BOOKED)
    for draft in db.scalars(made.where(Draft.created_at == order.created_at, Draft.resolved_at.is_(None))):
        if draft.data.get("order_id") != order.order_id:
            continue
        for entry in db.scalars(select(AccountEntry).where(AccountEntry.account_entry_id.in_(draft.data["entry_ids"]))):
            entry.customer_id = order.customer_id
            if entry.deleted_at in (None, gone_at):
                entry.deleted_at = order.deleted_at
    db.flush()


def paid_fen(db: Session, order: Order) -> int:
    """What was booked with the order as paid of it, and stands."""
    made = select(Draft).where(Draft.member_id == order.created_by_id, Draft.kind == payment_plans.BOOKED)
    booked = db.scalars(made.where(Draft.created_at == order.created_at, Draft.resolved_at.is_(None)))
    ids = [key for row in booked if row.data.get("order_id") == order.order_id for key in row.data["entry_ids"]]
    such = (AccountEntry.account_entry_id.in_(ids), AccountEntry.kind == "payment", AccountEntry.deleted_at.is_(None))
    return int(db.scalar(select(func.coalesce(func.sum(AccountEntry.amount_fen), 0)).where(*such)) or 0)


def left_out(db: Session, booked: Sequence[AccountEntry]) -> list[AccountEntry]:
    """The entries but what was booked with orders: a deposit is no debt that was paid in time."""
    at = {row.created_at for row in booked if row.kind == "payment"}
    by = {row.created_by_id for row in booked}
    made = select(Draft.data).where(Draft.member_id.in_(by), Draft.kind == payment_plans.BOOKED)
    rows = db.scalars(made.where(Draft.created_at.in_(at), Draft.resolved_at.is_(None))) if at else ()
    ids = {key for data in rows if data.get("order_id") for key in data["entry_ids"]}
    return [row for row in booked if row.account_entry_id not in ids]


def is_of_order(db: Session, payment: AccountEntry) -> bool:
    """True where the payment was booked with an order."""
    made = select(Draft).where(Draft.member_id == payment.created_by_id, Draft.kind == payment_plans.BOOKED)
    booked = db.scalars(made.where(Draft.created_at == payment.created_at, Draft.resolved_at.is_(None)))
    return any(row.data.get("order_id") and payment.account_entry_id in row.data["entry_ids"] for row in booked)

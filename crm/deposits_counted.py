"""A deposit is told more than once: when it is paid, when it arrives, and with the sum of the order. It counts once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import accounts, payment_plans
from crm.members import Actor
from crm.tables import AccountEntry, Draft, Order

LATELY = timedelta(days=30)  # in which the same sum is the same deposit
LOOKED_AT = 20  # newest open drafts of the member


def is_booked(booked: Sequence[AccountEntry], fen: int, now: datetime) -> bool:
    """True where a payment of this sum was entered lately, by the customer's entries."""
    return bool(payments_of(booked, fen, now))


def payments_of(booked: Sequence[AccountEntry], fen: int, now: datetime) -> list[AccountEntry]:
    """The payments of this sum that were entered lately."""
    same = (row for row in booked if row.kind == "payment" and row.amount_fen == fen)
    return [row for row in same if row.created_at >= now - LATELY]


def is_in_debt(db: Session, customer_id: int, booked: Sequence[AccountEntry], fen: int, now: datetime) -> bool:
    """True where the debt of an order in the ledger leaves out this sum; of one that waits crm/rests takes it off."""
    debts = [row for row in accounts.open_to_change(booked) if row.kind == "debt"]
    left = {row.amount_fen + fen for row in debts if row.created_at >= now - LATELY}
    mine = (Order.customer_id == customer_id, Order.deleted_at.is_(None), Order.created_at >= now - LATELY)
    sold = select(Order.order_id).where(*mine, Order.amount_fen.in_(left)).limit(1)
    return bool(left) and db.scalar(sold) is not None


def waiting(db: Session, actor: Actor, customer_id: int, fen: int, now: datetime) -> Draft | None:
    """The payment of this sum that waits to be booked."""
    mine = (Draft.member_id == actor.member_id, Draft.kind == payment_plans.KIND, Draft.resolved_at.is_(None))
    newest = select(Draft).where(*mine, Draft.created_at >= now - LATELY).order_by(Draft.draft_id.desc())
    wanted = {"customer_id": customer_id, "kind": "payment", "fen": fen}
    rows = db.scalars(newest.limit(LOOKED_AT))
    return next((row for row in rows if wanted.items() <= row.data.items()), None)

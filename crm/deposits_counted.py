"""A deposit is told more than once: when it is paid, when it arrives, and with the sum of the order. It counts once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import accounts
from crm.members import Actor
from crm.tables import AccountEntry, Draft, Order

LATELY = timedelta(days=30)  # in which the same sum is the same deposit
LOOKED_AT = 20  # newest open drafts of the member


def is_booked(db: Session, customer_id: int, fen: int, now: datetime, within: timedelta = LATELY) -> bool:
    """True where a payment of this sum was entered lately, and is in the ledger."""
    mine = (AccountEntry.customer_id == customer_id, AccountEntry.deleted_at.is_(None))
    same = (AccountEntry.kind == "payment", AccountEntry.amount_fen == fen, AccountEntry.created_at >= now - within)
    return db.scalar(select(AccountEntry.account_entry_id).where(*mine, *same).limit(1)) is not None


def is_in_debt(db: Session, customer_id: int, fen: int, now: datetime) -> bool:
    """True where the debt of an order in the ledger leaves out this sum; of one that waits crm/rests takes it off."""
    debts = [row for row in accounts.open_to_change(accounts.entries(db, customer_id)) if row.kind == "debt"]
    left = {row.amount_fen + fen for row in debts if row.created_at >= now - LATELY}
    mine = (Order.customer_id == customer_id, Order.deleted_at.is_(None), Order.created_at >= now - LATELY)
    sold = select(Order.order_id).where(*mine, Order.amount_fen.in_(left)).limit(1)
    return bool(left) and db.scalar(sold) is not None


def waiting(db: Session, actor: Actor, kind: str, customer_id: int, fen: int, now: datetime) -> Draft | None:
    """The payment of this sum that waits to be booked."""
    found = _waiting(db, actor, kind, customer_id, now)
    return next((row for row in found if row.data["kind"] == "payment" and row.data["fen"] == fen), None)


def _waiting(db: Session, actor: Actor, kind: str, customer_id: int, now: datetime) -> list[Draft]:
    mine = (Draft.member_id == actor.member_id, Draft.kind == kind, Draft.resolved_at.is_(None))
    newest = select(Draft).where(*mine, Draft.created_at >= now - LATELY).order_by(Draft.draft_id.desc())
    return [row for row in db.scalars(newest.limit(LOOKED_AT)) if row.data.get("customer_id") == customer_id]

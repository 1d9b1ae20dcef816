"""Customers whose orders of late are neither paid by the ledger nor noted as a debt: who owes counts none of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import Select, case, exists, func, select
from sqlalchemy.orm import Session

from crm import accounts, customers, settling
from crm.members import Actor
from crm.tables import AccountEntry, Customer, Order


@dataclass(frozen=True, slots=True)
class OpenSales:
    """A customer with what he bought lately beside the ledger, and what he paid by it in these days, in fen."""

    customer: Customer
    fen: int
    paid_fen: int


def left(db: Session, actor: Actor, now: datetime, owner_id: int | None = None) -> list[OpenSales]:
    """The member's customers who have such orders, the largest sums first; `owner_id`: those of this colleague only.

    For each it is what `settling.unpaid_of` tells of him.
    """
    today, bought = actor.today(now), func.sum(Order.amount_fen)
    lately = (Order.team_id == actor.team_id, *settling.sold_lately(today))
    since = datetime.combine(today - settling.WITHIN, time.min, UTC)
    booked = _booked(db, select(Order.customer_id).where(*lately), since)
    rows = select(Customer, bought).join(Order, Order.customer_id == Customer.customer_id)
    rows = rows.where(*lately, customers.visible(actor))
    if owner_id is not None:
        rows = rows.where(Customer.owner_id == owner_id)
    found = []
    for customer, fen in db.execute(rows.group_by(Customer.customer_id).having(bought > 0)):
        debts, paid = booked.get(customer.customer_id, (0, 0))
        found.append(OpenSales(customer, int(fen) - max(debts, paid), paid))
    return sorted((one for one in found if one.fen > 0), key=lambda one: (-one.fen, one.customer.customer_id))


def _booked(db: Session, buyers: Select[tuple[int]], since: datetime) -> dict[int, tuple[int, int]]:
    """The debts and the payments of the buyers entered since then, by customer, in fen."""
    stands = (AccountEntry.deleted_at.is_(None), AccountEntry.created_at >= since)
    debts, paid = (
        func.sum(case((AccountEntry.kind == kind, AccountEntry.amount_fen), else_=0)) for kind in ("debt", "payment")
    )
    rows = select(AccountEntry.customer_id, debts, paid).where(AccountEntry.customer_id.in_(buyers), *stands)
    return {key: (int(debts), int(paid)) for key, debts, paid in db.execute(rows.group_by(AccountEntry.customer_id))}


@dataclass(frozen=True, slots=True)
class Balance:
    """What one customer has to pay, in fen: by debts, and by orders beside them; and what he paid in these days."""

    owed_fen: int
    unpaid_fen: int
    paid_fen: int


def balance(db: Session, actor: Actor, customer_id: int, now: datetime) -> Balance | None:
    """The balance of a customer whom the caller has looked up; None where nothing is open and nothing was paid.

    Of a team that notes no debts in these days no order is told as open: who pays at the till is paid.
    """
    today = actor.today(now)
    booked = accounts.entries(db, customer_id)
    if not booked and not _notes_debts(db, actor, today):
        return None
    since = datetime.combine(today - settling.WITHIN, time.min, UTC)
    paid_fen = sum(row.amount_fen for row in booked if row.kind == "payment" and row.created_at >= since)
    owed_fen = max(accounts.settled(booked, today).owed_fen, 0)
    found = Balance(owed_fen, settling.unpaid_fen(db, [customer_id], today), paid_fen)
    return found if found.owed_fen or found.unpaid_fen or found.paid_fen else None


def _notes_debts(db: Session, actor: Actor, today: date) -> bool:
    debts = (AccountEntry.team_id == actor.team_id, AccountEntry.kind == "debt")
    return bool(db.scalar(select(exists().where(*debts, AccountEntry.entry_on >= today - settling.WITHIN))))

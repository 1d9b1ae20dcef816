"""Customers whose orders of late are neither paid by the ledger nor noted as a debt: who owes counts none of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, Subquery, case, exists, func, select
from sqlalchemy.orm import Session

from crm import accounts, customers, settling
from crm.members import Actor
from crm.tables import AccountEntry, Customer, Order

LISTED = 15  # customers


@dataclass(frozen=True, slots=True)
class OpenSale:
    """A customer with what he bought lately beside the ledger, and what he paid by it in these days, in fen."""

    customer: Customer
    fen: int
    paid_fen: int


@dataclass(frozen=True, slots=True)
class OpenSales:
    """How many customers have such orders, what they come to in fen, and those with the largest sums."""

    number: int = 0
    fen: int = 0
    largest: tuple[OpenSale, ...] = ()


def left(db: Session, actor: Actor, now: datetime, owner_id: int | None = None) -> OpenSales:
    """The member's customers who have such orders; `owner_id`: those of this colleague only.

    For each it is what `settling.unpaid_of` tells of him. It is reckoned in the database: a team may have a hundred
    thousand buyers.
    """
    bought, booked = _bought(actor, now), _booked(actor, now)
    debts, paid = (func.coalesce(one, 0) for one in (booked.c.debts, booked.c.paid))
    open_fen = (bought.c.fen - case((debts > paid, debts), else_=paid)).label("open_fen")
    rows = select(Customer.customer_id, open_fen, paid.label("paid")).join(
        bought, bought.c.customer_id == Customer.customer_id
    )
    rows = rows.outerjoin(booked, booked.c.customer_id == Customer.customer_id).where(
        customers.visible(actor), open_fen > 0
    )
    each = (rows.where(Customer.owner_id == owner_id) if owner_id is not None else rows).subquery()
    number, fen = db.execute(select(func.count(), func.coalesce(func.sum(each.c.open_fen), 0))).one()
    largest = select(Customer, each.c.open_fen, each.c.paid).join(each, each.c.customer_id == Customer.customer_id)
    largest = largest.order_by(each.c.open_fen.desc(), Customer.customer_id).limit(LISTED)
    return OpenSales(int(number), int(fen), tuple(OpenSale(one, int(a), int(b)) for one, a, b in db.execute(largest)))


def _bought(actor: Actor, now: datetime) -> Subquery:
    """What each buyer of late bought, net of returns, in fen."""
    sums = select(Order.customer_id, func.sum(Order.amount_fen).label("fen")).where(*_lately(actor, now))
    return sums.group_by(Order.customer_id).subquery()


def _lately(actor: Actor, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Order.team_id == actor.team_id, *settling.sold_lately(actor.today(now))


def _booked(actor: Actor, now: datetime) -> Subquery:
    """The debts and the payments of the buyers of late entered in these days, by customer, in fen."""
    buyers = select(Order.customer_id).where(*_lately(actor, now))
    since = datetime.combine(actor.today(now) - settling.WITHIN, time.min, UTC)
    stands = (AccountEntry.deleted_at.is_(None), AccountEntry.created_at >= since)
    debts, paid = (
        func.sum(case((AccountEntry.kind == kind, AccountEntry.amount_fen), else_=0)).label(name)
        for kind, name in (("debt", "debts"), ("payment", "paid"))
    )
    sums = select(AccountEntry.customer_id, debts, paid).where(AccountEntry.customer_id.in_(buyers), *stands)
    return sums.group_by(AccountEntry.customer_id).subquery()


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
    debts = (AccountEntry.team_id == actor.team_id, AccountEntry.kind == "debt", AccountEntry.deleted_at.is_(None))
    return bool(db.scalar(select(exists().where(*debts, AccountEntry.entry_on >= today - settling.WITHIN))))

"""The credit standing of one customer: grade, what is overdue, and what looks odd. Hints for a person, no verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import accounts, customers, parts_received, settling
from crm.members import Actor
from crm.tables import AccountEntry, Customer, CustomerPhone, Order
from scoring import credit
from scoring.credit import Account, Hint

ORDERS_READ = 1_000  # newest of the customer
TEAM_ORDERS = 1_000  # newest of the team, by which a first order is called large


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer's credit: `grade` None without a debt that was paid or is overdue; `due_on`: overdue since.

    unpaid_fen: orders of late beside the ledger, neither debts nor paid
    paid_at_once_fen: his orders that were paid at once; is_all_paid: he has no others, and the ledger nothing of him
    """

    customer: Customer
    grade: str | None
    account: Account
    due_on: date | None
    owed_total_fen: int
    paid_total_fen: int
    hints: list[Hint]
    newest: list[AccountEntry]
    unpaid_fen: int = 0
    paid_at_once_fen: int = 0
    is_all_paid: bool = False


def of(db: Session, actor: Actor, customer_id: int, now: datetime) -> Standing:
    """The standing of a customer today.

    Raises: customers.CustomerNotFound
    """
    row = customers.get(db, actor, customer_id)
    booked = accounts.entries(db, customer_id)
    today = actor.today(now)
    account = accounts.settled(booked, today)
    account = replace(account, payments=accounts.settled(parts_received.left_out(booked), today).payments)
    sums = {kind: sum(entry.amount_fen for entry in booked if entry.kind == kind) for kind in accounts.KINDS}
    at_once_fen, not_paid = _paid_at_once(db, customer_id)
    return Standing(
        row,
        credit.grade(account.payments),
        account,
        date.fromordinal(account.due_on) if account.due_on is not None else None,
        sums["debt"],
        sums["payment"],
        [*_phone_hints(db, row), *_order_hints(db, row)],
        sorted(booked, key=lambda entry: entry.account_entry_id, reverse=True)[:4],
        settling.unpaid_fen(db, [customer_id], today),
        at_once_fen,
        at_once_fen > 0 and not not_paid and not booked,
    )


def _paid_at_once(db: Session, customer_id: int) -> tuple[int, int]:
    """What the customer's orders that were paid at once come to, and how many others he has."""
    mine = (Order.customer_id == customer_id, Order.deleted_at.is_(None), Order.amount_fen > 0)
    paid = func.coalesce(func.sum(Order.amount_fen).filter(Order.is_paid.is_(True)), 0)
    fen, not_paid = db.execute(select(paid, func.count().filter(Order.is_paid.is_(False))).where(*mine)).one()
    return int(fen), int(not_paid)


def _phone_hints(db: Session, row: Customer) -> list[Hint]:
    """Other customers of the team with one of his numbers, seen by the member or not: only their number is told."""
    mine = select(CustomerPhone.phone).where(CustomerPhone.customer_id == row.customer_id)
    same = select(func.count(func.distinct(CustomerPhone.customer_id))).join(
        Customer, Customer.customer_id == CustomerPhone.customer_id
    )
    living = (CustomerPhone.team_id == row.team_id, Customer.deleted_at.is_(None), CustomerPhone.phone.in_(mine))
    number = db.scalar(same.where(*living).group_by(CustomerPhone.phone).order_by(func.count().desc()).limit(1)) or 0
    return [Hint("same_phone", row.customer_id, {"customers": number})] if number >= credit.SHARED_BY else []


def _order_hints(db: Session, row: Customer) -> list[Hint]:
    mine = select(Order.ordered_on, Order.amount_fen).where(
        Order.customer_id == row.customer_id, Order.deleted_at.is_(None)
    )
    newest = db.execute(mine.order_by(Order.ordered_on.desc(), Order.order_id.desc()).limit(ORDERS_READ)).all()
    if not newest:
        return []
    team = select(Order.amount_fen).where(
        Order.team_id == row.team_id, Order.deleted_at.is_(None), Order.amount_fen > 0
    )
    amounts = list(db.scalars(team.order_by(Order.ordered_on.desc()).limit(TEAM_ORDERS)))
    orders = [credit.Order(row.customer_id, day.toordinal(), fen) for day, fen in reversed(newest)]
    return credit.order_hints(orders, amounts)

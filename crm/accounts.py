"""What customers owe and pay: entries recorded, taken back, and who is overdue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from crm import customers, members
from crm.members import Actor
from crm.tables import AccountEntry, Customer
from scoring import credit
from scoring.credit import Account

LARGEST_FEN = 10**13  # as for orders: more is a slip of the finger
TERM = timedelta(days=30)  # of a debt without a day
KINDS = ("debt", "payment")
CHANGE_KIND = "entry_change"  # of the draft that brings back a sum put right in words


class EntryNotFound(LookupError):
    """There is no such entry, or the member may not see its customer."""


class SumImpossible(ValueError):
    """A debt or payment of nothing, or of more than anybody owes."""


@dataclass(frozen=True, slots=True)
class Booked:
    """An entry with its customer. `changed` is False when it was so already; `is_guess`: no day was given."""

    entry: AccountEntry
    customer: Customer
    changed: bool = True
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Overdue:
    """A customer with what he should have paid by now, and since when."""

    customer: Customer
    fen: int


def add(
    db: Session,
    actor: Actor,
    customer_id: int,
    kind: str,
    amount_fen: int,
    on: date | None,
    now: datetime,
    order_id: int | None = None,
) -> Booked:
    """The debt or payment is recorded and the customer is current; a debt without a day is due after TERM.

    order_id: of the order with which it was told

    Raises: customers.CustomerNotFound; SumImpossible
    """
    if not 0 < amount_fen <= LARGEST_FEN or kind not in KINDS:
        raise SumImpossible(amount_fen)
    customer = customers.get(db, actor, customer_id)
    today = actor.today(now)
    entry = AccountEntry(
        team_id=actor.team_id,
        customer_id=customer_id,
        kind=kind,
        amount_fen=amount_fen,
        entry_on=on or (today + TERM if kind == "debt" else today),
        created_by_id=actor.member_id,
        order_id=order_id,
        created_at=now,
    )
    db.add(entry)
    db.flush([entry])
    members.keep_current(db, actor, customer_id, now)
    return Booked(entry, customer, is_guess=on is None)


def get(db: Session, actor: Actor, entry_id: int) -> Booked:
    """The entry, which may have been taken back.

    Raises: EntryNotFound
    """
    wanted = select(AccountEntry, Customer).join(Customer, Customer.customer_id == AccountEntry.customer_id)
    found = db.execute(wanted.where(AccountEntry.account_entry_id == entry_id, customers.visible(actor))).one_or_none()
    if found is None:
        raise EntryNotFound(entry_id)
    return Booked(found[0], found[1])


def set_removed(db: Session, actor: Actor, entry_id: int, removed: bool, now: datetime) -> Booked:
    """The entry is taken back, or counts again.

    Raises: EntryNotFound
    """
    booked = get(db, actor, entry_id)
    entry, customer = booked.entry, booked.customer
    changed = (entry.deleted_at is not None) != removed
    if changed:
        entry.deleted_at = now if removed else None
        db.flush([entry])
    return Booked(entry, customer, changed)


def entries(db: Session, customer_id: int) -> list[AccountEntry]:
    """Everything the customer owed and paid, oldest day first; the caller has looked him up."""
    mine = (AccountEntry.customer_id == customer_id, AccountEntry.deleted_at.is_(None))
    return list(db.scalars(select(AccountEntry).where(*mine).order_by(AccountEntry.entry_on)))


def entries_of(db: Session, ids: Sequence[int]) -> dict[int, list[AccountEntry]]:
    """The same of several customers; who has none is not among them."""
    mine = (AccountEntry.customer_id.in_(ids), AccountEntry.deleted_at.is_(None))
    found: dict[int, list[AccountEntry]] = {}
    for entry in db.scalars(select(AccountEntry).where(*mine).order_by(AccountEntry.entry_on)) if ids else ():
        found.setdefault(entry.customer_id, []).append(entry)
    return found


def newest_debt(db: Session, customer_id: int, beyond_fen: int) -> AccountEntry | None:
    """The debt entered last that is larger, none that was booked as paid; the caller has looked the customer up."""
    debts = [row for row in open_to_change(entries(db, customer_id)) if row.kind == "debt"]
    debts = [row for row in debts if row.amount_fen > beyond_fen]
    return max(debts, key=lambda row: row.account_entry_id, default=None)


def debt_beside(booked: Sequence[AccountEntry], payment: AccountEntry) -> AccountEntry | None:
    """The debt that was booked together with the payment, of an order that was none, or of a part told as paid."""
    if payment.kind != "payment":
        return None
    key = (payment.created_at, payment.entry_on, payment.created_by_id)
    made = [row for row in booked if row.kind == "debt" and (row.created_at, row.entry_on, row.created_by_id) == key]
    before = [row for row in made if row.account_entry_id < payment.account_entry_id]
    return max(before, key=lambda row: row.account_entry_id, default=None)


def open_to_change(booked: Sequence[AccountEntry]) -> list[AccountEntry]:
    """The entries without the debts that were booked with their payments: those follow them."""
    follow = {id(debt_beside(booked, row)) for row in booked}
    return [row for row in booked if id(row) not in follow]


def unpaid_debts(booked: Sequence[AccountEntry]) -> list[AccountEntry]:
    """The debts of which nothing is paid yet, the earliest day first: payments settle what was due first."""
    left_fen = sum(row.amount_fen for row in booked if row.kind == "payment")
    found = []
    for row in sorted((one for one in booked if one.kind == "debt"), key=lambda one: one.entry_on):
        if left_fen <= 0:
            found.append(row)
        left_fen -= row.amount_fen
    return found


def settled(booked: Iterable[AccountEntry], today: date) -> Account:
    """The account of one customer's entries on a day."""
    by_kind: dict[str, list[tuple[int, int]]] = {kind: [] for kind in KINDS}
    for entry in booked:
        by_kind[entry.kind].append((entry.entry_on.toordinal(), entry.amount_fen))
    return credit.settle(by_kind["debt"], by_kind["payment"], today.toordinal())


def owed_fen(db: Session, customer_id: int, today: date) -> int:
    """What the customer still owes by the ledger, due or not; nothing where he paid more than that."""
    return max(settled(entries(db, customer_id), today).owed_fen, 0)


def is_overdue(today: date) -> ColumnElement[bool]:
    """True of customers who owe something that was due before today; read by customer from the index."""
    return _sum("debt", AccountEntry.entry_on < today) > _sum("payment")


def is_owing() -> ColumnElement[bool]:
    """True of customers who owe something by the ledger, due or not; read by customer from the index."""
    return _sum("debt") > _sum("payment")


def overdue(
    db: Session, actor: Actor, today: date, limit: int, offset: int = 0, owner_id: int | None = None
) -> list[Overdue]:
    """The member's customers who are overdue, the largest sums first; `owner_id`: those of this colleague only."""
    owed = func.sum(_open_fen(today))
    rows = _by_customer(actor, today, owner_id, Customer, owed).order_by(owed.desc(), Customer.customer_id)
    return [Overdue(row[0], int(row[1])) for row in db.execute(rows.limit(limit).offset(offset))]


def not_yet_due(db: Session, actor: Actor, today: date, limit: int) -> list[Overdue]:
    """The member's customers who owe without being overdue, the largest sums first."""
    owed = func.sum(_open_fen(date.max))
    rows = _by_customer(actor, date.max, None, Customer, owed).having(func.sum(_open_fen(today)) <= 0)
    rows = rows.order_by(owed.desc(), Customer.customer_id)
    return [Overdue(row[0], int(row[1])) for row in db.execute(rows.limit(limit))]


def overdue_total(db: Session, actor: Actor, today: date, owner_id: int | None = None) -> tuple[int, int]:
    """How many of the member's customers are overdue, and with how many fen; `owner_id` as for the list."""
    each = _by_customer(actor, today, owner_id, func.sum(_open_fen(today)).label("fen")).subquery()
    number, fen = db.execute(select(func.count(), func.coalesce(func.sum(each.c.fen), 0))).one()
    return int(number), int(fen)


def _by_customer(actor: Actor, today: date, owner_id: int | None, *columns: Any) -> Select[Any]:
    rows: Select[Any] = select(*columns).select_from(AccountEntry)
    rows = rows.join(Customer, Customer.customer_id == AccountEntry.customer_id)
    mine = (AccountEntry.team_id == actor.team_id, AccountEntry.deleted_at.is_(None), customers.visible(actor))
    if owner_id is not None:
        rows = rows.where(Customer.owner_id == owner_id)
    return rows.where(*mine).group_by(Customer.customer_id).having(func.sum(_open_fen(today)) > 0)


def _open_fen(today: date) -> ColumnElement[int]:
    due = (AccountEntry.kind == "debt") & (AccountEntry.entry_on < today)
    return case((due, AccountEntry.amount_fen), (AccountEntry.kind == "payment", -AccountEntry.amount_fen), else_=0)


def _sum(kind: str, *more: ColumnElement[bool]) -> ColumnElement[int]:
    mine = (AccountEntry.customer_id == Customer.customer_id, AccountEntry.kind == kind)
    total = select(func.coalesce(func.sum(AccountEntry.amount_fen), 0)).where(
        *mine, AccountEntry.deleted_at.is_(None), *more
    )
    return total.correlate(Customer).scalar_subquery()

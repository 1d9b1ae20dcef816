"""What a new owner should see first: the customers of a transfer, ranked by money, risk and what is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from crm import tasks
from crm.belongings import CUSTOMER
from crm.members import Actor
from crm.tables import Customer, CustomerSummary, Deal, Member, OwnerChange, Task, Transfer
from crm.transfers import TransferNotFound

SOON = timedelta(days=7)
FLOOR = 0.1  # of the risk: nobody is quite safe, and some are not scored yet
MATTER = 2  # what an open complaint weighs beside a task or a deal


class Line(NamedTuple):
    """A customer with his open complaints, tasks within a week (late ones too), open deals and their fen."""

    customer: Customer
    summary: CustomerSummary | None
    complaints: int
    tasks: int
    deals: int
    deals_fen: int


@dataclass(frozen=True, slots=True)
class Brief:
    """A page of the customers that a member got by a transfer and still has, who first; how many they are."""

    transfer: Transfer
    taker_id: int
    lines: Sequence[Line]
    total: int


def page(db: Session, actor: Actor, act: Transfer, taker_id: int, now: datetime, limit: int, offset: int = 0) -> Brief:
    """Who needs the new owner first.

    Raises: TransferNotFound, also for a colleague's unless the actor leads, and for who is in no such team
    """
    taker = db.get(Member, taker_id)
    if taker is None or taker.team_id != actor.team_id:
        raise TransferNotFound(act.transfer_id)
    if act.team_id != actor.team_id or (taker_id != actor.member_id and not actor.sees_team):
        raise TransferNotFound(act.transfer_id)
    got = select(OwnerChange.row_id).where(
        *(OwnerChange.transfer_id == act.transfer_id, OwnerChange.kind == CUSTOMER),
        *(OwnerChange.after_id == taker_id, OwnerChange.is_undo.is_(False)),
    )
    theirs = Customer.customer_id.in_(got), Customer.owner_id == taker_id, Customer.deleted_at.is_(None)
    total = int(db.scalar(select(func.count()).select_from(Customer).where(*theirs)) or 0)
    rows = db.execute(_ranked(now).where(*theirs).limit(limit).offset(offset)).tuples()
    return Brief(act, taker_id, [Line(*row) for row in rows], total)


def of_customer(db: Session, customer_id: int, now: datetime) -> Line:
    """What is open about one customer, for who has him now."""
    return Line(*db.execute(_ranked(now).where(Customer.customer_id == customer_id)).one())


def takers(db: Session, act: Transfer) -> list[tuple[int, int]]:
    """Who got how many customers by the transfer, the most first."""
    return _numbers(db, act, OwnerChange.after_id, is_undo=False)


def losers(db: Session, act: Transfer) -> list[tuple[int, int]]:
    """Who lost how many customers again when the transfer was undone."""
    return _numbers(db, act, OwnerChange.before_id, is_undo=True)


def _numbers(db: Session, act: Transfer, whose: Any, is_undo: bool) -> list[tuple[int, int]]:
    number = func.count()
    rows = select(whose, number).where(
        *(OwnerChange.transfer_id == act.transfer_id, OwnerChange.kind == CUSTOMER),
        *(OwnerChange.is_undo.is_(is_undo), whose.is_not(None)),
    )
    return [(member_id, count) for member_id, count in db.execute(rows.group_by(whose).order_by(number.desc(), whose))]


def _ranked(now: datetime) -> Select[Any]:
    """Money × risk × open matters; of equals the newer customer first."""
    due = _counted(Task.customer_id, and_(tasks.is_open(), Task.due_at <= now + SOON))
    is_open = and_(Deal.state == "open", Deal.deleted_at.is_(None))
    deals, deals_fen = _counted(Deal.customer_id, is_open), _counted(Deal.customer_id, is_open, Deal.amount_fen)
    complaints = func.coalesce(CustomerSummary.open_complaints, 0)
    yuan = 1 + (func.coalesce(CustomerSummary.value_fen, 0) + deals_fen) / 100.0
    risk = FLOOR + func.coalesce(CustomerSummary.churn_probability, 0.0)
    rank = yuan * risk * (1 + MATTER * complaints + due + deals)
    rows = select(Customer, CustomerSummary, complaints, due, deals, deals_fen)
    rows = rows.outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
    return rows.order_by(rank.desc(), Customer.customer_id.desc())


def _counted(key: Any, which: ColumnElement[bool], column: Any = None) -> Any:
    number = func.count() if column is None else func.coalesce(func.sum(column), 0)
    return select(number).where(key == Customer.customer_id, which).correlate(Customer).scalar_subquery()

"""The public pool (公海): customers whom nobody has, to be taken by any rep; who goes there and who comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from crm import audit, conditions, customers, handovers, members, settings, tasks, transfers
from crm.belongings import CUSTOMER
from crm.members import Actor
from crm.tables import (
    Complaint,
    Customer,
    CustomerPhone,
    CustomerSummary,
    Deal,
    Member,
    OwnerChange,
    Task,
    Team,
    Transfer,
    Visit,
)
from crm.transfers import Share
from nlp.conditions import Condition

LOST_FOR = timedelta(days=7)  # who let a customer go to the pool by doing nothing cannot take him again at once


class NotInPool(LookupError):
    """No such customer is in the pool: somebody else was quicker, or it never was."""


class NotARep(PermissionError):
    """Who does not sell takes nobody."""


class TakenEnough(PermissionError):
    """The rep has taken as many today as the team allows. `args[0]`: that number."""


class JustLost(PermissionError):
    """He came to the pool from this rep a few days ago. `args[0]`: the day from which the rep may take him."""


class HasOpenMatters(ValueError):
    """Somebody must see to it first. `args[0]`: complaint | deal | task | visit."""


@dataclass(frozen=True, slots=True)
class Swimmer:
    """A customer of the pool, his first number, and since when he is there (None: he never had an owner)."""

    customer: Customer
    summary: CustomerSummary | None
    phone: str | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the pool, how many fit, how many the rep may still take today (None: no limit)."""

    swimmers: list[Swimmer]
    total: int
    left: int | None


def page(db: Session, actor: Actor, condition: Condition | None, now: datetime, limit: int, offset: int = 0) -> Page:
    """The customers of the pool, most money first; every member of the team may look."""
    fits = in_pool(actor)
    if condition is not None:
        fits = and_(fits, conditions.where(condition, conditions.day_of(db, actor, now)))
    total = int(db.scalar(select(func.count()).select_from(Customer).where(fits)) or 0)
    rows = select(Customer, CustomerSummary)
    rows = rows.outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id).where(fits)
    found = db.execute(rows.order_by(*by_value()).limit(limit).offset(max(offset, 0))).all()
    return Page([_swimmer(db, row, summary) for row, summary in found], total, left_today(db, actor, now))


def by_value() -> tuple[ColumnElement[Any], ...]:
    """Most money first, of equals the newest."""
    return CustomerSummary.value_fen.desc().nulls_last(), Customer.customer_id.desc()


def in_pool(actor: Actor) -> ColumnElement[bool]:
    """True of living customers of the team whom nobody has."""
    return and_(customers.in_team(actor), Customer.owner_id.is_(None))


def get(db: Session, actor: Actor, customer_id: int) -> Customer:
    """The customer of the pool.

    Raises: NotInPool
    """
    row = db.scalar(select(Customer).where(Customer.customer_id == customer_id, in_pool(actor)))
    if row is None:
        raise NotInPool(customer_id)
    return row


def left_today(db: Session, actor: Actor, now: datetime) -> int | None:
    """How many more the rep may take today; None: as many as he likes."""
    most = settings.of(db.get_one(Team, actor.team_id)).pool_daily_limit
    if not most:
        return None
    midnight = datetime.combine(actor.today(now), time(0), actor.zone)
    mine = (Transfer.by_id == actor.member_id, Transfer.kind == "take", Transfer.made_at >= midnight)
    taken = db.scalar(select(func.count()).select_from(Transfer).where(*mine))  # put back or not: the number was seen
    return max(0, most - int(taken or 0))


def take(db: Session, actor: Actor, customer_id: int, now: datetime) -> tuple[Customer, Transfer]:
    """The customer of the pool is the rep's own.

    Raises: NotARep; NotInPool; TakenEnough; JustLost
    """
    if not actor.is_rep:
        raise NotARep(actor.member_id)
    members.lock(db, actor.team_id)  # two reps who take the same one
    row = get(db, actor, customer_id)
    if left_today(db, actor, now) == 0:
        raise TakenEnough(settings.of(db.get_one(Team, actor.team_id)).pool_daily_limit)
    if (until := _lost_until(db, actor, customer_id)) is not None and until > now:
        raise JustLost(actor.local(until).date())
    about = {"by_id": actor.member_id, "to_id": actor.member_id, "customer_id": customer_id}
    act = transfers.begin(db, actor.team_id, "take", now, **about)
    transfers.carry(db, act, [Share(actor.member_id, Customer.customer_id == row.customer_id)], now)
    audit.record(db, actor, audit.ASSIGNED, now, customer_id=customer_id, detail="公海领取")
    return row, act


def release(db: Session, actor: Actor, customer_id: int, now: datetime) -> tuple[Customer, Transfer]:
    """The member's customer, or for who leads any of the team, is in the pool.

    Raises: customers.CustomerNotFound; HasOpenMatters
    """
    row = customers.get(db, actor, customer_id)
    _check_free(db, customer_id)
    about = {"by_id": actor.member_id, "from_id": row.owner_id, "customer_id": customer_id}
    act = transfers.begin(db, actor.team_id, "release", now, **about)
    transfers.carry(db, act, [Share(None, Customer.customer_id == customer_id)], now)
    audit.record(db, actor, audit.ASSIGNED, now, customer_id=customer_id, detail="放回公海")
    return row, act


def undo(db: Session, actor: Actor, transfer_id: int, now: datetime) -> Customer:
    """What the member took or released is as before.

    Raises: transfers.TransferNotFound, also for a colleague's unless the actor leads; TransferOver, also when he has
    gone on since; TooLateToUndo; HasOpenMatters of one taken, who would be in the pool with them
    """
    act = transfers.get(db, actor, transfer_id)
    if act.kind not in ("take", "release", "offer", "assign") or act.customer_id is None:
        raise transfers.TransferNotFound(transfer_id)
    mine = act.to_id if act.kind == "offer" else act.by_id
    if actor.member_id != mine and not actor.sees_team:
        raise transfers.TransferNotFound(transfer_id)
    if act.kind == "take":
        _check_free(db, act.customer_id)
    if not transfers.undo(db, actor, transfer_id, now).back.get(CUSTOMER):
        raise transfers.TransferOver("moved")
    return db.get_one(Customer, act.customer_id)


def _check_free(db: Session, customer_id: int) -> None:
    for name, is_open in open_matters().items():
        if db.scalar(select(Customer.customer_id).where(Customer.customer_id == customer_id, is_open)) is not None:
            raise HasOpenMatters(name)


def open_matters() -> dict[str, ColumnElement[bool]]:
    """What holds a customer with his owner: an open complaint, deal, task or visit."""

    def of(table: type[Complaint | Deal | Task | Visit], *is_open: ColumnElement[bool]) -> ColumnElement[bool]:
        return exists().where(table.customer_id == Customer.customer_id, *is_open).correlate(Customer)

    return {
        "complaint": of(Complaint, Complaint.closed_at.is_(None)),
        "deal": of(Deal, Deal.state == "open", Deal.deleted_at.is_(None)),
        "task": of(Task, tasks.is_open()),
        "visit": of(Visit, Visit.outcome.is_(None)),
    }


def owners(db: Session, actor: Actor, customer_id: int, limit: int = 5) -> list[tuple[str | None, datetime]]:
    """Who had the customer and until when, newest first; None: the pool.

    Raises: customers.CustomerNotFound
    """
    customers.get(db, actor, customer_id)
    rows = select(Member.name, OwnerChange.changed_at).outerjoin(Member, Member.member_id == OwnerChange.before_id)
    mine = rows.where(OwnerChange.kind == CUSTOMER, OwnerChange.row_id == customer_id)
    found = db.execute(mine.order_by(OwnerChange.owner_change_id.desc()).limit(limit))
    return [(name, changed_at) for name, changed_at in found.tuples()]


def _swimmer(db: Session, row: Customer, summary: CustomerSummary | None) -> Swimmer:
    numbers = select(CustomerPhone.phone).where(CustomerPhone.customer_id == row.customer_id)
    phone = db.scalar(numbers.order_by(CustomerPhone.customer_phone_id).limit(1))
    return Swimmer(row, summary, phone, row.assigned_at)


def _lost_until(db: Session, actor: Actor, customer_id: int) -> datetime | None:
    """Until when the rep must leave to others whom he let go by doing nothing."""
    last = select(OwnerChange.before_id, OwnerChange.changed_at, Transfer.kind).join(
        Transfer, Transfer.transfer_id == OwnerChange.transfer_id
    )
    mine = last.where(OwnerChange.kind == CUSTOMER, OwnerChange.row_id == customer_id)
    found = db.execute(mine.order_by(OwnerChange.owner_change_id.desc()).limit(1)).one_or_none()
    is_his = found is not None and found[0] == actor.member_id and found[2] == "recycle"
    if found is None or not is_his or len(handovers.takers(db, actor)) < 2:
        return None
    changed_at: datetime = found[1]
    return changed_at + LOST_FOR

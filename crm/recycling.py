"""Customers go back to the pool: whom nobody cared for as long as the team's rules say, after a warning to the owner.

Off until an admin switches it on. Cared for means: a note, an order, a greeting or message sent, a task done, a visit
made, or that he came to his owner. Whoever has an open complaint, deal, task or visit stays, and who is left alone.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, delete, exists, func, insert, literal, not_, or_, select
from sqlalchemy.orm import Session

from almanac import workdays
from crm import outbox, pool, reminders, settings, transfers
from crm.belongings import CUSTOMER
from crm.outbox import Planned
from crm.settings import Settings
from crm.tables import (
    Customer,
    CustomerSummary,
    Instant,
    Member,
    OwnerChange,
    PoolWarning,
    Task,
    Team,
    Touch,
    Transfer,
    Visit,
)
from crm.transfers import Share

PUSH = "pool"
AT_ONCE = 1_000
SLICE = 5_000  # customers looked at in one transaction
LOOKED = "pool_looked"  # up to which customer, of which day
NIGHT = reminders.AHEAD  # planned so long before the hour of the card, be it at midnight
HIGH, LOW = ("high_stable", "high_at_risk"), ("low_stable", "low_at_risk")


class Owned(NamedTuple):
    """A customer and whose he is, or was."""

    customer_id: int
    owner_id: int


class Said(NamedTuple):
    """A customer who will go, or has gone, and since when nobody cared for him."""

    customer: Customer
    group: str | None
    since: datetime


def plan(db: Session, team: Team, now: datetime) -> int:
    """At the hour of the card of working days: who was warned and still untouched is in the pool, others are warned."""
    rules, at = settings.of(team), reminders.card_at(team, now)
    if not rules.pool_days or now + reminders.AHEAD < at or reminders.done(db, team, PUSH, at):
        return 0
    fact = reminders.hold_plan(db, team)  # two replicas must not warn of the same customers
    if reminders.done(db, team, PUSH, at):
        return 0
    day, after = fact.value.get(LOOKED, ("", 0))
    after = after if day == str(at.date()) else 0
    gone: list[Owned] = []
    warned: list[Owned] = []
    upto = None
    if workdays.is_workday(at.date()):
        upto = _end_of_slice(db, team, after)
        gone, warned = _recycle(db, team, rules, at, now), _warn(db, team, rules, at, now, after, upto)
    new = outbox.enqueue(db, _pushes(db, team, [*gone, *warned], at), now)
    if upto is None and len(gone) < AT_ONCE:
        reminders.mark_done(db, team, PUSH, at)
        return new
    fact.value = {**fact.value, LOOKED: (str(at.date()), after if upto is None else upto)}
    return reminders.CHUNK  # there are more


def _end_of_slice(db: Session, team: Team, after: int) -> int | None:
    """Up to which customer one call looks, so that it holds nobody up for long; None when the rest is few."""
    rows = select(Customer.customer_id).where(Customer.team_id == team.team_id, Customer.customer_id > after)
    return db.scalar(rows.order_by(Customer.customer_id).offset(SLICE).limit(1))


def told(db: Session, member: Member, team: Team, on: datetime, now: datetime, gone: bool) -> list[Said]:
    """Of whom the push of the day `on` tells, while it is true: in the pool since then, or warned of and untouched."""
    start = _start(team, on)
    rows = select(Customer, CustomerSummary.value_group, _cared_for()).where(Customer.deleted_at.is_(None))
    rows = rows.outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
    if gone:
        moved = select(OwnerChange.row_id).join(Transfer, Transfer.transfer_id == OwnerChange.transfer_id)
        run = Transfer.team_id == team.team_id, Transfer.kind == "recycle", Transfer.made_at >= start - NIGHT
        moved = moved.where(*run, OwnerChange.kind == CUSTOMER, OwnerChange.before_id == member.member_id)
        rows = rows.where(Customer.owner_id.is_(None), Customer.customer_id.in_(moved))
    else:
        warned = select(PoolWarning.customer_id).where(
            *(PoolWarning.team_id == team.team_id, PoolWarning.owner_id == member.member_id),
            PoolWarning.warned_at >= start - NIGHT,
        )
        still = _idle(settings.of(team), _start(team, now), ahead=True)
        rows = rows.where(Customer.customer_id.in_(warned), still, Customer.owner_id == member.member_id)
    return [Said(*row) for row in db.execute(rows.order_by(*pool.by_value())).tuples()]


def _recycle(db: Session, team: Team, rules: Settings, at: datetime, now: datetime) -> list[Owned]:
    due = select(Customer.customer_id, PoolWarning.owner_id).join(
        PoolWarning, PoolWarning.customer_id == Customer.customer_id
    )
    mine = PoolWarning.team_id == team.team_id, PoolWarning.due_on <= at.date()
    due = due.where(*mine, Customer.owner_id == PoolWarning.owner_id, _idle(rules, _start(team, at)))
    found = [Owned(*row) for row in db.execute(due.order_by(Customer.customer_id).limit(AT_ONCE)).tuples()]
    if found:
        act = transfers.begin(db, team.team_id, "recycle", now)
        ids = [one.customer_id for one in found]
        transfers.carry(db, act, [Share(None, Customer.customer_id.in_(ids))], now)
    if len(found) < AT_ONCE:  # the others that are due were cared for: they are warned of anew one day
        rest = delete(PoolWarning).where(*mine)
        db.execute(rest, execution_options={"synchronize_session": False})
    return found


def _warn(
    db: Session, team: Team, rules: Settings, at: datetime, now: datetime, after: int, upto: int | None
) -> list[Owned]:
    known = exists().where(PoolWarning.customer_id == Customer.customer_id).correlate(Customer)
    rows = select(Customer.customer_id, Customer.owner_id).where(
        Customer.team_id == team.team_id, not_(known), _idle(rules, _start(team, at), ahead=True)
    )
    rows = rows.where(Customer.customer_id > after)
    rows = rows.where(Customer.customer_id <= upto) if upto is not None else rows
    found = [Owned(one, owner or 0) for one, owner in db.execute(rows)]
    due_on = at.date() + timedelta(days=rules.pool_warning_days)
    shared = {"team_id": team.team_id, "warned_at": now, "due_on": due_on}
    if found:
        db.execute(insert(PoolWarning), [{**shared, **one._asdict()} for one in found])
    return found


def _start(team: Team, at: datetime) -> datetime:
    zone = ZoneInfo(team.zone)
    return datetime.combine(at.astimezone(zone).date(), time(0), zone)


def _idle(rules: Settings, today: datetime, ahead: bool = False) -> ColumnElement[bool]:
    """True of customers untouched for the days of their value; `ahead`: or who will be when the warning is over."""
    days = [number - min(rules.pool_warning_days, number // 2) * ahead for number in rules.pool_days]
    since = [today - timedelta(days=number) for number in days]
    group = select(CustomerSummary.value_group).where(CustomerSummary.customer_id == Customer.customer_id)
    value = func.coalesce(group.correlate(Customer).scalar_subquery(), "")
    at = case((value.in_(HIGH), _instant(since[0])), (value.in_(LOW), _instant(since[1])), else_=_instant(since[2]))
    on = case((value.in_(HIGH), since[0].date()), (value.in_(LOW), since[1].date()), else_=since[2].date())
    return and_(
        *(Customer.owner_id.is_not(None), Customer.deleted_at.is_(None), Customer.no_contact.is_(False)),
        _untouched(at, on),
        *(not_(is_open) for is_open in pool.open_matters().values()),
    )


def _instant(at: datetime) -> ColumnElement[datetime]:
    return literal(at, Instant())


def _untouched(since: ColumnElement[datetime], on: ColumnElement[date]) -> ColumnElement[bool]:
    bought = CustomerSummary.last_purchase_on >= on
    noted = CustomerSummary.last_note_at >= since
    touches = (
        exists().where(CustomerSummary.customer_id == Customer.customer_id, or_(noted, bought)),
        exists().where(Touch.customer_id == Customer.customer_id, Touch.touched_at >= since),
        exists().where(Task.customer_id == Customer.customer_id, Task.done_at >= since),
        exists().where(Visit.customer_id == Customer.customer_id, Visit.outcome_at >= since),
    )
    came = func.coalesce(Customer.assigned_at, Customer.created_at)
    return and_(came < since, *(not_(touch.correlate(Customer)) for touch in touches))


def _cared_for() -> ColumnElement[datetime]:
    """When somebody cared for the customer last, by notes and by when he came."""
    came = func.coalesce(Customer.assigned_at, Customer.created_at)
    return func.coalesce(CustomerSummary.last_note_at, came)


def _pushes(db: Session, team: Team, found: list[Owned], at: datetime) -> list[Planned]:
    """One a day to each owner who can be reached; of whom it tells is looked up when it is sent."""
    owners = {one.owner_id for one in found}
    return [
        reminders.of_day(PUSH, member, at, {"on": at.isoformat()})
        for member in db.scalars(reminders.reachable(team, at))
        if member.member_id in owners
    ]

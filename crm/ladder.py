"""Leads that nobody has touched: the rep hears first, then the managers too, at last they are offered to another rep.

A lead is untouched while, since it was made or given to its owner, there is no note, no order, no greeting, no task
done and none planned. Each step is told once, on working days; imported customers and old leads are not new leads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, update
from sqlalchemy.orm import Session

from almanac import workdays
from crm import customers, outbox, oversight, reminders, settings
from crm.members import Actor
from crm.outbox import Planned
from crm.tables import Customer, CustomerSummary, Member, Task, Team, Touch

PUSH = "ladder"
LEADS_AT_ONCE = 20_000
STEPS = 3  # told to the rep, copied to managers, offered to another
EXEMPT = 9  # the rung of customers for whom the ladder is not
NEW_FOR = timedelta(days=14)  # after the last step: who lay untouched for longer, or before the bot came, is not new
NAMED = 50  # kept with a push; the others are behind [更多]


@dataclass(frozen=True, slots=True)
class Neglected:
    """An untouched lead, its owner's name, and since when."""

    customer: Customer
    owner: str
    since: datetime


class Step(NamedTuple):
    """An untouched lead that has come to a further step, and to which: 1 … 3."""

    customer_id: int
    owner_id: int
    step: int


def plan(db: Session, team: Team, now: datetime) -> int:
    """Owners and managers hear at the hour of the card which leads have come to a further step."""
    at = reminders.card_at(team, now)
    if now + reminders.AHEAD < at or reminders.done(db, team, PUSH, at):
        return 0
    reminders.hold_plan(db, team)  # two replicas must not step the same leads
    if reminders.done(db, team, PUSH, at):
        return 0
    found = _stepping(db, team, at) if workdays.is_workday(at.date()) else []
    new = outbox.enqueue(db, _pushes(db, team, found, at), now)
    if len(found) < LEADS_AT_ONCE:
        reminders.mark_done(db, team, PUSH, at)
        return new
    return reminders.CHUNK  # there are more


def waiting(db: Session, actor: Actor, now: datetime, ids: Sequence[int] | None = None) -> list[Neglected]:
    """The untouched leads the member may see that have been told of, oldest first; only those of `ids` if given."""
    rows = _untouched(now).where(customers.visible(actor), Customer.lead_rung.between(1, STEPS))
    if ids is not None:
        rows = rows.where(Customer.customer_id.in_(ids))
    elif not actor.sees_team:
        rows = rows.where(Customer.owner_id == actor.member_id)
    found = db.execute(rows.order_by(_since(), Customer.customer_id).limit(NAMED))
    return [Neglected(*row) for row in found]


def _since() -> ColumnElement[datetime]:
    return func.coalesce(Customer.assigned_at, Customer.created_at)


def _untouched(now: datetime) -> Select[tuple[Customer, str, datetime]]:
    since = _since()
    done = and_(Task.done_at.is_not(None), Task.done_at >= since)
    planned = and_(Task.done_at.is_(None), Task.cancelled_at.is_(None), Task.due_at >= now - timedelta(days=1))
    return (
        select(Customer, Member.name, since)
        .join(Member, Member.member_id == Customer.owner_id)
        .join(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .where(
            Customer.stage == "lead",
            Customer.deleted_at.is_(None),
            Customer.no_contact.is_(False),
            CustomerSummary.purchase_days == 0,
            or_(CustomerSummary.last_note_at.is_(None), CustomerSummary.last_note_at <= since),
            ~exists().where(Task.customer_id == Customer.customer_id, or_(done, planned)),
            ~exists().where(Touch.customer_id == Customer.customer_id, Touch.touched_at >= since),
        )
    )


def _stepping(db: Session, team: Team, at: datetime) -> list[Step]:
    """Leads that have come to a further step by this day, at most LEADS_AT_ONCE; their rung says so now."""
    since, ends = _since(), [_end_of(at, number) for number in settings.of(team).lead_ladder_days]
    step = sum((case((since < end, 1), else_=0) for end in ends[1:]), case((since < ends[0], 1), else_=0))
    rows = _untouched(at).with_only_columns(Customer.customer_id, Customer.owner_id, step.label("step"))
    rows = rows.where(Customer.team_id == team.team_id, since >= ends[-1] - NEW_FOR, Customer.lead_rung < step)
    found = [Step(*row) for row in db.execute(rows.order_by(Customer.customer_id).limit(LEADS_AT_ONCE))]
    for number in range(1, STEPS + 1):
        ids = [lead.customer_id for lead in found if lead.step == number]
        stepped = update(Customer).where(Customer.customer_id.in_(ids)).values(lead_rung=number)
        db.execute(stepped.execution_options(synchronize_session=False))
    return found


def _end_of(at: datetime, days: int) -> datetime:
    """The end of the day so many days before: what was made until then is so many days old."""
    return datetime.combine(at.date() - timedelta(days=days - 1), time(0), at.tzinfo)


def _pushes(db: Session, team: Team, found: list[Step], at: datetime) -> list[Planned]:
    """One to each owner, and one to each manager about the leads of others that came to the second step or beyond."""
    told: dict[int, list[tuple[int, int]]] = defaultdict(list)
    people = {member.member_id: member for member in db.scalars(reminders.reachable(team, at))}
    leading = oversight.leading(db, team, at) if any(lead.step > 1 for lead in found) else ()
    for lead in found:
        readers = {lead.owner_id, *(member.member_id for member in leading if lead.step > 1)}
        for member_id in readers & people.keys():
            told[member_id].append((lead.customer_id, lead.step))
    return [
        Planned(
            key=f"{PUSH}:{member_id}:{at.date()}:{mine[0][0]}",
            push=PUSH,
            team_id=team.team_id,
            chat_id=people[member_id].user_id,
            due_at=at,
            data={"steps": [list(pair) for pair in mine[:NAMED]], "count": len(mine)},
            member_id=member_id,
            customer_id=mine[0][0] if len(mine) == 1 else None,
            expires_at=reminders.day_end(at),
        )
        for member_id, mine in sorted(told.items())
    ]

"""Leads that nobody has touched: the rep hears first, then the managers too, at last they are offered to another rep.

A lead is untouched while, since it was made or given to its owner, there is no note, no order, no greeting, no task
done and none planned. Each step is told once, on working days; imported customers and old leads are not new leads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from almanac import workdays
from crm import customers, outbox, oversight, reminders, settings
from crm.members import Actor
from crm.outbox import Planned
from crm.tables import Customer, CustomerSummary, Member, Task, Team, Touch

PUSH = "ladder"
CHUNK = 1_000
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


def plan(db: Session, team: Team, now: datetime) -> int:
    """Owners and managers hear at the hour of the card which leads have come to a further step."""
    at = reminders.card_at(team, now)
    if now + reminders.AHEAD < at or reminders.done(db, team, PUSH, at):
        return 0
    found = _stepping(db, team, at) if workdays.is_workday(at.date()) else []
    new = outbox.enqueue(db, _pushes(db, team, found, at), now)
    if len(found) < CHUNK:
        reminders.mark_done(db, team, PUSH, at)
        return new
    return CHUNK


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


def _stepping(db: Session, team: Team, at: datetime) -> list[tuple[Neglected, int]]:
    """Leads that have come to a further step by this day, and to which; their rung says so now."""
    days = settings.of(team).lead_ladder_days
    since, ends = _since(), [_end_of(at, number) for number in days]
    stepped = or_(*(and_(Customer.lead_rung <= step, since < end) for step, end in enumerate(ends)))
    rows = _untouched(at).where(Customer.team_id == team.team_id, since >= ends[-1] - NEW_FOR, stepped)
    found = []
    for row in db.execute(rows.order_by(Customer.customer_id).limit(CHUNK)):
        lead = Neglected(*row)
        lead.customer.lead_rung = sum(lead.since < end for end in ends)
        found.append((lead, lead.customer.lead_rung))
    return found


def _end_of(at: datetime, days: int) -> datetime:
    """The end of the day so many days before: what was made until then is so many days old."""
    return datetime.combine(at.date() - timedelta(days=days - 1), time(0), at.tzinfo)


def _pushes(db: Session, team: Team, found: list[tuple[Neglected, int]], at: datetime) -> list[Planned]:
    """One to each owner, and one to each manager about the leads of others that came to the second step or beyond."""
    told: dict[int, list[tuple[int, int]]] = defaultdict(list)
    people = {member.member_id: member for member in db.scalars(reminders.reachable(team, at))}
    leading = oversight.leading(db, team, at) if any(step > 1 for _, step in found) else ()
    for lead, step in found:
        readers = {lead.customer.owner_id, *(member.member_id for member in leading if step > 1)}
        for member_id in readers & people.keys():
            told[member_id or 0].append((lead.customer.customer_id, step))
    return [
        Planned(
            key=f"{PUSH}:{member_id}:{at.date()}:{mine[0][0]}",
            push=PUSH,
            team_id=team.team_id,
            chat_id=people[member_id].user_id,
            due_at=at,
            data={"steps": [list(pair) for pair in mine[:NAMED]], "count": len(mine)},
            member_id=member_id,
            expires_at=reminders.day_end(at),
        )
        for member_id, mine in sorted(told.items())
    ]

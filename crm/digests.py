"""The day's digest for a team's groups, here and elsewhere, or for its managers where there is no group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from almanac import workdays
from almanac.lunar import ImpossibleLunarDate
from crm import agenda, groups, memberships, outbox, reminders, robots, summaries, tasks
from crm.outbox import Planned
from crm.summaries import Digest
from crm.tables import Customer, Member, Task, Team

HOUR = 18
AHEAD = timedelta(minutes=10)
SHOWN = 5  # things up to the next working day


@dataclass(frozen=True, slots=True)
class Ahead:
    """A task up to the next working day: what, whose customer, who does it."""

    what: str
    due_at: datetime
    has_time: bool
    customer: str | None
    assignee: str


@dataclass(frozen=True, slots=True)
class Evening:
    """The digest's figures, and what comes up to the next working day (`next_on`), free days before it included."""

    figures: Digest
    next_on: datetime
    things: list[Ahead]
    more: int
    birthdays: int
    tiers: memberships.Day


def plan_digest(db: Session, team: Team, now: datetime) -> int:
    """Each group and group robot of the team, or else each manager, has the digest of this working day."""
    zone = ZoneInfo(team.zone)
    at = datetime.combine(now.astimezone(zone).date(), time(HOUR), zone)
    if now + AHEAD < at or reminders.done(db, team, "digest", at):
        return 0
    places = _places(db, team, at) if workdays.is_workday(at.date()) else []
    pushes = [
        Planned(
            key=f"digest:{key}:{at.date()}",
            push="digest",
            team_id=team.team_id,
            chat_id=chat_id,
            thread_id=thread_id,
            due_at=due_at,
            data={"on": at.date().isoformat()},
            member_id=member_id,
            expires_at=reminders.day_end(at),
        )
        for key, chat_id, thread_id, member_id, due_at in places
    ]
    new = outbox.enqueue(db, pushes, now)
    reminders.mark_done(db, team, "digest", at)
    return new


def evening(db: Session, team: Team, now: datetime) -> Evening:
    """The figures of the day so far and what comes next."""
    zone = ZoneInfo(team.zone)
    today = now.astimezone(zone).date()
    next_on = datetime.combine(workdays.next_workday(today), time(0), zone)
    days = [today + timedelta(days=number) for number in range(1, (next_on.date() - today).days + 1)]
    mine = tasks.with_living_customer().where(Task.team_id == team.team_id, tasks.is_open(), Member.left_at.is_(None))
    coming = mine.where(Task.due_at >= datetime.combine(days[0], time(0), zone))
    coming = coming.where(Task.due_at < datetime.combine(days[-1] + timedelta(days=1), time(0), zone))
    total = int(db.scalar(select(func.count()).select_from(coming.subquery())) or 0)
    rows = db.execute(coming.order_by(Task.due_at, Task.task_id).limit(SHOWN)).all()
    things = [Ahead(t.what, t.due_at, t.has_time, c.name if c else None, who) for t, c, who in rows]
    return Evening(
        summaries.digest_figures(db, team, now),
        next_on,
        things,
        total - len(things),
        sum(_birthdays(db, team, day) for day in days),
        memberships.of_day(db, team, now),
    )


Place = tuple[str, int, int | None, int | None, datetime]  # part of the key, chat, topic, member, when


def _places(db: Session, team: Team, at: datetime) -> list[Place]:
    """Everyone who gets the digest: groups of Telegram and robots in groups elsewhere, else the managers."""
    open_groups = [group for group in groups.of_team(db, team.team_id) if group.connected_at <= at]
    places: list[Place] = [(str(g.group_chat_id), g.chat_id, g.thread_id, None, at) for g in open_groups]
    for robot in robots.connected(db, team.team_id, at):
        when = robots.off_the_hour(robot.robot_id, at)
        places.append((f"r{robot.robot_id}", robots.lane(robot.robot_id), None, None, when))
    if places:
        return places
    managers = select(Member).where(
        Member.team_id == team.team_id,
        or_(Member.is_manager, Member.is_admin),
        Member.left_at.is_(None),
        Member.blocked_at.is_(None),
        Member.joined_at <= at,
    )
    managers = managers.order_by(Member.member_id)
    return [(f"m{m.member_id}", m.user_id, None, m.member_id, at) for m in db.scalars(managers)]


def _birthdays(db: Session, team: Team, day: date) -> int:
    try:
        born = agenda.born_on(day, agenda.feb29_of(team))
    except ImpossibleLunarDate:
        return 0
    mine = (Customer.team_id == team.team_id, Customer.deleted_at.is_(None), Customer.no_contact.is_(False))
    rows = select(func.count()).select_from(Customer).where(Customer.customer_id.in_(born), *mine)
    return int(db.scalar(rows) or 0)

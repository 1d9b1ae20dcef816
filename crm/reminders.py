"""What the clock plans for members: tasks at their hour and morning cards, each by the clock the member lives by.

Every planner is a question to the database with a unique key per push, so a second tick, a restart and downtime change
nothing. Pushes are planned a little ahead, so that the sender, who knows when the next is due, is punctual.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from crm import outbox, tasks
from crm.outbox import Planned
from crm.prepared import Prepared
from crm.tables import Fact, Member, Task, Team

CHUNK = 1_000
AHEAD = timedelta(minutes=10)
# Three planners ask it, each at every tick.
_ZONES = Prepared(
    select(Member.zone)
    .where(Member.team_id == bindparam("team_id"), Member.left_at.is_(None), Member.zone.is_not(None))
    .distinct()
)


def plan_tasks(db: Session, team: Team, now: datetime) -> int:
    """Tasks with an hour are announced at that hour, late ones too; repeated ones have their next row."""
    tasks.roll(db, team, now, CHUNK)
    due = (
        select(Task.task_id, Task.due_at, Task.customer_id, Member.member_id, Member.user_id)
        .join(Member, Member.member_id == Task.assignee_id)
        .where(
            Task.team_id == team.team_id,
            tasks.is_open(),
            Task.due_at <= now + AHEAD,
            Task.has_time.is_(True),
            or_(Task.announced_for.is_(None), Task.announced_for != Task.due_at),
            Member.left_at.is_(None),
            Member.blocked_at.is_(None),
        )
        .order_by(Task.due_at)
        .limit(CHUNK)
        .with_for_update(of=Task, skip_locked=True)
    )
    found = db.execute(due).all()
    pushes = [
        Planned(
            key=f"task:{row.task_id}:{row.due_at:%Y-%m-%dT%H:%MZ}",
            push="task",
            team_id=team.team_id,
            chat_id=row.user_id,
            due_at=row.due_at,
            data={"task_id": row.task_id, "due_at": row.due_at.isoformat()},
            member_id=row.member_id,
            customer_id=row.customer_id,
            task_id=row.task_id,
        )
        for row in found
    ]
    new = outbox.enqueue(db, pushes, now)
    ids = [row.task_id for row in found]
    if ids:
        told = update(Task).where(Task.task_id.in_(ids)).values(announced_for=Task.due_at)
        db.execute(told.execution_options(synchronize_session=False))
    return CHUNK if len(found) == CHUNK else new


def plan_cards(db: Session, team: Team, now: datetime) -> int:
    """Each rep has today's morning card, and who else has a task due; the renderer skips one with nothing to say."""
    return sum(_plan_cards(db, team, now, zone) for zone in clocks(db, team))


def _plan_cards(db: Session, team: Team, now: datetime, zone: ZoneInfo) -> int:
    at = card_at(team, now, zone)
    if now + AHEAD < at or done(db, team, "card", at):
        return 0
    pushes = [
        Planned(
            key=f"card:{member.member_id}:{at.date()}",
            push="card",
            team_id=team.team_id,
            chat_id=member.user_id,
            due_at=at,
            data={"on": at.date().isoformat()},
            member_id=member.member_id,
            expires_at=day_end(at),
        )
        for member in [*reps(db, team, at), *_others_with_tasks(db, team, at)]
    ]
    new = outbox.enqueue(db, pushes, now)
    mark_done(db, team, "card", at)
    return new


def clocks(db: Session, team: Team) -> list[ZoneInfo]:
    """The zones by which the team's members live, the team's own first."""
    others = {row.zone for row in _ZONES.every(db, {"team_id": team.team_id}) if row.zone}
    return [ZoneInfo(zone) for zone in (team.zone, *sorted(others - {team.zone}))]


def lives_by(team: Team, at: datetime) -> ColumnElement[bool]:
    """True of members on whose wall clock `at` is told."""
    return func.coalesce(Member.zone, team.zone) == str(at.tzinfo)


def card_at(team: Team, now: datetime, zone: ZoneInfo | None = None) -> datetime:
    """The instant of today's morning card on the wall clock of that zone, else of the team."""
    zone = zone or ZoneInfo(team.zone)
    return datetime.combine(now.astimezone(zone).date(), time(team.card_hour), zone)


def of_day(push: str, member: Member, at: datetime, data: dict[str, Any]) -> Planned:
    """The push that the member has at most once a local day, at `at`, and not after that day."""
    return Planned(
        key=f"{push}:{member.member_id}:{at.date()}",
        push=push,
        team_id=member.team_id,
        chat_id=member.user_id,
        due_at=at,
        data=data,
        member_id=member.member_id,
        expires_at=day_end(at),
    )


def day_end(at: datetime) -> datetime:
    """The last second of the local day."""
    return datetime.combine(at.date(), time(23, 59, 59), at.tzinfo)


def reps(db: Session, team: Team, at: datetime) -> list[Member]:
    """The reps of that clock who can be reached and had joined by then: nobody hears in the evening of the morning."""
    rows = reachable(team, at).where(Member.is_rep.is_(True), lives_by(team, at))
    return list(db.scalars(rows.order_by(Member.member_id)))


def _others_with_tasks(db: Session, team: Team, at: datetime) -> list[Member]:
    """Managers and admins who sell nothing, but have a task by the end of the day."""
    due = exists().where(Task.assignee_id == Member.member_id, tasks.is_open(), Task.due_at <= day_end(at))
    rows = reachable(team, at).where(Member.is_rep.is_(False), lives_by(team, at), due)
    return list(db.scalars(rows.order_by(Member.member_id)))


def reachable(team: Team, at: datetime) -> Select[tuple[Member]]:
    """The team's members who had joined by then and can be written to."""
    return select(Member).where(
        Member.team_id == team.team_id,
        Member.left_at.is_(None),
        Member.blocked_at.is_(None),
        Member.joined_at <= at,
    )


def done(db: Session, team: Team, what: str, at: datetime) -> bool:
    """True when `what` of that day was planned for that clock: a tick in between asks one question only."""
    fact = plan_of(db, team)
    return fact is not None and fact.value.get(_clocked(team, what, at)) == f"{at.date()} {team.card_hour} {at.tzinfo}"


def plan_of(db: Session, team: Team) -> Fact | None:
    """What is planned for the team, as far as this session has read; None before its first day."""
    return db.get(Fact, f"planned:{team.team_id}")


def mark_done(db: Session, team: Team, what: str, at: datetime) -> None:
    """`what` of that day is planned; another hour or zone asks again, and keys keep it from doubling."""
    fact = hold_plan(db, team)
    fact.value = {**fact.value, _clocked(team, what, at): f"{at.date()} {team.card_hour} {at.tzinfo}"}


def _clocked(team: Team, what: str, at: datetime) -> str:
    return what if str(at.tzinfo) == team.zone else f"{what}@{at.tzinfo}"


def hold_plan(db: Session, team: Team) -> Fact:
    """What is planned for the team; the tick of another replica waits here until this transaction ends."""
    name = f"planned:{team.team_id}"
    insert_new = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    db.execute(insert_new(Fact).values(name=name, value={}).on_conflict_do_nothing())
    return db.get_one(Fact, name, with_for_update=True, populate_existing=True)

"""What the clock plans for people: tasks at their hour, morning cards, birthdays, festivals.

Every planner is a question to the database with a unique key per push, so a second tick, a restart and downtime change
nothing. Pushes are planned a little ahead, so that the sender, who knows when the next is due, is punctual.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import CompoundSelect, Select, String, and_, cast, exists, func, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from almanac import festivals, greetings
from almanac.lunar import ImpossibleLunarDate
from crm import agenda, outbox, settings, tasks
from crm.outbox import Planned
from crm.tables import Customer, CustomerSummary, Fact, Member, Outbox, Task, Team

CHUNK = 1_000
AHEAD = timedelta(minutes=10)


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
        db.execute(update(Task).where(Task.task_id.in_(ids)).values(announced_for=Task.due_at))
    return CHUNK if len(found) == CHUNK else new


def plan_cards(db: Session, team: Team, now: datetime) -> int:
    """Each rep has today's morning card, and who else has a task due; the renderer skips one with nothing to say."""
    at = card_at(team, now)
    if now + AHEAD < at or done(db, team, "card", at.date()):
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
    mark_done(db, team, "card", at.date())
    return new


def plan_birthdays(db: Session, team: Team, now: datetime) -> int:
    """The owner of each customer whose birthday is today is told at the hour of the card.

    One who becomes known, or gets an owner, later in the day is caught too; his push is due at once.
    """
    at = card_at(team, now)
    if now + AHEAD < at:
        return 0
    try:
        born = agenda.born_on(at.date(), agenda.feb29_of(team))
    except ImpossibleLunarDate:
        return 0
    wanted = _untold_birthdays(team, born, at.date())
    pushes = [
        Planned(
            key=f"birthday:{row.customer_id}:{at.date()}:day",
            push="birthday",
            team_id=team.team_id,
            chat_id=row.user_id,
            due_at=at if row.updated_at <= at else max(at, now),
            data={"on": at.date().isoformat()},
            member_id=row.member_id,
            customer_id=row.customer_id,
            expires_at=day_end(at),
        )
        for row in db.execute(wanted)
    ]
    return outbox.enqueue(db, pushes, now)


def _untold_birthdays(team: Team, born: CompoundSelect[tuple[int]], on: date) -> Select[Any]:
    """Customers born on that day with their present owners, the most valuable first, those not planned yet."""
    key = literal("birthday:") + cast(Customer.customer_id, String) + literal(f":{on}:day")
    return (
        select(Customer.customer_id, Customer.updated_at, Member.member_id, Member.user_id)
        .outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .join(Member, and_(Member.member_id == Customer.owner_id, Member.team_id == team.team_id))
        .where(
            Customer.customer_id.in_(born),
            Customer.team_id == team.team_id,
            Customer.deleted_at.is_(None),
            Member.left_at.is_(None),
            Member.blocked_at.is_(None),
            ~exists().where(Outbox.key == key),
        )
        .order_by(func.coalesce(CustomerSummary.value_fen, 0).desc(), Customer.customer_id)
        .limit(CHUNK)
    )


def plan_festivals(db: Session, team: Team, now: datetime) -> int:
    """Each rep is told of the day's festival that people greet for, with the customers it fits."""
    at = card_at(team, now)
    if now + AHEAD < at or done(db, team, "festival", at.date()):
        return 0
    pushes = [
        Planned(
            key=f"festival:{member.member_id}:{festival.code}:{at.date()}",
            push="festival",
            team_id=team.team_id,
            chat_id=member.user_id,
            due_at=at,
            data={"code": festival.code, "on": at.date().isoformat()},
            member_id=member.member_id,
            expires_at=day_end(at),
        )
        for festival in greeted_on(at.date())
        for member in reps(db, team, at)
    ]
    new = outbox.enqueue(db, pushes, now)
    mark_done(db, team, "festival", at.date())
    return new


def has_room(db: Session, team: Team, row: Outbox) -> bool:
    """False when the member had enough birthday messages that day: the rest stand on the card, least valuable last."""
    before = select(func.count()).where(
        Outbox.member_id == row.member_id,
        Outbox.push == row.push,
        Outbox.due_at.between(row.due_at - timedelta(hours=12), row.due_at + timedelta(hours=12)),
        Outbox.outbox_id < row.outbox_id,
        Outbox.state.in_(("sending", "sent", "uncertain")),
    )
    return (db.scalar(before) or 0) < settings.of(team).birthdays_per_day


def postpone_birthday(db: Session, team: Team, member: Member, customer_id: int, on: date, now: datetime) -> date:
    """The birthday of `on` is brought up again tomorrow at the hour of the card; that day."""
    tomorrow = card_at(team, now) + timedelta(days=1)
    again = Planned(
        key=f"birthday:{customer_id}:{on}:again:{tomorrow.date()}",
        push="birthday",
        team_id=team.team_id,
        chat_id=member.user_id,
        due_at=tomorrow,
        data={"on": on.isoformat()},
        member_id=member.member_id,
        customer_id=customer_id,
        expires_at=day_end(tomorrow),
    )
    outbox.enqueue(db, [again], now)
    return tomorrow.date()


def greeted_on(day: date) -> list[festivals.Festival]:
    """The festivals of the day that have drafts, none on a day without greetings."""
    if festivals.no_greeting_on(day) is not None:
        return []
    known = greetings.occasions()
    return [festival for festival in festivals.on(day) if festival.greet and festival.code in known]


def card_at(team: Team, now: datetime) -> datetime:
    """The instant of today's morning card, on the team's wall clock."""
    zone = ZoneInfo(team.zone)
    return datetime.combine(now.astimezone(zone).date(), time(team.card_hour), zone)


def day_end(at: datetime) -> datetime:
    """The last second of the local day."""
    return datetime.combine(at.date(), time(23, 59, 59), at.tzinfo)


def reps(db: Session, team: Team, at: datetime) -> list[Member]:
    """The reps who can be reached and had joined by then: nobody is told in the evening what the morning was."""
    rows = reachable(team, at).where(Member.is_rep.is_(True))
    return list(db.scalars(rows.order_by(Member.member_id)))


def _others_with_tasks(db: Session, team: Team, at: datetime) -> list[Member]:
    """Managers and admins who sell nothing, but have a task by the end of the day."""
    due = exists().where(Task.assignee_id == Member.member_id, tasks.is_open(), Task.due_at <= day_end(at))
    rows = reachable(team, at).where(Member.is_rep.is_(False), due)
    return list(db.scalars(rows.order_by(Member.member_id)))


def reachable(team: Team, at: datetime) -> Select[tuple[Member]]:
    """The team's members who had joined by then and can be written to."""
    return select(Member).where(
        Member.team_id == team.team_id,
        Member.left_at.is_(None),
        Member.blocked_at.is_(None),
        Member.joined_at <= at,
    )


def done(db: Session, team: Team, what: str, day: date) -> bool:
    """True when `what` of that day was planned: a tick in between asks one question only."""
    fact = db.get(Fact, f"planned:{team.team_id}")
    return fact is not None and fact.value.get(what) == f"{day} {team.card_hour} {team.zone}"


def mark_done(db: Session, team: Team, what: str, day: date) -> None:
    """`what` of that day is planned; another hour or zone of the team asks again, and keys keep it from doubling."""
    fact = hold_plan(db, team)
    fact.value = {**fact.value, what: f"{day} {team.card_hour} {team.zone}"}


def hold_plan(db: Session, team: Team) -> Fact:
    """What is planned for the team; the tick of another replica waits here until this transaction ends."""
    name = f"planned:{team.team_id}"
    insert_new = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    db.execute(insert_new(Fact).values(name=name, value={}).on_conflict_do_nothing())
    return db.get_one(Fact, name, with_for_update=True, populate_existing=True)

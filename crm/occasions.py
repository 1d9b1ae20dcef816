"""What the clock plans for birthdays, some days before and on the day, and for festivals.

Keys make each push unique, so a second tick, a restart and downtime change nothing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import CompoundSelect, Select, String, and_, cast, exists, func, literal, select
from sqlalchemy.orm import Session

from almanac.lunar import ImpossibleLunarDate
from crm import agenda, members, outbox, reminders, settings, team_festivals
from crm.outbox import Planned
from crm.tables import Customer, CustomerSummary, Member, Outbox, Team

AHEAD = "birthdays ahead"


def plan_birthdays(db: Session, team: Team, now: datetime) -> int:
    """The owner of each customer whose birthday is today is told at the hour of the card, and so many days before.

    One who becomes known, or gets an owner, later on the day itself is caught too; his push is due at once.
    """
    new = 0
    for zone in reminders.clocks(db, team):
        at = reminders.card_at(team, now, zone)
        if now + reminders.AHEAD >= at:
            new += _plan_birthdays(db, team, now, at, 0) + _plan_ahead(db, team, now, at)
    return new


def _plan_ahead(db: Session, team: Team, now: datetime, at: datetime) -> int:
    """The birthdays to come are looked at once a day: whoever was entered since has just been thought of."""
    if reminders.done(db, team, AHEAD, at):
        return 0
    found = [_plan_birthdays(db, team, now, at, ahead) for ahead in sorted(settings.of(team).birthday_lead_days)]
    if all(new < reminders.CHUNK for new in found):
        reminders.mark_done(db, team, AHEAD, at)
    return sum(found)


def _plan_birthdays(db: Session, team: Team, now: datetime, at: datetime, ahead: int) -> int:
    on = at.date() + timedelta(days=ahead)
    try:
        born = agenda.born_on(on, agenda.feb29_of(team))
    except ImpossibleLunarDate:
        return 0
    ends = f":{on}:{ahead or 'day'}"
    pushes = [
        Planned(
            key=f"birthday:{row.customer_id}{ends}",
            push="birthday",
            team_id=team.team_id,
            chat_id=row.user_id,
            due_at=at if row.updated_at <= at else max(at, now),
            data={"on": on.isoformat(), "ahead": ahead},
            member_id=row.member_id,
            customer_id=row.customer_id,
            expires_at=reminders.day_end(at),
        )
        for row in db.execute(_untold_birthdays(team, born, ends, at))
    ]
    return outbox.enqueue(db, pushes, now)


def _untold_birthdays(team: Team, born: CompoundSelect[tuple[int]], ends: str, at: datetime) -> Select[Any]:
    """Customers born on that day with their present owners, the most valuable first, those not planned yet.

    `ends` is how the key of the push ends. Owners who live by the clock of `at` only.
    """
    key = literal("birthday:") + cast(Customer.customer_id, String) + literal(ends)
    return (
        select(Customer.customer_id, Customer.updated_at, Member.member_id, Member.user_id)
        .outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .join(Member, and_(Member.member_id == Customer.owner_id, Member.team_id == team.team_id))
        .where(
            Customer.customer_id.in_(born),
            Customer.team_id == team.team_id,
            Customer.deleted_at.is_(None),
            reminders.lives_by(team, at),
            Member.left_at.is_(None),
            Member.blocked_at.is_(None),
            ~exists().where(Outbox.key == key),
        )
        .order_by(func.coalesce(CustomerSummary.value_fen, 0).desc(), Customer.customer_id)
        .limit(reminders.CHUNK)
    )


def plan_festivals(db: Session, team: Team, now: datetime) -> int:
    """Each rep is told of the day's festival that people greet for, with the customers it fits."""
    return sum(_plan_festivals(db, team, now, zone) for zone in reminders.clocks(db, team))


def _plan_festivals(db: Session, team: Team, now: datetime, zone: ZoneInfo) -> int:
    at = reminders.card_at(team, now, zone)
    if now + reminders.AHEAD < at or reminders.done(db, team, "festival", at):
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
            expires_at=reminders.day_end(at),
        )
        for festival in team_festivals.greeted_on(db, team, at.date())
        for member in reminders.reps(db, team, at)
    ]
    new = outbox.enqueue(db, pushes, now)
    reminders.mark_done(db, team, "festival", at)
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
    tomorrow = reminders.card_at(team, now, members.zone_of(member, team)) + timedelta(days=1)
    again = Planned(
        key=f"birthday:{customer_id}:{on}:again:{tomorrow.date()}",
        push="birthday",
        team_id=team.team_id,
        chat_id=member.user_id,
        due_at=tomorrow,
        data={"on": on.isoformat()},
        member_id=member.member_id,
        customer_id=customer_id,
        expires_at=reminders.day_end(tomorrow),
    )
    outbox.enqueue(db, [again], now)
    return tomorrow.date()

"""The ledger: what became of each push, why it came, who else got it, and what is still to come today.

The rows are those of the outbox. Once a push is worded its data gives way to the message, so that what it was about is
read from its key: 'birthday:42:2026-11-30:day'.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from almanac import festivals
from almanac.birthdays import Birthday
from crm import alerts, customers, forecast, ladder, members, outbox, robots, team_festivals
from crm.members import Actor
from crm.tables import Customer, GroupChat, Member, Outbox, RiskEpisode, Robot, Task, Team

LATEST = 5
LATE = timedelta(minutes=10)
LOOKED_AT = 200  # pushes of a member on one day
REHEARSED = 60  # pushes to come, of those who ask: wording one takes some milliseconds

Rehearse = Callable[[Session, Outbox, datetime], object]  # the row ends as it would at that moment


class PushNotFound(LookupError):
    """There is no such push, or it is none of the member's business."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a push was about. `on`: the day it speaks of; `ahead`: how many days before it came; `since`: since when a
    lead waited or a risk was there; `is_first`: the customer is the first of several; `risk`: its probability."""

    customer: Customer | None = None
    born: list[Birthday] = field(default_factory=list)
    on: date | None = None
    ahead: int = 0
    is_again: bool = False
    festival: str = ""
    task: Task | None = None
    author: str = ""
    place: str = ""
    since: datetime | None = None
    is_first: bool = False
    risk: float | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A push with what it was about, who it was for and who else got the same."""

    row: Outbox
    facts: Facts
    member: Member | None
    others: list[str]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Coming:
    """A push that is still to come today. `held`: why it would not be sent, as things are; `until`: when put off."""

    key: str
    push: str
    due_at: datetime
    member_id: int | None
    facts: Facts
    held: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DayOf:
    """The pushes of a day for some members, by the hour, and those that are still to come."""

    rows: list[Entry]
    coming: list[Coming]
    names: dict[int, str]
    on: date
    is_team: bool = False


def get(db: Session, actor: Actor, outbox_id: int) -> Entry:
    """The push, for whom it was for and for those who lead the team.

    Raises: PushNotFound
    """
    row = db.get(Outbox, outbox_id)
    if row is None or row.push is None or not _may_ask(db, actor, row):
        raise PushNotFound(outbox_id)
    return entry(db, actor, row)


def replied_to(db: Session, actor: Actor, chat_id: int, message_id: int) -> Entry | None:
    """The push behind a message; None when that was an answer, or none of the bot's."""
    row = outbox.find_by_message(db, chat_id, message_id)
    return entry(db, actor, row) if row is not None and row.push and _may_ask(db, actor, row) else None


def latest(db: Session, actor: Actor, limit: int = LATEST) -> list[Outbox]:
    """What came to the member last, newest first."""
    mine = select(Outbox).where(Outbox.member_id == actor.member_id, Outbox.push.is_not(None))
    came = mine.where(Outbox.state.in_(("sent", "uncertain")))
    return list(db.scalars(came.order_by(Outbox.due_at.desc(), Outbox.outbox_id.desc()).limit(limit)))


def about(db: Session, actor: Actor, customer_id: int, limit: int = LATEST) -> list[Outbox]:
    """The last pushes about a customer that concern the member, those that were held back too, newest first.

    Raises: customers.CustomerNotFound
    """
    row = customers.get(db, actor, customer_id)
    readers = {actor.member_id} | ({row.owner_id} if row.owner_id else set()) if actor.sees_team else {actor.member_id}
    for_him = (Outbox.member_id + 0).in_(readers)  # not by the index of all that he was ever told
    sent = (for_him, Outbox.customer_id == customer_id, Outbox.push.is_not(None), Outbox.state != "pending")
    return list(db.scalars(select(Outbox).where(*sent).order_by(Outbox.due_at.desc()).limit(limit)))


def today(db: Session, actor: Actor, now: datetime, rehearse: Rehearse, team_wide: bool = False) -> DayOf:
    """What should have come today, and is to come, for the member or for everybody of the team.

    Raises: members.NotAllowed
    """
    if team_wide:
        actor.require("manager")
    team = db.get_one(Team, actor.team_id)
    present = {member.member_id: member.name for member in members.present(db, actor.team_id)}
    asked = present if team_wide else {actor.member_id: actor.name}
    start = datetime.combine(actor.today(now), time(0), actor.zone)
    end = start + timedelta(days=1)
    rows = _of_day(db, team, asked, start, end, team_wide)
    with forecast.rest_of(db, team, now, end) as waiting:
        waiting = [row for row in waiting if row.member_id in asked or (team_wide and row.member_id is None)]
        coming = _rehearsed(db, actor, waiting, rehearse)
    later = {push.key for push in coming}
    rows = [row for row in rows if row.key not in later]
    _load(db, rows)
    return DayOf([entry(db, actor, row, is_listed=True) for row in rows], coming, present, start.date(), team_wide)


def _rehearsed(db: Session, actor: Actor, rows: list[Outbox], rehearse: Rehearse) -> list[Coming]:
    """How the rows would end at their hours as things are; of very many, only that they are to come."""
    found = []
    for row in rows:
        push = Coming(row.key or "", row.push or "", row.held_from or row.due_at, row.member_id, facts(db, actor, row))
        if len(rows) <= REHEARSED:
            rehearse(db, row, row.due_at)
        held = (row.reason or "") if row.state in ("skipped", "refused") else ""
        found.append(replace(push, held=held, until=row.due_at if row.held_from is not None else None))
    return found


def _of_day(
    db: Session, team: Team, asked: Collection[int], start: datetime, end: datetime, team_wide: bool
) -> list[Outbox]:
    """Pushes first due that day; what quiet hours put off counts for the day on which it was due, and is here too."""
    asked_for: list[ColumnElement[bool]] = [Outbox.member_id.in_(asked)]
    if team_wide:
        asked_for.append(Outbox.member_id.is_(None))
    rows = select(Outbox).where(
        Outbox.team_id == team.team_id,
        Outbox.push.is_not(None),
        Outbox.due_at >= start,
        Outbox.due_at < end + timedelta(days=1),
    )
    rows = rows.limit(LOOKED_AT * max(len(asked), 1))
    found = [row for whose in asked_for for row in db.scalars(rows.where(whose))]
    found = [row for row in found if row.due_at < end or (row.held_from is not None and row.held_from < end)]
    return sorted(found, key=lambda row: (row.due_at, row.outbox_id))


def _load(db: Session, rows: list[Outbox]) -> None:
    """The customers and tasks of the rows are at hand, by one statement each."""
    of_customers, of_tasks = {row.customer_id for row in rows}, {row.task_id for row in rows}
    db.scalars(select(Customer).where(Customer.customer_id.in_(of_customers))).all()
    db.scalars(select(Task).where(Task.task_id.in_(of_tasks))).all()


def entry(db: Session, actor: Actor, row: Outbox, *, is_listed: bool = False) -> Entry:
    """The push with everything a person may ask about it; in a list without who else got it."""
    member = db.get(Member, row.member_id) if row.member_id else None
    return Entry(row, facts(db, actor, row), member, [] if is_listed else others(db, row), actor.zone)


def facts(db: Session, actor: Actor, row: Outbox) -> Facts:
    """What the push was about, from its key and the rows as they are now."""
    parts = (row.key or "").split(":")
    customer = db.get(Customer, row.customer_id) if row.customer_id else None
    if customer is not None and not _sees(actor, customer):
        customer = None  # it was given to a colleague since
    born = customers.birthdays(customer) if customer is not None else []
    place = _place(db, row)
    if row.push == "birthday":
        ahead = int(parts[3]) if parts[3].isdigit() else 0
        return Facts(customer, born, _day(parts[2]), ahead, parts[3] == "again", place=place)
    if row.push == "festival":
        return Facts(on=_day(parts[3]), festival=festival_name(db, row.team_id or 0, parts[2], parts[3]), place=place)
    if row.push == "task":
        task = db.get(Task, int(parts[1]))
        author = db.get(Member, task.created_by_id) if task is not None else None
        return Facts(customer, [], task=task, author=author.name if author else "", place=place)
    if row.push == ladder.PUSH:
        return _lead(db, actor, row, parts)
    if row.push == alerts.PUSH and (episode := db.get(RiskEpisode, int(parts[1]))) is not None:
        risk = float(parts[2]) if len(parts) > 2 else episode.probability
        return Facts(customer, since=episode.opened_at, risk=risk)
    return Facts(customer, on=next((day for part in parts if (day := _day(part))), None), place=place)


def _lead(db: Session, actor: Actor, row: Outbox, parts: list[str]) -> Facts:
    """The lead told of, or the first of several, while the member may see him."""
    lead = db.get(Customer, int(parts[3]))
    if lead is None or not _sees(actor, lead):
        return Facts(on=_day(parts[2]))
    return Facts(lead, on=_day(parts[2]), since=lead.assigned_at or lead.created_at, is_first=row.customer_id is None)


def festival_name(db: Session, team_id: int, code: str, on: str) -> str:
    """What the festival is called, the team's own ones too."""
    day = _day(on)
    if (own := team_festivals.name_of(db, team_id, code)) is not None:
        return own
    return next((found.name for found in festivals.on(day) if found.code == code), code) if day else code


def others(db: Session, row: Outbox) -> list[str]:
    """Names of the members and groups who got the same: of the same matter, on the same day."""
    day = timedelta(hours=23)
    about_same = Outbox.customer_id == row.customer_id if row.customer_id else Outbox.customer_id.is_(None)
    if row.push == ladder.PUSH:
        about_same = true()
    same = (
        Outbox.push == row.push,
        Outbox.team_id == row.team_id,
        Outbox.outbox_id != row.outbox_id,
        Outbox.due_at.between(row.due_at - day, row.due_at + day),
        Outbox.state.in_(("sent", "uncertain")),
        about_same,
    )
    people = list(db.scalars(select(Member.member_id).where(Member.team_id == row.team_id)))
    asked = (Outbox.member_id.in_(people), Outbox.member_id.is_(None))  # apart: each is found by the index of members
    rows = [other for whose in asked for other in db.scalars(select(Outbox).where(whose, *same).limit(LOOKED_AT))]
    found = [other for other in rows if _matter(other) == _matter(row)]
    if row.push == ladder.PUSH:
        lead = db.get(Customer, int((row.key or "").split(":")[3]))
        found = [other for other in found if lead is not None and html.escape(lead.name) in _words(other)]
    ids = {other.member_id for other in found if other.member_id not in (None, row.member_id)}
    names = list(db.scalars(select(Member.name).where(Member.member_id.in_(ids)).order_by(Member.member_id)))
    return [*names, *(place for other in found if other.member_id is None and (place := _place(db, other)))]


def _matter(row: Outbox) -> tuple[str, ...]:
    """The key without whom it is for."""
    parts = (row.key or "").split(":")
    if row.push in ("birthday", "task", "risk"):
        return tuple(parts)
    if row.push == "group_closed":
        return tuple(parts[:3])
    if row.push == robots.REFUSED_PUSH:
        return tuple(parts[:-1])
    return tuple(parts[2:] if row.push != "ladder" else parts[2:3])


def _words(row: Outbox) -> str:
    """The text that was sent."""
    return str(row.payload.get("text", ""))


def _place(db: Session, row: Outbox) -> str:
    """The name of the group that it went to; empty in private."""
    if row.member_id is not None:
        return ""
    if row.chat_id <= robots.LANES:
        robot = db.scalars(select(Robot).where(Robot.team_id == row.team_id)).all()
        return next((r.name for r in robot if robots.lane(r.robot_id) == row.chat_id), "")
    return db.scalar(select(GroupChat.title).where(GroupChat.chat_id == row.chat_id)) or ""


def _may_ask(db: Session, actor: Actor, row: Outbox) -> bool:
    if row.team_id != actor.team_id:
        return False
    return row.member_id in (actor.member_id, None) or actor.sees_team


def _sees(actor: Actor, row: Customer) -> bool:
    return row.team_id == actor.team_id and (actor.sees_team or row.owner_id == actor.member_id)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

"""The days a team greets on: the built-in ones, each for whom it chose or not at all, and its own."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from almanac import birthdays, festivals, greetings
from almanac.audience import EVERYBODY
from almanac.birthdays import Birthday, ImpossibleBirthday
from almanac.festivals import Festival
from almanac.lunar import ImpossibleLunarDate
from crm import agenda
from crm.members import Actor
from crm.tables import Team, TeamFestival
from nlp import conditions as read_conditions

MOST = 20
LONGEST = 12  # characters of a name
ANY_LEAP_YEAR = 2028


class FestivalRefused(ValueError):
    """The day cannot be one of the team's. `why`: name | many | taken | day | unknown."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name
        self.why = why


def greeted_on(db: Session, team: Team, day: date) -> list[Festival]:
    """The festivals of the day for which the team greets: built-in ones not turned off, and its own.

    None on a day without greetings.
    """
    if festivals.no_greeting_on(day) is not None:
        return []
    known, chosen = greetings.occasions(), of_team(db, team.team_id)
    off = {row.code for row in chosen if row.is_off}
    built_in = [f for f in festivals.on(day) if f.greet and f.code in known and f.code not in off]
    own = [_as_festival(row, day) for row in chosen if not row.is_off and _falls_on(db, team, row, day)]
    return [*built_in, *own]


def find(db: Session, team: Team, code: str, day: date) -> tuple[Festival, str] | None:
    """The festival of that code on the day, and the team's condition for it, empty where it has none."""
    found = next((festival for festival in greeted_on(db, team, day) if festival.code == code), None)
    if found is None:
        return None
    return found, next((row.condition for row in of_team(db, team.team_id) if row.code == code), "")


def of_team(db: Session, team_id: int) -> list[TeamFestival]:
    """What the team chose and its own days, in the order in which it grew."""
    rows = select(TeamFestival).where(TeamFestival.team_id == team_id)
    return list(db.scalars(rows.order_by(TeamFestival.team_festival_id)))


def name_of(db: Session, team_id: int, code: str) -> str | None:
    """What a day of the team's own is called."""
    return next((row.name for row in of_team(db, team_id) if row.code == code), None)


def built_in(name: str) -> tuple[str, str] | None:
    """Code and name of the built-in festival with greetings that people call so: 中秋, 中秋节."""
    found = (pair for pair in names().items() if pair[1].removesuffix("节") == name.removesuffix("节"))
    return next(found, None)


def names() -> dict[str, str]:
    """The built-in festivals with greetings, code and name, in the order of the year."""
    known = greetings.occasions()
    return {f.code: f.name for f in festivals.in_year(ANY_LEAP_YEAR) if f.greet and f.code in known}


def add(db: Session, actor: Actor, name: str, on: Birthday, condition: str, now: datetime) -> TeamFestival:
    """The team greets on a day of its own; one of that name has the new day.

    Raises: NotAllowed, FestivalRefused, NotUnderstood
    """
    actor.require("admin")
    if not 1 < len(name) <= LONGEST or "{" in name or ":" in name:
        raise FestivalRefused(name, "name")
    if built_in(name) is not None:
        raise FestivalRefused(name, "taken")
    if condition:
        read_conditions.read(condition)
    try:
        birthdays.check(on, actor.today(now))
    except (ImpossibleBirthday, ImpossibleLunarDate) as error:
        raise FestivalRefused(name, "day") from error
    rows = of_team(db, actor.team_id)
    row = next((row for row in rows if row.name == name), None)
    if row is None:
        if len(rows) >= MOST:
            raise FestivalRefused(name, "many")
        row = TeamFestival(team_id=actor.team_id, code=f"own{now.timestamp():.6f}", name=name, created_at=now)
        db.add(row)
        db.flush([row])
        row.code = f"own{row.team_festival_id}"
    row.is_lunar, row.month, row.day = on.calendar == "lunar", on.month, on.day
    row.condition, row.is_off = condition, False
    db.flush([row])
    return row


def choose(db: Session, actor: Actor, name: str, condition: str, is_off: bool, now: datetime) -> TeamFestival | None:
    """A festival is greeted for these customers only, or not at all; None: as it was built in again.

    Raises: NotAllowed, FestivalRefused, NotUnderstood
    """
    actor.require("admin")
    if condition:
        read_conditions.read(condition)
    rows, known = of_team(db, actor.team_id), built_in(name)
    row = next((row for row in rows if row.name == name or (known is not None and row.code == known[0])), None)
    if row is None and known is None:
        raise FestivalRefused(name, "unknown")
    if row is None and known is not None and (condition or is_off):
        row = TeamFestival(team_id=actor.team_id, code=known[0], name=known[1], created_at=now)
        db.add(row)
    elif row is not None and row.month is None and not condition and not is_off:
        db.delete(row)
        db.flush()
        return None
    if row is not None:
        row.condition, row.is_off = condition, is_off
        db.flush()
    return row


def remove(db: Session, actor: Actor, name: str) -> TeamFestival:
    """The day of the team's own is gone.

    Raises: NotAllowed, FestivalRefused
    """
    actor.require("admin")
    row = next((row for row in of_team(db, actor.team_id) if row.name == name and row.month is not None), None)
    if row is None:
        raise FestivalRefused(name, "unknown")
    db.delete(row)
    db.flush()
    return row


def next_on(db: Session, team: Team, row: TeamFestival, today: date) -> date | None:
    """The next day on which a day of the team's own falls."""
    born = _as_birthday(row)
    if born is None:
        return None
    return next(iter(birthdays.occurrences(born, today, today + timedelta(days=400), agenda.feb29_of(team))), None)


def _as_birthday(row: TeamFestival) -> Birthday | None:
    if row.month is None or row.day is None:
        return None
    return Birthday("lunar" if row.is_lunar else "solar", row.month, row.day)


def _falls_on(db: Session, team: Team, row: TeamFestival, day: date) -> bool:
    born = _as_birthday(row)
    try:
        return born is not None and bool(birthdays.occurrences(born, day, day, agenda.feb29_of(team)))
    except ImpossibleLunarDate:
        return False


def _as_festival(row: TeamFestival, day: date) -> Festival:
    return Festival(row.code, row.name, day, "occupational", True, EVERYBODY)

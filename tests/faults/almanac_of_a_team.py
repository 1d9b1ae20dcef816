"""What members of a simulated team must be told, worked out plainly from the rules: no planner, no query, no key.

The simulation (test_planner_simulation) hands in the moments at which the bot was up; all else is arithmetic on wall
clocks. A push is due at its wall-clock moment; the first tick at or after it carries it out; the night, 21:00 to 08:00,
puts it off to 08:00, or ends it where it is good for its own day only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

MORNING, EVENING, DIGEST = time(8), time(21), time(18)
HALF_DAY = timedelta(hours=12)
AHEAD = timedelta(minutes=10)  # so long before its hour a push is planned
TOO_LATE = "过了时候，没有发出"


class Told(NamedTuple):
    """Who is told what about what, and on which day or at which instant it was due.

    `end` is sent, quiet_hours, or TOO_LATE.
    """

    who: str
    what: str
    about: str
    due: str
    end: str


@dataclass(frozen=True, slots=True)
class Person:
    """A rep of the simulated team, by whose own wall clock everything comes.

    `born`: the solar days on which birthdays of the rep's customers are kept; `women`: the rep has such a customer;
    `once`: instants of tasks with an hour that the rep set himself; `daily`: the hour of a task repeated every day.
    """

    name: str
    zone: str
    born: dict[str, tuple[int, int]]
    women: bool
    once: dict[str, datetime]
    daily: time | None = None


def expected(people: Sequence[Person], team_zone: str, ups: Sequence[datetime], days: Sequence[date]) -> list[Told]:
    """Everything that must have happened by the last of `ups`, the instants at which the bot looked, in their order."""
    told: list[Told] = []
    for person in people:
        for day in days:
            told += _of_the_day(person, day, ups)
        told += [one for what, due in person.once.items() for one in _task(person, what, due, ups)]
        told += _daily(person, ups)
    for day in days:
        if (day.weekday() < 5 and day not in OFF) or day in WORKED:
            told += _once(("群", "digest", ""), day, DIGEST, ZoneInfo(team_zone), ups)
    return told


# Source: the State Council's notice for 2026; the days that lie within the simulated spans.
OFF = frozenset({date(2026, 4, 6), date(2027, 1, 1)})
WORKED = frozenset({date(2026, 2, 28)})
LANTERN, WOMEN, NEW_YEAR = date(2026, 3, 3), (3, 8), (1, 1)


def _of_the_day(person: Person, day: date, ups: Sequence[datetime]) -> list[Told]:
    zone = ZoneInfo(person.zone)
    wanted = [("card", "")]
    for name, born in person.born.items():
        wanted += [("birthday", name)] if (day.month, day.day) == born else []
        ahead = day + timedelta(days=3)
        wanted += [("birthday in 3", name)] if (ahead.month, ahead.day) == born else []
    if day == LANTERN:
        wanted.append(("festival", "元宵"))
    if (day.month, day.day) == NEW_YEAR:
        wanted.append(("festival", "元旦"))
    if (day.month, day.day) == WOMEN and person.women:
        wanted.append(("festival", "妇女节"))
    return [one for what, about in wanted for one in _once((person.name, what, about), day, MORNING, zone, ups)]


def _once(about: tuple[str, str, str], day: date, at: time, zone: ZoneInfo, ups: Sequence[datetime]) -> list[Told]:
    """Good for its day only: by the first look of that day from its hour on; in the evening it is too late.

    Who looked shortly before its hour has it planned: then the first look from its hour on decides, on whatever day.
    """
    due, is_planned = datetime.combine(day, at, zone), False
    for up in ups:
        local = up.astimezone(zone)
        is_planned = is_planned or (local.date() == day and up >= due - AHEAD)
        if is_planned and up >= due:
            by_day = "sent" if local.time() < EVENING else "quiet_hours"
            return [Told(*about, day.isoformat(), by_day if local.date() == day else TOO_LATE)]
    return []


def _task(person: Person, what: str, due: datetime, ups: Sequence[datetime]) -> list[Told]:
    """Never lost: at the first look from its instant on that is not in the night, but for a night it was set for."""
    zone, waits_for = ZoneInfo(person.zone), due
    for up in ups:
        if up < waits_for:
            continue
        local = up.astimezone(zone)
        if MORNING <= local.time() < EVENING or _night(local) == _night(due.astimezone(zone)):
            return [Told(person.name, "task", what, f"{due.astimezone(UTC):%Y-%m-%d %H:%M}", "sent")]
        morning = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
        waits_for = datetime.combine(morning, MORNING, zone)
    return []


def _night(local: datetime) -> date | None:
    """The day on which this night began; None by day."""
    by_day = MORNING <= local.time() < EVENING
    return None if by_day else (local.replace(tzinfo=None) - HALF_DAY).date()


def _daily(person: Person, ups: Sequence[datetime]) -> list[Told]:
    """One for each day on which the bot looked; after downtime it goes on with the next that lies ahead."""
    if person.daily is None:
        return []
    zone, told = ZoneInfo(person.zone), []
    due = next_at(person.daily, zone, ups[0])
    for up in ups:
        if up >= due:
            told.append(Told(person.name, "daily", "看报表", f"{due.astimezone(UTC):%Y-%m-%d %H:%M}", "planned"))
            due = next_at(person.daily, zone, up)
    return told


def next_at(at: time, zone: ZoneInfo, after: datetime) -> datetime:
    """The first instant after this one at which clocks of the zone show `at`."""
    day = after.astimezone(zone).date()
    found = datetime.combine(day, at, zone)
    return found if found > after else datetime.combine(day + timedelta(days=1), at, zone)

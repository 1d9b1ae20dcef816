"""Weeks of several teams around the world, played against the planners: nothing missing, nothing doubled.

Clocks change both ways, the bot is down for up to 26 hours, its clock steps by two hours, 90 minutes back and a day
back, and on PostgreSQL two processes plan and send at the same moments. What must come is worked out in
almanac_of_a_team, which knows no planner.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from almanac import festivals
from crm import claims, clockwork, outbox
from crm.database import Database
from crm.outbox import Outcome
from crm.tables import Customer, Member, Outbox, Task, Team
from handlers import pushes
from tests.faults import almanac_of_a_team as plain
from tests.faults.almanac_of_a_team import Told
from tests.faults.teams_around_the_world import REPS, World, founded

DAYS = 5


class Span(NamedTuple):
    """DAYS in three zones; the bot is down over the `change` of a clock, in the north forward, else back."""

    begin: datetime
    zones: tuple[str, str, str]
    change: datetime
    seed: int


# The clocks of Lord Howe change by half an hour, those of Santiago at midnight.
SPANS = {
    "America": Span(
        datetime(2026, 3, 4, 22, tzinfo=UTC),
        ("America/New_York", "Asia/Shanghai", "Pacific/Kiritimati"),
        datetime(2026, 3, 8, 7, tzinfo=UTC),
        3,
    ),
    "Europe": Span(
        datetime(2026, 3, 26, 22, tzinfo=UTC),
        ("Europe/London", "Asia/Kathmandu", "Asia/Shanghai"),
        datetime(2026, 3, 29, 1, tzinfo=UTC),
        4,
    ),
    "South": Span(
        datetime(2026, 4, 1, 22, tzinfo=UTC),
        ("Australia/Sydney", "Australia/Lord_Howe", "America/Santiago"),
        datetime(2026, 4, 4, 16, tzinfo=UTC),
        5,
    ),
    "New Year": Span(
        datetime(2026, 12, 29, 3, tzinfo=UTC),
        ("Asia/Shanghai", "America/New_York", "Pacific/Kiritimati"),
        datetime(2026, 12, 31, 16, tzinfo=UTC),
        6,
    ),
}
DOWN = (timedelta(hours=2), timedelta(hours=9), timedelta(hours=26))
BACK = (timedelta(minutes=-90), timedelta(days=-1))


@dataclass(slots=True)
class Side:
    """A process's view: its database, and what it carried."""

    database: Database
    carried: list[int] = field(default_factory=list)


def looks(chance: random.Random, begin: datetime, days: int, down_at: datetime | None = None) -> list[datetime]:
    """The instants at which the bot looks; it is down now and then, also `down_at`, or its clock is set."""
    now, end, found = begin, begin + timedelta(days=days), []
    while now < end:
        found.append(now)
        step = timedelta(minutes=chance.choice((5, 20, 45, 80)))
        luck = chance.random()
        if down_at is not None and now < down_at <= now + step:
            step, down_at = chance.choice(DOWN), None
        elif luck < 0.02:
            step = chance.choice(DOWN)
        elif luck < 0.03 and now + BACK[1] > begin:
            step = chance.choice(BACK)
        now += step
    return found


def look(side: Side, now: datetime) -> None:
    """One tick of one process: everything is planned, everything due is sent and written down."""
    team_ids = side.database.read_now(lambda db: list(db.scalars(select(Team.team_id))))
    for team_id in team_ids:
        first = 0
        while first < len(clockwork.PLANNERS):
            first = _plan(side, team_id, now, first).next
    while ids := side.database.write_now(lambda db: claims.claim(db, now, datetime.now(UTC), 60)):
        letters = side.database.write_now(lambda db, ids=ids: pushes.worded(db, ids, now))  # type: ignore[misc]
        side.carried += [letter.outbox_id for letter in letters]
        outcomes = [Outcome(letter.outbox_id, "sent", now, message_id=letter.outbox_id) for letter in letters]
        side.database.write_now(lambda db, ends=outcomes: outbox.record(db, ends))  # type: ignore[misc]


def _plan(side: Side, team_id: int, now: datetime, first: int) -> clockwork.Stretch:
    return side.database.write_now(lambda db: clockwork.plan_some(db, team_id, now, first))


def together(sides: Sequence[Side], now: datetime) -> None:
    """All processes look at the same moment; what one holds, the other leaves to it, so they look once more after."""
    faults: list[BaseException] = []

    def run(side: Side) -> None:
        try:
            look(side, now)
        except BaseException as error:  # told to the test's own thread
            faults.append(error)

    threads = [threading.Thread(target=run, args=(side,)) for side in sides]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults, faults
    look(sides[0], now)


def really(database: Database, world: World, zone: str, now: datetime) -> list[Told]:
    """The ledger of the zone's team in the words of the expectation, without what is planned ahead or says nothing."""

    def work(db: Session) -> list[Told]:
        rows = select(Outbox).where(Outbox.team_id == world.team_ids[zone], Outbox.push.is_not(None))
        due = [row for row in db.scalars(rows) if row.state != "pending" or (row.held_from or row.due_at) <= now]
        return [told for row in due if (told := _told(db, row)) is not None]

    return database.read_now(work)


def _told(db: Session, row: Outbox) -> Told | None:
    assert row.state in ("sent", "skipped", "pending"), (row.key, row.state, row.reason)
    member = db.get(Member, row.member_id) if row.member_id is not None else None
    who, key = member.name if member is not None else "群", (row.key or "").split(":")
    end = row.state if row.state != "skipped" else row.reason or ""
    match row.push:
        case "card" | "digest":
            return Told(who, row.push, "", key[2], end)
        case "birthday":
            on, ahead = date.fromisoformat(key[2]), int(key[3]) if key[3].isdecimal() else 0
            what = f"birthday in {ahead}" if ahead else "birthday"
            return Told(who, what, db.get_one(Customer, row.customer_id).name, f"{on - timedelta(days=ahead)}", end)
        case "festival":
            return (
                None
                if end not in ("sent", "quiet_hours", plain.TOO_LATE)
                else Told(who, row.push, festivals.name_of(key[2]), key[3], end)
            )
        case "task":
            what = db.get_one(Task, row.task_id).what
            due = datetime.fromisoformat(row.payload["due_at"]) if row.method == "push" else _due_of(row)
            if what == "看报表":
                return Told(who, "daily", what, f"{due:%Y-%m-%d %H:%M}", "planned")
            return None if end == "pending" else Told(who, "task", what, f"{due:%Y-%m-%d %H:%M}", end)
    return None


def _due_of(row: Outbox) -> datetime:
    return datetime.strptime((row.key or "").split(":", 2)[2], "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)


def simulate(
    sides: Sequence[Side],
    zones: Sequence[str],
    span: tuple[datetime, int],
    seed: int,
    down_at: datetime | None = None,
) -> tuple[int, list[str], list[str]]:
    """User-days, what is missing, what is too much or doubled."""
    chance = random.Random(seed)
    begin, days = span
    world = sides[0].database.write_now(lambda db: founded(db, chance, zones, begin, days))
    moments = looks(chance, begin, days, down_at)
    for now in moments:
        if len(sides) > 1 and chance.random() < 0.3:
            together(sides, now)
        else:
            look(chance.choice(list(sides)), now)
    all_days = [begin.date() + timedelta(days=ahead) for ahead in range(-1, days + 2)]
    missing: Counter[Told] = Counter()
    extra: Counter[Told] = Counter()
    for zone in zones:
        want = Counter(plain.expected(world.people[zone], zone, moments, all_days))
        have = Counter(really(sides[0].database, world, zone, moments[-1]))
        missing, extra = missing + (want - have), extra + (have - want)
    carried = Counter(outbox_id for side in sides for outbox_id in side.carried)
    twice = [f"carried twice: {outbox_id}" for outbox_id, times in carried.items() if times > 1]
    return len(zones) * REPS * days, _words(missing), [*_words(extra), *twice]


def _words(found: Counter[Told]) -> list[str]:
    return [f"{times} x {'  '.join(told)}" for told, times in sorted(found.items())]


def report(played: int, missing: list[str], extra: list[str]) -> None:
    print(f"{played:,} user-days: {len(missing)} missing, {len(extra)} doubled or not expected")  # noqa: T201  a count to be read
    assert not missing, missing[:20]
    assert not extra, extra[:20]


@pytest.mark.long
def test_a_week_of_changing_clocks_loses_and_doubles_nothing(database: Database) -> None:
    span = (datetime(2026, 3, 27, 22, tzinfo=UTC), 10)
    report(*simulate([Side(database)], ("Europe/London", "Australia/Sydney"), span, 1))


@pytest.mark.long
@pytest.mark.postgresql
@pytest.mark.parametrize("span", SPANS.values(), ids=SPANS)
def test_weeks_around_the_world_by_two_processes_lose_and_double_nothing(postgres_url: str, span: Span) -> None:
    opened: list[Database] = [Database(postgres_url), Database(postgres_url)]
    opened[0].migrate()
    for number, database in enumerate(opened, 1):
        claims.sign(database.engine, number)
    try:
        sides = [Side(database) for database in opened]
        report(*simulate(sides, span.zones, (span.begin, DAYS), span.seed, span.change))
    finally:
        for database in opened:
            database.close()

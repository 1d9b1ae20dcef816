"""What the clock would cause on a day: the real planners and renderers, hour by hour, in a transaction rolled back.

An SQLite file is copied first, so that a running bot is not disturbed; on PostgreSQL the planners of a team wait while
its preview runs.
"""

from __future__ import annotations

import contextlib
import html
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import make_url, select
from sqlalchemy.orm import Session

from crm import clockwork, forecast, held, ledger, members, outbox, teams
from crm.database import Database
from crm.ledger import Entry
from crm.tables import Outbox, Team
from handlers import pushes
from handlers.texts import ledger as texts

WARM_UP = 15  # days played before the day asked for, so that what has steps (untouched leads) stands where it would
HEAD = 60  # characters of a message that are printed
TAG = re.compile("<[^>]+>")


class PastDay(ValueError):
    """What came on a day that is over stands in /missed and /why."""


@dataclass(frozen=True, slots=True)
class Line:
    """One push of the day, and the beginning of its text where it would be sent."""

    entry: Entry
    at: datetime
    text: str = ""

    def __str__(self) -> str:
        """`hour<TAB>whom<TAB>what<TAB>whether<TAB>rule and data`."""
        hour = f"{self.at.astimezone(self.entry.zone):%H:%M}"
        return "\t".join((hour, *texts.preview(self.entry), self.text)).strip()


@contextlib.contextmanager
def opened(database_url: str) -> Iterator[Database]:
    """The database, an SQLite file as a copy that is gone afterwards."""
    url = make_url(database_url)
    with tempfile.TemporaryDirectory() as folder:
        copied = database_url
        if url.get_backend_name() == "sqlite":
            copied = f"sqlite:///{Path(folder) / 'preview.db'}"
            _copy(Path(url.database or ""), Path(folder) / "preview.db")
        database = Database(copied)
        try:
            if database.is_sqlite:
                database.migrate()  # the copy only
            yield database
        finally:
            database.close()


def _copy(source: Path, target: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as read,
        contextlib.closing(sqlite3.connect(target)) as written,
    ):
        read.backup(written)


def of_day(database: Database, team_id: int, on: date, now: datetime) -> list[Line]:
    """The pushes that settings and data would cause for the team on that day, in order; nothing of it stays.

    Raises: PastDay
    """
    with Session(database.engine, expire_on_commit=False) as db:
        db.connection(execution_options={"sales_write": True})
        try:
            found = _played(db, db.get_one(Team, team_id), on, now)
            db.expunge_all()
        finally:
            db.rollback()
    return found


def _played(db: Session, team: Team, on: date, now: datetime) -> list[Line]:
    zone = ZoneInfo(team.zone)
    start = datetime.combine(on, time(0), zone)
    end = datetime.combine(on + timedelta(days=1), time(0), zone)
    if end <= now:
        raise PastDay(on)
    _warm_up(db, team, max(now, start - timedelta(days=WARM_UP)), start)
    asking = _who_sees_all(db, team, now)
    lines = [_ended(db, asking, row) for row in _of(db, team, start, end) if row.state not in outbox.OPEN]
    instant = max(now, start)
    while instant < end:
        forecast.plan(db, team, instant)
        db.flush()
        lines += _sent(db, team, asking, start, instant)
        instant = min(instant.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1), end)
    forecast.plan(db, team, end - timedelta(seconds=1))
    lines += _sent(db, team, asking, start, end - timedelta(seconds=1))
    return sorted(lines, key=lambda line: (line.at, line.entry.row.outbox_id))


def _warm_up(db: Session, team: Team, now: datetime, start: datetime) -> None:
    """The days before are planned at their ends; what quiet hours would put off into the day asked for is put off."""
    day = datetime.combine(now.astimezone(start.tzinfo).date() + timedelta(days=1), time(0), start.tzinfo)
    while day <= start:
        last = day - timedelta(seconds=1)
        is_eve = day == start
        forecast.plan(db, team, last, clockwork.PLANNERS if is_eve else forecast.CHEAP)
        db.flush()
        for row in _of(db, team, None, day):
            if row.state == "pending":
                row.state = "sending"
                _put_off_or_end(db, row)
        day += timedelta(days=1)
    db.flush()


def _put_off_or_end(db: Session, row: Outbox) -> None:
    until = pushes.quiet_until(db, row, row.due_at)
    if until is None:
        row.state, row.sent_at = "sent", row.due_at
    else:
        held.put_off(row, until)


def _of(db: Session, team: Team, start: datetime | None, end: datetime) -> list[Outbox]:
    """The team's pushes due by then and not before, those that wait for an earlier hour still."""
    rows = select(Outbox).where(Outbox.team_id == team.team_id, Outbox.push.is_not(None), Outbox.due_at < end)
    rows = rows.where(Outbox.due_at >= start) if start is not None else rows.where(Outbox.state == "pending")
    return list(db.scalars(rows.order_by(Outbox.due_at, Outbox.outbox_id)))


def _sent(db: Session, team: Team, asking: members.Actor, start: datetime, until: datetime) -> list[Line]:
    """What is due by now ends as it would: sent, held back, or put off."""
    lines = []
    for row in _of(db, team, None, until + timedelta(seconds=1)):
        at = max(row.due_at, start)
        entry = ledger.entry(db, asking, row, is_listed=True)
        letter = pushes.rehearse(db, row, at)
        lines.append(Line(entry, at, _beginning(letter.payload) if letter else ""))
    return lines


def _ended(db: Session, asking: members.Actor, row: Outbox) -> Line:
    """What was sent or held back earlier on the day."""
    return Line(ledger.entry(db, asking, row, is_listed=True), row.sent_at or row.due_at)


def _beginning(payload: dict[str, object]) -> str:
    said = html.unescape(TAG.sub("", str(payload.get("text") or payload.get("caption") or "")))
    flat = " ".join(said.split())
    return flat if len(flat) <= HEAD else flat[: HEAD - 1] + "…"


def _who_sees_all(db: Session, team: Team, now: datetime) -> members.Actor:
    """Somebody for whom no customer of the team is hidden, on the team's clock."""
    anybody = next(iter([*teams.admins(db, team.team_id), *members.present(db, team.team_id)]))
    return replace(members.as_actor(anybody, team, now), is_admin=True, zone=ZoneInfo(team.zone))

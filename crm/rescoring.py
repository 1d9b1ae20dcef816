"""A full run of the scores beside everything else: computed elsewhere, the writer gets small pieces of it.

A team of a few hundred customers is computed by a reader of this process; a larger one by a process of its own
(`heavy`), which reads the database itself and hands over a thousand rows at a time, so that neither the event loop nor
the writer ever waits for it.
"""

from __future__ import annotations

import asyncio
import importlib
import pickle
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from sqlalchemy.orm import Session

from crm import scores
from crm.database import Database
from crm.score_rows import Row
from crm.scores import Fresh
from crm.tables import Team

PART = 100


class Heavy(Protocol):
    """Runs CPU work in another process."""

    def __call__(self, function: Callable[..., Any], /, *args: Any) -> Awaitable[Any]: ...


async def renew(
    database: Database, team_id: int, now: datetime, *, at_once: bool = False, heavy: Heavy | None = None
) -> bool:
    """The team's scores are of now where that was due; True when they were computed. Repeating it changes nothing.

    Cut off in the middle, it leaves rows that the next run finds written, and the run before as the last one.
    """

    def look(db: Session) -> tuple[bool, bool]:
        team = db.get_one(Team, team_id)
        return scores.is_due(db, team, now, at_once=at_once), scores.is_large(db, team_id)

    is_due, is_large = await database.read(look)
    if not is_due:
        return False
    await asyncio.to_thread(importlib.import_module, "scoring.portfolio")  # an order asks for it inside the writer
    if heavy is None or not is_large:
        await _here(database, team_id, now)
    else:
        await _elsewhere(database, team_id, now, heavy)
    return True


async def _here(database: Database, team_id: int, now: datetime) -> None:
    fresh = await database.read(lambda db: scores.compute(db, db.get_one(Team, team_id), now))
    for start in range(0, len(fresh.rows), scores.CHUNK):
        await database.write(partial(scores.put, rows=fresh.rows[start : start + scores.CHUNK], now=now))
    await database.write(lambda db: scores.settle(db, db.get_one(Team, team_id), fresh.settled(), now))


async def _elsewhere(database: Database, team_id: int, now: datetime, heavy: Heavy) -> None:
    count = await heavy(compute, database.url, team_id, now)
    for start in range(0, count, scores.CHUNK):
        parts = await heavy(piece, database.url, team_id, now, start)
        await database.write(partial(_put, parts=parts, now=now))
    settled = await heavy(end, database.url, team_id, now)
    await database.write(lambda db: scores.settle(db, db.get_one(Team, team_id), settled, now))


_made: dict[tuple[str, int, datetime], Fresh] = {}  # of the other process: what it has computed and not handed over


def compute(url: str, team_id: int, now: datetime) -> int:
    """The team's scores are computed in this process; how many rows there are to store."""
    database = Database(url)
    try:
        fresh = database.read_now(lambda db: scores.compute(db, db.get_one(Team, team_id), now))
    finally:
        database.close()
    _made.clear()
    _made[url, team_id, now] = fresh
    return len(fresh.rows)


def piece(url: str, team_id: int, now: datetime, start: int) -> list[bytes]:
    """A thousand rows of what was computed, in parts: nobody holds the interpreter for long when it reads one."""
    rows = _made[url, team_id, now].rows[start : start + scores.CHUNK]
    return [pickle.dumps(rows[at : at + PART]) for at in range(0, len(rows), PART)]


def _put(db: Session, parts: Sequence[bytes], now: datetime) -> None:
    for part in parts:
        rows: list[Row] = pickle.loads(part)  # noqa: S301  # made by our own process a moment ago
        scores.put(db, rows, now)


def end(url: str, team_id: int, now: datetime) -> scores.Settled:
    """What the end of the run stores; nothing is kept here any more."""
    return _made.pop((url, team_id, now)).settled()

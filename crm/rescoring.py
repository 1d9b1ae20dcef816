"""A full run of the scores beside everything else: a reader computes, the writer gets small pieces of it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from crm import scores
from crm.database import Database
from crm.scores import Fresh
from crm.tables import Team


async def renew(database: Database, team_id: int, now: datetime, *, at_once: bool = False) -> bool:
    """The team's scores are of now where that was due; True when they were computed. Repeating it changes nothing.

    Cut off in the middle, it leaves rows that the next run finds written, and the run before as the last one.
    """

    def look(db: Session) -> Fresh | None:
        team = db.get_one(Team, team_id)
        return scores.compute(db, team, now) if scores.is_due(db, team, now, at_once=at_once) else None

    fresh = await database.read(look)
    if fresh is None:
        return False
    for start in range(0, len(fresh.rows), scores.CHUNK):
        await database.write(partial(scores.put, rows=fresh.rows[start : start + scores.CHUNK], now=now))
    await database.write(lambda db: scores.settle(db, db.get_one(Team, team_id), fresh, now))
    return True

"""All records of a large team compared each with each, in another process, once a day and when somebody asks first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Protocol

from crm import duplicates
from crm.database import Database
from crm.duplicates import Found, Pairs


class Heavy(Protocol):
    """Runs CPU work in another process."""

    def __call__(self, function: Callable[..., Any], /, *args: Any) -> Awaitable[Any]: ...


async def renew(database: Database, team_id: int, now: datetime, heavy: Heavy) -> bool:
    """A large team's pairs are of now where that was due; True when something was. Repeating it changes nothing.

    A few records that have changed are compared by a reader of this process, all of them elsewhere.
    """
    if await database.read(lambda db: duplicates.is_due(db, team_id, now)):
        await sweep(database, team_id, now, heavy)
        return True
    found = await database.read(lambda db: duplicates.look(db, team_id, now))
    if found is None or found.behind:
        return False
    await database.write(lambda db: duplicates.put(db, team_id, found))
    return True


async def sweep(database: Database, team_id: int, now: datetime, heavy: Heavy) -> None:
    """The team's pairs are of now."""
    pairs = await heavy(compute, database.url, team_id)
    await database.write(lambda db: duplicates.put(db, team_id, Found(pairs, None, now)))


def compute(url: str, team_id: int) -> Pairs:
    """Every suspected pair of the team."""
    database = Database(url)
    try:
        return database.read_now(lambda db: duplicates.sweep(db, team_id))
    finally:
        database.close()

"""One process learns at a time, and a dead one's turn is free at once."""

from __future__ import annotations

import pytest

from bot.single import LearnerLock
from crm.database import Database


@pytest.mark.postgresql
def test_one_of_two_processes_learns(postgres_url: str) -> None:
    first, second = Database(postgres_url), Database(postgres_url)
    mine, other = LearnerLock(first), LearnerLock(second)
    assert mine.take()
    assert mine.take()
    assert not other.take()
    mine.free()
    assert other.take()
    other.free()
    first.close()
    second.close()


@pytest.mark.postgresql
def test_turn_of_a_dead_process_is_free(postgres_url: str) -> None:
    first, second = Database(postgres_url), Database(postgres_url)
    mine, other = LearnerLock(first), LearnerLock(second)
    assert mine.take()
    first.engine.dispose()  # its connections are cut, as when the process dies
    mine._connection.invalidate()  # type: ignore[union-attr]
    assert other.take()
    other.free()
    first.close()
    second.close()


def test_sqlite_has_one_process_anyway(database: Database) -> None:
    assert LearnerLock(database).take()
    assert LearnerLock(database).take()

"""Group commit: what resolves is durable, what fails takes nothing else with it."""

from __future__ import annotations

import asyncio
import threading
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.database import Database, DatabaseClosed
from crm.tables import Fact, Team

NOW = datetime(2026, 3, 18, tzinfo=UTC)


def _count(db: Session) -> int:
    return db.scalar(select(func.count()).select_from(Team)) or 0


async def test_a_failing_piece_of_a_group_leaves_the_others_alone(database: Database) -> None:
    gate = threading.Event()

    def hold(_db: Session) -> None:
        gate.wait(5)

    def add(db: Session) -> None:
        db.add(Team(name="好", created_at=NOW))

    def fail(db: Session) -> None:
        db.add(Team(name="坏", created_at=NOW))
        db.flush()
        raise KeyError("no")

    holding = asyncio.ensure_future(database.write(hold))
    pieces = [asyncio.ensure_future(database.write(work)) for work in (add, fail, add)]
    await asyncio.sleep(0)
    gate.set()
    await holding
    results = await asyncio.gather(*pieces, return_exceptions=True)
    assert isinstance(results[1], KeyError)
    assert results[0] is results[2] is None
    assert await database.read(lambda db: sorted(db.scalars(select(Team.name)))) == ["好", "好"]


async def test_results_are_usable_after_the_commit(database: Database) -> None:
    def add(db: Session) -> Team:
        team = Team(name="一组", created_at=NOW)
        db.add(team)
        db.flush()
        return team

    team = await database.write(add)
    assert (team.team_id, team.name, team.created_at) == (1, "一组", NOW)


async def test_a_commit_that_cannot_be_made_fails_every_piece(database: Database) -> None:
    def break_foreign_key(db: Session) -> None:
        db.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        db.connection().exec_driver_sql(
            "INSERT INTO customer_phone (team_id, customer_id, phone, kind) VALUES (1, 999, '13800138000', 'mobile')"
        )

    with pytest.raises(Exception, match="FOREIGN KEY"):
        await database.write(break_foreign_key)
    assert await database.read(_count) == 0


async def test_readers_go_on_while_a_write_is_open(database: Database) -> None:
    inside, leave = threading.Event(), threading.Event()

    def slow(db: Session) -> None:
        db.add(Fact(name="x", value={}))
        db.flush()
        inside.set()
        leave.wait(5)

    writing = asyncio.ensure_future(database.write(slow))
    await asyncio.to_thread(inside.wait, 5)
    assert await database.read(lambda db: db.get(Fact, "x")) is None
    leave.set()
    await writing
    assert await database.read(lambda db: db.get(Fact, "x")) is not None


def test_what_is_committed_is_synced_to_disk(database: Database) -> None:
    assert database.read_now(lambda db: db.connection().exec_driver_sql("PRAGMA synchronous").scalar()) == 2
    assert database.read_now(lambda db: db.connection().exec_driver_sql("PRAGMA journal_mode").scalar()) == "wal"


def test_work_after_close_is_refused(database_url: str) -> None:
    database = Database(database_url)
    database.close()
    with pytest.raises(DatabaseClosed):
        database.write_now(_count)


async def test_a_full_disk_fails_the_whole_group_and_nobody_is_told_otherwise(database: Database) -> None:
    gate = threading.Event()

    def hold(db: Session) -> None:
        gate.wait(5)

    def fill_up(db: Session) -> None:
        pages = db.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
        db.connection().exec_driver_sql(f"PRAGMA max_page_count={pages + 5}")

    def add(db: Session) -> None:
        db.add(Fact(name="small", value={}))

    def add_last(db: Session) -> None:
        db.add(Fact(name="last", value={}))

    def add_much(db: Session) -> None:
        db.add(Fact(name="large", value={"much": "x" * 1_000_000}))

    await database.write(fill_up)
    pieces = [asyncio.ensure_future(database.write(work)) for work in (hold, add, add_much, add_last)]
    await asyncio.sleep(0)
    gate.set()
    results = await asyncio.gather(*pieces, return_exceptions=True)
    stored = await database.read(lambda db: set(db.scalars(select(Fact.name))))
    assert isinstance(results[2], Exception)
    assert [result is None for result in results[1::2]] == ["small" in stored, "last" in stored]
    await database.write(add)


async def test_the_writer_lives_on_when_it_had_a_connection_beyond_the_pool(database: Database) -> None:
    """All others have been given back before it, so that it is closed as soon as it is."""
    taken = ExitStack()
    for _ in range(database.engine.pool.size()):  # type: ignore[attr-defined]  # it has a size
        taken.enter_context(database.engine.connect())

    def add(db: Session) -> None:
        db.add(Team(name="好", created_at=NOW))
        taken.close()

    async with asyncio.timeout(5):
        await database.write(add)
    async with asyncio.timeout(5):
        await database.write(add)
    assert database.read_now(_count) == 2

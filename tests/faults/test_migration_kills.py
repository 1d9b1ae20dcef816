"""kill -9 while an older database is brought to the newest schema: the old one stays whole, the next start finishes."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import alembic.command
import alembic.config
import pytest
from sqlalchemy import Connection, create_engine, insert, inspect, select, text
from sqlalchemy.orm import Session

from crm import customers, database, members
from crm.tables import Note, NoteTag
from tests import postgres
from tests.bot import house
from tests.faults import note_load
from tests.faults.process import ROOT

OLD = "0005"  # before restraint, campaigns, cases and deals: rows are moved as well as tables made
NOTES = 20_000
KILLS, LEAST = 3, 2
MIGRATING = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7204001 AND granted")

Counts = dict[str, int]


def _age(url: str) -> None:
    """The database is one of the older version, with a customer of whom thousands of notes tell needs."""
    house.seat(url, 1001)
    opened = database.Database(url)
    opened.write_now(_fill)
    config = alembic.config.Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    with opened.engine.begin() as connection:
        config.attributes["connection"] = connection
        alembic.command.downgrade(config, OLD)
    opened.close()


def _fill(db: Session) -> None:
    actor = members.acting(db, 1001, house.NOW)
    customer_id = customers.add(db, actor, customers.Profile(name="张伟"), house.NOW).customer_id
    whose = {"team_id": actor.team_id, "customer_id": customer_id, "created_at": house.NOW}
    note = {**whose, "author_id": actor.member_id, "text": "嫌交期慢，要样品", "tagged": True}
    db.execute(insert(Note), [note] * NOTES)
    labels = (("intent", "need_explicit"), ("topic", "delivery"))
    ids = db.scalars(select(Note.note_id)).all()
    tags = [{**whose, "note_id": n, "kind": k, "label": label, "probability": 1.0} for n in ids for k, label in labels]
    db.execute(insert(NoteTag), tags)


def _state(url: str) -> tuple[str, Counts]:
    """The revision, and how many rows every table has."""
    opened = database.Database(url)
    with opened.engine.begin() as connection:
        revision = str(connection.scalar(text("SELECT version_num FROM alembic_version")))
        counts = {name: _rows(connection, name) for name in inspect(connection).get_table_names()}
    opened.close()
    return revision, counts


def _rows(connection: Connection, name: str) -> int:
    quoted = connection.dialect.identifier_preparer.quote(name)
    return int(connection.scalar(text(f"SELECT count(*) FROM {quoted}")) or 0)  # noqa: S608  a table's own name


async def _migrating(url: str, folder: Path) -> asyncio.subprocess.Process:
    """`python -m bot migrate` of its own, begun."""
    settings = {"SALES_CONFIG": str(folder / "none.toml"), "SALES_DATA_DIR": str(folder), "SALES_DATABASE_URL": url}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "migrate", cwd=ROOT, env={**os.environ, **settings}
    )


@contextmanager
def _holder(url: str) -> Iterator[Callable[[], bool]]:
    """Tells whether somebody migrates the database now."""
    if url.startswith("sqlite"):
        yield lambda: _is_locked(url.removeprefix("sqlite:///"))
        return
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield lambda: bool(connection.scalar(MIGRATING))
    engine.dispose()


def _is_locked(path: str) -> bool:
    connection = sqlite3.connect(path, isolation_level=None, timeout=0)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    finally:
        connection.close()
    return False


async def _kill_again_and_again(url: str, other: str, folder: Path) -> None:
    """One database is migrated in peace, which tells how long that takes; its like is killed at fractions of it."""
    before = _state(url)
    assert before[0] == OLD
    took = await _migrate(other, folder)
    hits = 0
    with _holder(url) as held:
        while hits < KILLS:
            await _kill_one(url, folder, held, took * hits / KILLS / 2)
            after = _state(url)
            assert after in (before, _state(other))  # the whole of one or the whole of the other
            if after != before:
                break  # it was done sooner than the killer thought
            hits += 1
    last = await _migrate(url, folder)
    print(f"\nmigration of {NOTES} notes: {took:.1f} s, killed {hits} times, then finished in {last:.1f} s")  # noqa: T201  each fault test shows its counts: pytest -s
    assert hits >= LEAST
    assert _state(url) == _state(other)
    assert _state(url)[0] == database.Database.newest_revision()
    assert _state(url)[1]["need"] == NOTES


async def _kill_one(url: str, folder: Path, held: Callable[[], bool], seconds: float) -> None:
    migrating = await _migrating(url, folder)
    await note_load.until(held)
    await asyncio.sleep(seconds)  # a moment of the migration: the one place where time is the fault
    if migrating.returncode is None:
        migrating.kill()
    await migrating.wait()
    await note_load.until(lambda: not held())


async def _migrate(url: str, folder: Path) -> float:
    """Seconds that the migration held the database, to its end."""
    migrating = await _migrating(url, folder)
    with _holder(url) as held:
        await note_load.until(lambda: held() or migrating.returncode is not None)
    began = time.monotonic()
    assert await migrating.wait() == 0
    return time.monotonic() - began


@pytest.mark.long
async def test_a_killed_migration_leaves_the_old_database_and_the_next_finishes(
    tmp_path: Path, database_url: str
) -> None:
    _age(database_url)
    shutil.copy(tmp_path / "sales.db", tmp_path / "other.db")
    await _kill_again_and_again(database_url, f"sqlite:///{tmp_path / 'other.db'}", tmp_path)


@pytest.mark.long
@pytest.mark.postgresql
async def test_a_killed_migration_of_postgresql(tmp_path: Path, postgres_server: str, postgres_url: str) -> None:
    with postgres.fresh_database(postgres_server, f"t{uuid.uuid4().hex}") as other:
        for url in (postgres_url, other):
            _age(url)
        await _kill_again_and_again(postgres_url, other, tmp_path)

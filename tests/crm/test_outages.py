"""What keeps a database from serving is told from what is wrong with the work, by real errors of both databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from crm import outages
from crm.database import Database
from crm.tables import Fact


def _error(database: Database, work: Callable[[Session], object]) -> BaseException:
    with pytest.raises(Exception) as caught:
        database.write_now(work)
    return caught.value


def test_a_fault_of_the_work_is_no_outage(any_database: Database) -> None:
    for statement in ("SELECT * FROM nowhere", "INSERT INTO fact (name) VALUES (NULL)", "SELECT 'x' = ("):
        error = _error(any_database, lambda db, s=statement: db.execute(text(s)))  # type: ignore[misc]
        assert outages.of(error) is None
    assert outages.of(ValueError()) is outages.of(None) is None
    assert any_database.outages.present is None


def test_a_held_file_is_locked(database: Database, tmp_path: Path) -> None:
    def impatient(db: Session) -> None:
        db.connection().exec_driver_sql("PRAGMA busy_timeout=1")

    database.write_now(impatient)
    with sqlite3.connect(tmp_path / "sales.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert outages.of(_error(database, impatient)) == "locked"
        assert database.outages.present == "locked"
        other.execute("ROLLBACK")
    other.close()


def test_no_room_is_full_until_something_was_written(database: Database) -> None:
    told: list[str | None] = []
    database.outages.on_change = told.append

    def limit(db: Session, more: int) -> None:
        pages = db.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
        db.connection().exec_driver_sql(f"PRAGMA max_page_count={pages + more}")

    database.write_now(lambda db: limit(db, 0))
    much = Fact(name="much", value={"much": "x" * 100_000})
    assert outages.of(_error(database, lambda db: db.add(much))) == "full"
    database.write_now(lambda db: None)  # a commit of nothing shows nothing
    assert told == ["full"]
    database.write_now(lambda db: limit(db, 1_000))
    database.write_now(lambda db: db.add(Fact(name="little", value={})))
    assert told == ["full", None]


@pytest.mark.postgresql
def test_a_broken_connection_and_a_server_that_is_not_there_are_away(postgres_url: str) -> None:
    database = Database(postgres_url)
    database.migrate()
    killed = _error(database, lambda db: db.execute(text("SELECT pg_terminate_backend(pg_backend_pid())")))
    assert outages.of(killed) == "away"
    seen = [database.outages.present]
    database.write_now(lambda db: None)
    assert [*seen, database.outages.present] == ["away", None]
    waited = text("SET lock_timeout = 1; LOCK TABLE team")
    with database.engine.begin() as held:
        held.execute(text("LOCK TABLE team"))
        assert outages.of(_error(database, lambda db: db.execute(waited))) == "locked"
    database.close()
    with pytest.raises(OperationalError) as caught:
        create_engine("postgresql+psycopg://sales@/nobody?host=/nowhere").connect()
    assert outages.of(caught.value) == "away"


def test_a_probe_writes_a_row_again_and_again(database: Database) -> None:
    for hour in (1, 2):
        database.write_now(lambda db, h=hour: outages.probe(db, datetime(2026, 3, 18, h, tzinfo=UTC)))  # type: ignore[misc]
    stored = database.read_now(lambda db: db.get_one(Fact, "probed_at").value)
    assert stored == {"at": "2026-03-18T02:00:00+00:00"}

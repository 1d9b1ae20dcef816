"""What asks the doors for work reads what waits, never all that ever came or went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert, text
from sqlalchemy.orm import Session

from bot import single
from crm import claims, clockwork, customers, inbox, notes, teams
from crm.database import Database
from crm.tables import Inbox, Note, Outbox

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
ENDED = 5_000


def _fill(db: Session) -> None:
    row = {"method": "sendMessage", "payload": {}, "attempts": 0, "due_at": NOW, "created_at": NOW, "claimed_at": NOW}
    ended = [{**row, "chat_id": n % 50, "state": "sent", "message_id": n} for n in range(ENDED)]
    waiting = [{**row, "chat_id": 90, "state": state} for state in ("pending", "sending", "uncertain")]
    db.execute(insert(Outbox), [*ended, *[{**row, "message_id": None} for row in waiting]])
    raw = {"bot_id": 1, "raw": "{}", "attempts": 0, "received_at": NOW}
    handled = [{**raw, "update_id": n, "chat_id": n % 50, "state": "handled"} for n in range(ENDED)]
    db.execute(insert(Inbox), [*handled, {**raw, "update_id": ENDED, "chat_id": 1, "state": "new"}])
    boss = teams.found(db, 1, "主管", NOW)
    owner = {"team_id": boss.team_id, "author_id": boss.member_id, "evidence": {}, "urgent": False, "created_at": NOW}
    note = {**owner, "customer_id": customers.add(db, boss, customers.Profile("张伟"), NOW).customer_id, "text": "好"}
    db.execute(insert(Note), [{**note, "tagged": n > 3} for n in range(ENDED)])


def _plans(database: Database, work: Callable[[Session], Any]) -> str:
    """How the database runs each statement of the work."""
    ran: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        ran.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    database.write_now(lambda db: work(db) and None)
    event.remove(database.engine, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
    asked = [(s, p) for s, p in ran if s.lstrip().startswith(("SELECT", "UPDATE", "DELETE")) and "pg_advisory" not in s]
    with database.engine.connect() as connection:
        rows = [row for s, p in asked for row in connection.exec_driver_sql(explain + s, p)]
    return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize(
    ("work", "indexes"),
    [
        (lambda db: claims.claim(db, NOW, NOW, 10), ("ix_outbox_pending", "ix_outbox_uncertain", "ix_outbox_sending")),
        (lambda db: claims.next_due_in(db, NOW, timedelta(1)), ("ix_outbox_uncertain", "ix_outbox_sending")),
        (lambda db: claims.recover(db, {7}), ("ix_outbox_sending",)),
        (lambda db: claims.claimants(db), ("ix_outbox_sending",)),
        (lambda db: claims.give_back(db, [], NOW), ("ix_outbox_sending",)),
        (inbox.waiting, ("ix_inbox_new",)),
        (lambda db: inbox.waiting_in(db, 1), ("ix_inbox_new",)),
        (lambda db: inbox.left_behind(db, NOW + timedelta(1)), ("ix_inbox_new",)),
        (lambda db: inbox.prune(db, NOW), ("ix_inbox_received",)),
        (lambda db: notes.untagged(db, 10), ("ix_note_untagged",)),
    ],
)
@pytest.mark.long
def test_what_waits_is_found_by_an_index(
    any_database: Database, work: Callable[[Session], Any], indexes: tuple[str, ...]
) -> None:
    any_database.write_now(_fill)
    with any_database.engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    plans = _plans(any_database, work)
    assert [index for index in indexes if index not in plans] == [], plans
    assert not [line for line in plans.splitlines() if line.endswith(("SCAN outbox", "SCAN inbox", "SCAN note"))]


@pytest.mark.postgresql
def test_a_process_lives_as_long_as_its_lock(postgres_url: str) -> None:
    one, two = Database(postgres_url), Database(postgres_url)
    first, second = single.Presence(one), single.Presence(two)
    assert first.living() == {first.claimant}
    assert second.living() == {first.claimant, second.claimant} == first.living()
    second.free()
    assert first.living() == {first.claimant}
    with one.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        connection.execute(text(others + " AND datname = current_database()"))
    assert first.living() == {first.claimant}  # shown again over a new connection
    assert second.living() == {first.claimant, second.claimant}
    for presence, database in ((first, one), (second, two)):
        presence.free()
        database.close()


@pytest.mark.postgresql
def test_a_team_that_is_being_planned_is_no_process(migrated_postgres_url: str) -> None:
    """Two replicas take turns with a team by a lock of its number: it was in the space of the processes' own."""
    database = Database(migrated_postgres_url)
    presence = single.Presence(database)

    def plan(db: Session) -> set[int]:
        clockwork.plan_some(db, teams.found(db, 1001, "赵姐", NOW).team_id, NOW, 0)
        return presence.living()

    assert database.write_now(plan) == {presence.claimant}
    presence.free()
    database.close()


@pytest.mark.postgresql
def test_who_takes_the_place_of_a_process_knows_that_it_is_dead(postgres_url: str, tmp_path: Path) -> None:
    """Several may share a folder, as replicas in containers do; one of another folder knows nothing of them."""
    database = Database(postgres_url)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folders = (tmp_path, tmp_path, elsewhere, tmp_path, tmp_path)
    first, beside, far, second, third = (single.Presence(database, folder) for folder in folders)
    everybody = {presence.claimant for presence in (first, beside, far, second, third)}
    for presence in (first, beside, far):
        assert presence.surely_dead(everybody) == set()
    first.free()
    assert second.surely_dead(everybody) == {first.claimant}
    second.free()
    beside.free()
    assert third.surely_dead(everybody) == {second.claimant, beside.claimant}
    for presence in (far, third):
        presence.free()
    database.close()

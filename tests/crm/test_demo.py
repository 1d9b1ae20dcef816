"""The demo's team: believable, and quiet until the clock is moved."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.demo import cast, team
from crm import clockwork
from crm.database import Database
from crm.tables import Complaint, Customer, Note, Order, Outbox, Task, Team

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)  # Wednesday, 10:30 in Shanghai


@pytest.fixture(scope="module")
def filled_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the demo's team, made once."""
    path = tmp_path_factory.mktemp("demo") / "sales.db"
    shutil.copy(migrated_file, path)
    opened = Database(f"sqlite:///{path}")
    opened.write_now(lambda db: team.fill(db, -100, NOW))
    opened.close()
    return path


@pytest.fixture
def demo(filled_file: Path, tmp_path: Path) -> Iterator[Database]:
    """A copy of it of this test's own."""
    shutil.copy(filled_file, tmp_path / "sales.db")
    opened = Database(f"sqlite:///{tmp_path / 'sales.db'}")
    yield opened
    opened.close()


def test_nothing_is_pushed_before_the_clock_is_moved(demo: Database) -> None:
    def tick(now: datetime) -> list[Outbox]:
        def plan(db: object) -> None:
            for planner in clockwork.PLANNERS:
                planner(db, db.scalars(select(Team)).one(), now)  # type: ignore[arg-type,attr-defined]

        demo.write_now(plan)
        due = select(Outbox).where(Outbox.state == "pending", Outbox.due_at <= now)
        return demo.read_now(lambda db: list(db.scalars(due)))

    assert tick(NOW + timedelta(seconds=20)) == []
    morning = Counter((row.push, row.chat_id) for row in tick(datetime(2026, 3, 19, 0, 30, tzinfo=UTC)))
    assert morning["card", 1001] == 1
    assert morning["birthday", 1001] >= 1
    assert 1 <= morning["risk", 1001] <= 3
    assert sum(number for (_, chat_id), number in morning.items() if chat_id == 1001) <= 9


def test_complaints_are_of_their_notes_day_and_few_are_open(demo: Database) -> None:
    rows = demo.read_now(
        lambda db: db.execute(select(Complaint, Note).join(Note, Note.note_id == Complaint.note_id)).all()
    )
    assert all(case.opened_at == note.created_at for case, note in rows)
    still_open = [case for case, _ in rows if case.closed_at is None]
    assert 4 <= len(still_open) <= team.STILL_OPEN
    assert all(NOW - case.opened_at < timedelta(days=14) for case in still_open)
    assert len({case.opened_at.date() for case in still_open}) > 3


def test_notes_differ_and_stages_agree_with_orders(demo: Database) -> None:
    texts = demo.read_now(lambda db: list(db.scalars(select(Note.text))))
    assert len(set(texts)) > 0.98 * len(texts)
    assert not any("{" in text for text in texts)
    sentences = (*cast.NOTES_GOOD, *cast.NOTES_COMPLAINT, *cast.NOTES_LEAVING, *cast.NOTES_PLAIN)
    assert len(set(sentences)) >= 60
    ordered = select(Order.customer_id).distinct()
    won = demo.read_now(lambda db: db.scalar(select(func.count()).where(Customer.stage == "won")))
    buyers = demo.read_now(lambda db: db.scalar(select(func.count()).where(Customer.customer_id.in_(ordered))))
    both = demo.read_now(
        lambda db: db.scalar(select(func.count()).where(Customer.stage == "won", Customer.customer_id.in_(ordered)))
    )
    assert won == buyers == both
    assert demo.read_now(lambda db: db.scalar(select(func.count()).select_from(Task)))

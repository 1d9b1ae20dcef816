"""The ladder of untouched leads on real databases: each step once, whatever the ticks, many leads in one message."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from crm import ladder, members, touches
from crm.database import Database
from crm.tables import Customer, CustomerSummary, Outbox, Team
from tests.crm.people import NOW, Floor, seat

CARD = datetime(2026, 3, 18, 0, tzinfo=UTC)  # 08:00 in Shanghai on Wednesday, the day of NOW


@pytest.fixture
def floor(any_database: Database) -> Floor:
    return seat(any_database)


def _plan(db: Session, team_id: int, at: datetime) -> int:
    return ladder.plan(db, db.get_one(Team, team_id), at)


def tick(floor: Floor, day: int) -> list[tuple[int | None, list[list[int]]]]:
    """Who is told of which leads at which step, by the ticks of that day after Wednesday."""
    now = CARD + timedelta(days=day)
    before = set(floor.read(lambda db: list(db.scalars(select(Outbox.outbox_id)))))
    for minute in (0, 5):
        at = now + timedelta(minutes=minute)
        floor.write(partial(_plan, team_id=floor.rep.team_id, at=at))
    rows = select(Outbox).where(Outbox.push == ladder.PUSH, Outbox.outbox_id.not_in(before)).order_by(Outbox.member_id)
    return [(row.member_id, row.payload["steps"]) for row in floor.read(lambda db: list(db.scalars(rows)))]


def test_each_step_is_told_once_also_after_days_of_downtime(floor: Floor) -> None:
    lead = floor.add(floor.rep, "张伟")
    boss = floor.read(lambda db: members.acting(db, 1, NOW)).member_id
    rep, manager = floor.rep.member_id, floor.manager.member_id
    assert [tick(floor, day) for day in (1, 2, 3, 4)] == [[], [], [], []], "day three is a Saturday"
    assert tick(floor, 5) == [(boss, [[lead, 2]]), (rep, [[lead, 2]]), (manager, [[lead, 2]])]
    assert tick(floor, 6) == []
    assert tick(floor, 13) == [(boss, [[lead, 3]]), (rep, [[lead, 3]]), (manager, [[lead, 3]])]
    assert tick(floor, 20) == []


def test_touched_given_away_and_long_forgotten_leads(floor: Floor) -> None:
    greeted, given, old = (floor.add(floor.rep, name) for name in ("陈静", "刘洋", "孙磊"))
    floor.write(
        lambda db: touches.log(
            db, db.get_one(Customer, greeted), floor.rep.member_id, "campaign:1", NOW + timedelta(hours=1)
        )
    )
    long_ago = update(Customer).where(Customer.customer_id == old).values(created_at=NOW - timedelta(days=30))
    floor.write(lambda db: db.execute(long_ago))
    values = {"assigned_at": NOW + timedelta(days=2), "owner_id": floor.rep2.member_id}
    floor.write(lambda db: db.execute(update(Customer).where(Customer.customer_id == given).values(**values)))
    assert tick(floor, 2) == []
    assert tick(floor, 5) == [(floor.rep2.member_id, [[given, 1]])]
    waiting = floor.read(lambda db: ladder.waiting(db, floor.rep2, CARD + timedelta(days=5)))
    assert [(lead.customer.customer_id, lead.owner) for lead in waiting] == [(given, "小周")]
    assert floor.read(lambda db: ladder.waiting(db, floor.rep, CARD + timedelta(days=5))) == []
    assert floor.read(lambda db: ladder.waiting(db, floor.outsider, CARD + timedelta(days=5))) == []


def test_thousands_of_leads_are_one_push_a_reader(floor: Floor) -> None:
    base = {"team_id": floor.rep.team_id, "owner_id": floor.rep.member_id, "created_at": NOW, "updated_at": NOW}

    def fill(db: object) -> None:
        rows = [{**base, "name": f"客户{number}", "nicknames": []} for number in range(3_000)]
        ids = db.scalars(insert(Customer).returning(Customer.customer_id), rows).all()  # type: ignore[attr-defined]
        summaries = [{"customer_id": each, "team_id": floor.rep.team_id, "reasons": []} for each in ids]
        db.execute(insert(CustomerSummary), summaries)  # type: ignore[attr-defined]

    floor.write(fill)
    pushes = tick(floor, 5)
    assert len(pushes) == 3
    assert all(len(steps) == ladder.NAMED for _, steps in pushes)
    counts = select(Outbox.payload).where(Outbox.push == ladder.PUSH)
    assert {row["count"] for row in floor.read(lambda db: list(db.scalars(counts)))} == {3_000}
    assert tick(floor, 6) == []


@pytest.mark.postgresql
def test_two_replicas_tell_once(migrated_postgres_url: str) -> None:
    floors = [Database(migrated_postgres_url), Database(migrated_postgres_url)]
    floors[0].migrate()
    first = seat(floors[0])
    lead = first.add(first.rep, "张伟")
    now = CARD + timedelta(days=5)

    def plan(database: Database) -> None:
        database.write_now(lambda db: ladder.plan(db, db.get_one(Team, first.rep.team_id), now))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(plan, floors))
    rows = select(Outbox.member_id, Outbox.customer_id).where(Outbox.push == ladder.PUSH)
    assert len(first.read(lambda db: db.execute(rows).all())) == 3
    assert first.read(lambda db: db.get_one(Customer, lead).lead_rung) == 2
    for database in floors:
        database.close()

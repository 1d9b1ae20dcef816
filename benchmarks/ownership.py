"""How long a handover of 20,000 customers takes in its one transaction, undone too, and the pool of a large team.

Run: python -m benchmarks ownership. Rows follow a fixed formula; every figure is of one run on an SQLite file. The
baseline of the handover moves the same rows one by one with the object mapper, nothing else.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from crm import (
    briefs,
    candidates,
    handovers,
    members,
    pool,
    recycling,
    reminders,
    settings,
    successions,
    teams,
    transfers,
)
from crm.database import Database
from crm.members import Actor
from crm.tables import Customer, Member, Task, Team, Transfer
from nlp import conditions as read_conditions

NOW = datetime(2026, 3, 18, 0, 5, tzinfo=UTC)  # Wednesday, 8:05 in Shanghai
SIZE, LEFT = 100_000, 20_000
REPS = 5
ASKED = 40
T = TypeVar("T")

CUSTOMERS = """
INSERT INTO customer (customer_id, team_id, owner_id, name, nicknames, region, industry, relation, stage, lunar_leap,
                      no_contact, bad_payer, lead_rung, created_at, updated_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :size)
SELECT i, :team, CASE WHEN i <= :left THEN :leaver WHEN i % 3 = 0 THEN NULL ELSE :leaver + 1 + i % 4 END, '客户' || i,
       '[]', '区' || (i % 40), '行' || (i % 17), 'business', CASE WHEN i % 5 THEN 'lead' ELSE 'won' END, 0, 0, 0, 0,
       '2025-06-01 00:00:00', '2025-06-01 00:00:00' FROM n
"""
SUMMARIES = """
INSERT INTO customer_summary (customer_id, team_id, purchase_days, total_fen, purchase_changes, open_complaints,
                              value_group, churn_probability, value_fen, last_note_at, reasons)
SELECT customer_id, team_id, 1, 100, 1, 0, CASE customer_id % 3 WHEN 0 THEN 'high_at_risk' WHEN 1 THEN 'low_stable'
       ELSE 'no_value' END, (customer_id % 100) / 100.0, (customer_id * 7919) % 9000000, '2026-03-01 00:00:00', '[]'
FROM customer
"""
TASKS = """
INSERT INTO task (team_id, customer_id, assignee_id, created_by_id, kind, what, due_at, has_time, created_at)
SELECT team_id, customer_id, owner_id, owner_id, 'reminder', '回访', '2026-03-20 01:00:00', 1, '2026-03-01 00:00:00'
FROM customer WHERE owner_id IS NOT NULL AND customer_id % 2 = 0
"""
PHONES = """
INSERT INTO customer_phone (team_id, customer_id, phone, kind)
SELECT team_id, customer_id, 13000000000 + customer_id, 'mobile' FROM customer
"""


def main() -> None:
    """Prints the figures."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'sales.db'}")
        database.migrate()
        boss, leaver = database.write_now(fill)
        print(f"{SIZE:,} customers, a third of them in the pool; the leaver has {LEFT:,} with {LEFT // 2:,} open tasks")
        hand_over(database, boss, leaver)
        look(database, boss, leaver)
        recycle(database, boss)
        database.close()


def fill(db: Session) -> tuple[Actor, int]:
    """The team: a manager, the leaver and four more reps."""
    boss = teams.found(db, 1, "王主管", NOW)
    reps = [teams.join(db, boss.team_id, 10 + n, f"销售{n}", "rep", NOW - timedelta(days=400)) for n in range(REPS)]
    given = {"size": SIZE, "left": LEFT, "team": boss.team_id, "leaver": reps[0].member_id}
    for statement in (CUSTOMERS, SUMMARIES, TASKS, PHONES):
        db.execute(text(statement), {name: value for name, value in given.items() if f":{name}" in statement})
    return boss, reps[0].member_id


def hand_over(database: Database, boss: Actor, leaver: int) -> None:
    """To one colleague, to four by best fit, each undone; and the baseline, rolled back."""
    print(f"{'one transaction, s':<44} {'hand over':>10} {'undo':>8} {'rows':>8}")
    others = [leaver + n for n in range(1, REPS)]
    for name, takers in (("all to one colleague", others[:1]), ("split among four by best fit", others)):
        act, took = timed(partial(database.write_now, partial(_hand, boss=boss, leaver=leaver, takers=takers)))
        rows = database.read_now(partial(_rows, transfer_id=act))
        _, back = timed(partial(database.write_now, partial(_undo, boss=boss, transfer_id=act)))
        print(f"{name:<44} {took:10.2f} {back:8.2f} {rows:8,}")
    _, took = timed(lambda: database.read_now(lambda db: _one_by_one(db, leaver)))
    print(f"{'baseline: row by row with the object mapper':<44} {took:10.2f}")


def _rows(db: Session, transfer_id: int) -> int:
    return sum(db.get_one(Transfer, transfer_id).counts.values())


def _hand(db: Session, boss: Actor, leaver: int, takers: list[int]) -> int:
    return successions.hand_over(db, boss, leaver, takers, False, NOW)[0].transfer_id


def _undo(db: Session, boss: Actor, transfer_id: int) -> None:
    transfers.undo(db, boss, transfer_id, NOW)


def _one_by_one(db: Session, leaver: int) -> None:
    for row in db.scalars(select(Customer).where(Customer.owner_id == leaver)):
        row.owner_id = leaver + 1
    for task in db.scalars(select(Task).where(Task.assignee_id == leaver, Task.done_at.is_(None))):
        task.assignee_id = leaver + 1
    db.flush()
    db.rollback()


def look(database: Database, boss: Actor, leaver: int) -> None:
    """Pages, ms."""
    act = database.write_now(lambda db: _hand(db, boss, leaver, [leaver + 1]))
    customer = database.read_now(lambda db: db.get_one(Customer, 7))
    condition = read_conditions.read("行业=行3")
    print(f"{f'asked {ASKED} times, ms':<44} {'p50':>10} {'p95':>8}")
    asked: dict[str, Callable[[Session], object]] = {
        "/pool": lambda db: pool.page(db, boss, None, NOW, 6),
        "/pool, page 100": lambda db: pool.page(db, boss, None, NOW, 6, 600),
        "公海 行业=…": lambda db: pool.page(db, boss, condition, NOW, 6),
        "/assign, best fit of one customer": lambda db: candidates.ranked(
            db, boss.team_id, customer, handovers.takers(db, boss), NOW
        ),
        "brief of 20,000, first page": lambda db: briefs.page(db, boss, db.get_one(Transfer, act), leaver + 1, NOW, 5),
    }
    for name, work in asked.items():
        times = sorted(timed(partial(database.read_now, work))[1] * 1000 for _ in range(ASKED))
        print(f"{name:<44} {times[ASKED // 2]:10.1f} {times[ASKED * 95 // 100]:8.1f}")
    times = sorted(_take(database, leaver + 1, n) for n in range(ASKED))
    print(f"{'[领取]: taken, in its transaction':<44} {times[ASKED // 2]:10.1f} {times[ASKED * 95 // 100]:8.1f}")


def _take(database: Database, member_id: int, number: int) -> float:
    """Milliseconds of one taking."""

    def take(db: Session) -> None:
        rep = members.acting(db, db.get_one(Member, member_id).user_id, NOW)
        one = db.scalar(select(func.max(Customer.customer_id)).where(pool.in_pool(rep)))
        pool.take(db, rep, one or 0, NOW)

    database.write_now(lambda db: settings.change(db, members.acting(db, 1, NOW), "pool_daily_limit", 0) and None)
    return timed(lambda: database.write_now(take))[1] * 1000


def recycle(database: Database, boss: Actor) -> None:
    """The planner's day: what it holds the writer for."""
    database.write_now(lambda db: settings.change(db, members.acting(db, 1, NOW), "pool_days", (7, 12, 15)) and None)

    def plan(db: Session, now: datetime) -> int:
        return recycling.plan(db, db.get_one(Team, boss.team_id), now)

    print(f"{'the clock, s a call':<44} {'longest':>10} {'calls':>8}")
    for name, now in (
        ("warns", NOW),
        ("recycles", NOW + timedelta(days=5)),
        ("has nothing to do", NOW + timedelta(days=5)),
    ):
        held = []
        while True:
            found, took = timed(partial(database.write_now, partial(plan, now=now)))
            held.append(took)
            if found < reminders.CHUNK:
                break
        print(f"{name:<44} {max(held):10.2f} {len(held):8}")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """The result, and seconds."""
    began = time.perf_counter()
    result = work()
    return result, time.perf_counter() - began


if __name__ == "__main__":
    main()

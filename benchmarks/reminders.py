"""Reminders: planning a day for many customers, sending a thousand within Telegram's rates, and how punctual they are.

`python -m benchmarks reminders` prints the figures. Planning runs in its own process, so that its memory is its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks import punctuality, scoring_speed
from crm import clockwork, teams
from crm.database import Database
from crm.tables import Team
from scoring import groups

SIZES = (100_000, 1_000_000)
SMALL = 1_000
LOOKS = 100
REPS = 500
EARLIER = datetime(2025, 1, 6, 2, tzinfo=UTC)
DAY = datetime(2026, 3, 18, 0, tzinfo=UTC)  # Wednesday, 08:00 in Shanghai
# The morning, the managers' line and the evening; between them ticks find nothing new.
MOMENTS = (timedelta(0), timedelta(minutes=30), timedelta(hours=10))

# Birthdays are spread over the year, solar for half of them, lunar for a third, some without; one in three hundred may
# be lost since yesterday; one in five hundred is a new lead, some of them for days; one in fifty has a task of the day.
CUSTOMERS = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :customers)
INSERT INTO customer (customer_id, team_id, owner_id, name, nicknames, relation, stage, solar_month, solar_day,
  lunar_month, lunar_day, lunar_leap, no_contact, bad_payer, lead_rung, created_at, updated_at)
SELECT n, :team, :first + n / 7 % :reps, '客户' || n, '[]', 'business',
  CASE WHEN n % 500 = 7 THEN 'lead' ELSE 'won' END,
  CASE WHEN n % 6 < 3 THEN 1 + n % 12 END, CASE WHEN n % 6 < 3 THEN 1 + n / 12 % 28 END,
  CASE WHEN n % 6 IN (3, 4) THEN 1 + n % 12 END, CASE WHEN n % 6 IN (3, 4) THEN 1 + n / 12 % 29 END, 0, 0, 0, 0,
  CASE WHEN n % 500 = 7 THEN datetime(:now, '-' || (n / 500 % 9) || ' days') || '.000000' ELSE :earlier END, :earlier
FROM numbers
"""
SUMMARIES = """
INSERT INTO customer_summary (customer_id, team_id, first_purchase_on, last_purchase_on, longest_gap_days,
  purchase_days, total_fen, purchase_changes, open_complaints, reasons, value_group, churn_probability, value_fen)
SELECT customer_id, team_id, '2025-02-01', CASE WHEN customer_id % 300 = 1 THEN '2025-12-01' ELSE '2026-03-01' END, 100,
  CASE WHEN stage = 'lead' THEN 0 ELSE 5 END, 500000, 5, customer_id % 997 = 0, '[]',
  CASE WHEN customer_id % 300 = 1 AND stage = 'won' THEN 'low_at_risk' ELSE 'low_stable' END, 0.7, 100000 + customer_id
FROM customer
"""
TASKS = """
INSERT INTO task (team_id, customer_id, assignee_id, created_by_id, kind, what, due_at, has_time, created_at)
SELECT team_id, customer_id, owner_id, owner_id, 'follow_up', '回访',
  datetime(:now, '+' || (customer_id / 50 % 600) || ' minutes') || '.000000', 1, :earlier
FROM customer WHERE customer_id % 50 = 0
"""


def main() -> None:
    """Prints the figures."""
    print("## Planning one working day: tasks, cards, birthdays, digests, alerts, leads (one team of 500 reps, SQLite)")
    for customers in SIZES:
        measure_planning(customers)
    measure_idle()
    punctuality.main()


def measure_planning(customers: int) -> None:
    """One line: seconds and memory of a day's planning, and the same day planned again."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'sales.db'}"
        build(url, customers)
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.reminders", url], capture_output=True, text=True, check=True
        )
    found = json.loads(ran.stdout)
    print(
        f"{customers:>9,} customers: {found['seconds']:6.2f} s for {found['pushes']:,} pushes"
        f" (worst planner {found['worst']}), again {found['again']:.3f} s, at most {found['megabytes']:,.0f} MB"
    )


def measure_idle() -> None:
    """One line: CPU of a look at a team of whom nothing is due, beside a transaction for each planner."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'sales.db'}"
        build(url, SMALL)
        database = Database(url)
        for moment in MOMENTS:
            _tick(database, DAY + moment, {})
        took = {look: _cpu(partial(look, database, DAY + MOMENTS[-1])) for look in (_look, _look_one_by_one)}
        database.close()
    print(
        f"{SMALL:>9,} customers, nothing due: {took[_look] * 1000:.1f} ms of CPU a look"
        f" (a transaction for each planner: {took[_look_one_by_one] * 1000:.1f} ms)"
    )


def _cpu(look: Callable[[], None]) -> float:
    began = time.process_time()
    for _ in range(LOOKS):
        look()
    return (time.process_time() - began) / LOOKS


def _look(database: Database, now: datetime) -> None:
    first = 0
    while first < len(clockwork.PLANNERS):
        first = database.write_now(partial(clockwork.plan_some, team_id=1, now=now, first=first)).next


def _look_one_by_one(database: Database, now: datetime) -> None:
    _tick(database, now, {})


def build(url: str, customers: int) -> None:
    """The database holds a team with its customers, whose scores are of this morning."""
    database = Database(url)
    database.migrate()
    database.write_now(lambda db: fill(db, customers))
    database.close()


def fill(db: Session, customers: int) -> None:
    """The rows are there."""
    founder = teams.found(db, 1, "赵姐", EARLIER)
    seats = [teams.join(db, founder.team_id, 100 + n, f"销售{n}", "rep", EARLIER) for n in range(REPS)]
    team = db.get_one(Team, founder.team_id)
    day = DAY.date().isoformat()
    team.settings = {
        "cutoffs": groups.assign(scoring_speed.invented(1_000)).cutoffs.record(),
        "scores": {
            "on": day,
            "at": (DAY - timedelta(minutes=5)).isoformat(),
            "before": None,
            "customers": customers,
            "stale": False,
            "redo": False,
            "opened": False,
        },
    }
    db.flush()
    given = {
        "customers": customers,
        "team": team.team_id,
        "first": seats[0].member_id,
        "reps": REPS,
        "now": f"{DAY:%Y-%m-%d %H:%M:%S}",
        "earlier": f"{EARLIER:%Y-%m-%d %H:%M:%S}.000000",
    }
    for statement in (CUSTOMERS, SUMMARIES, TASKS):
        db.execute(text(statement), {name: value for name, value in given.items() if f":{name}" in statement})


def plan(url: str) -> dict[str, object]:
    """Seconds of the day's planning, of the same again, rows, the slowest planner, megabytes."""
    database = Database(url)
    took: dict[str, float] = {}
    began = time.perf_counter()
    pushes = sum(_tick(database, DAY + moment, took) for moment in MOMENTS)
    seconds = time.perf_counter() - began
    began = time.perf_counter()
    repeated = sum(_tick(database, DAY + moment, {}) for moment in MOMENTS)
    again = time.perf_counter() - began
    database.close()
    assert repeated == 0, "the second time nothing is new"
    worst = max(took, key=lambda name: took[name])
    return {
        "seconds": seconds,
        "again": again,
        "pushes": pushes,
        "worst": f"{worst} {took[worst]:.2f} s",
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _plan(db: Session, planner: clockwork.Planner, now: datetime) -> int:
    return planner(db, db.get_one(Team, 1), now)


def _tick(database: Database, now: datetime, took: dict[str, float]) -> int:
    total = 0
    for planner in clockwork.PLANNERS:
        name = f"{planner.__module__.removeprefix('crm.')}.{planner.__name__}"
        began = time.perf_counter()
        while True:
            new = database.write_now(partial(_plan, planner=planner, now=now))
            total += new
            if new < clockwork.CHUNK:
                break
        took[name] = took.get(name, 0) + time.perf_counter() - began
    return total


if __name__ == "__main__":
    print(json.dumps(plan(sys.argv[1])))

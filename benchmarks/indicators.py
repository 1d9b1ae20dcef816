"""How long /kpi and /team take in a large team, and what the nightly count of its days costs.

Run: python -m benchmarks indicators [--small]. 100,000 customers, 1,000,000 orders over two years, 300,000 notes,
100,000 tasks, 20 reps, 300 products, all by a fixed formula. 'text' is all that the database does for the
answer, 'chart' the same and the picture, in the worker process; 'CPU': of the answer, whatever else
the machine does. 'others': a small write meanwhile.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from benchmarks import summary
from bot.heavy import HeavyWork
from charts import leaderboard, trend
from crm import indicator_days, indicators, performance, teams
from crm.database import Database
from crm.indicator_figures import Span
from crm.members import Actor
from crm.tables import Fact, IndicatorDay
from handlers.texts import indicators as texts
from handlers.texts import performance as performance_texts

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
ASKED = 30
REPS = 20
EACH = 10  # orders a customer
SPAN = 730

OWNED = """
UPDATE customer SET owner_id = :first + customer_id % :reps, lead_rung = 0,
       created_at = datetime('2026-03-18 02:00:00', '-' || (customer_id * 37 % 700) || ' days')
"""
PRODUCTS = """
UPDATE orders SET product = '产品' || (order_id * 7919 % 300),
       ordered_on = date('2026-03-18', '-' || (order_id * 104729 % :span) || ' days')
"""
GROUPS = """
UPDATE customer_summary SET value_group = CASE customer_id % 5 WHEN 0 THEN 'high_stable' WHEN 1 THEN 'high_at_risk'
       WHEN 2 THEN 'low_stable' WHEN 3 THEN 'low_at_risk' ELSE 'no_value' END
"""
NOTES = """
INSERT INTO note (team_id, customer_id, author_id, text, urgent, tagged, evidence, created_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :size * 3)
SELECT :team, 1 + i * 7919 % :size, :first + i % :reps, '回访', 0, 1, '{}',
       datetime('2026-03-18 02:00:00', '-' || (i * 104729 % :span) || ' days', '-' || (i % 600) || ' minutes') FROM n
"""
TASKS = """
INSERT INTO task (team_id, customer_id, assignee_id, created_by_id, kind, what, due_at, has_time, created_at, done_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :size)
SELECT :team, 1 + i * 7919 % :size, :first + i % :reps, :first,
       CASE WHEN i % 3 THEN 'follow_up' ELSE 'promise' END, '回访',
       datetime('2026-03-18 01:00:00', '-' || (i * 104729 % :span) || ' days'), 0,
       datetime('2026-03-01 01:00:00', '-' || (i * 104729 % :span) || ' days'),
       CASE WHEN i % 7 THEN datetime('2026-03-18 03:00:00', '-' || (i * 104729 % :span) || ' days') END FROM n
"""


def main(options: tuple[str, ...] = ()) -> None:
    """Prints the figures."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder), 1_000 if "--small" in options else 100_000))


async def measure(folder: Path, size: int) -> None:
    """All figures of a team of that size."""
    database, heavy = Database(f"sqlite:///{folder / 'sales.db'}"), HeavyWork()
    database.migrate()
    actor = database.write_now(lambda db: teams.found(db, 1, "王主管", NOW))
    database.write_now(lambda db: fill(db, actor, size))
    print(f"{size:,} customers, {size * EACH:,} orders, {size * 3:,} notes, {size:,} tasks, {REPS} reps", flush=True)
    await count(database, actor.team_id)
    for name in indicators.SPANS:
        days = indicators.span(name, actor.today(NOW))
        await timed(f"/kpi {name}", partial(board, database, heavy, actor, days))
        await timed(f"/kpi {name}: fen by part", partial(read, database, actor, days))
    for period in performance.PERIODS:
        days = performance.period(period, actor.today(NOW))
        await timed(f"/team {period}", partial(team, database, heavy, days, actor))
    database.close()
    heavy.close()


async def count(database: Database, team_id: int) -> None:
    """How long all history and a night take, and how long a small write of others waited meanwhile."""
    began, steps, late, stop = time.perf_counter(), 1, [0.0], asyncio.Event()
    watching = asyncio.create_task(watch(database, stop, late))
    while await indicator_days.renew(database, team_id, NOW):
        steps += 1
    stop.set()
    await watching
    rows = await database.read(lambda db: db.scalar(select(func.count()).select_from(IndicatorDay)))
    took = time.perf_counter() - began
    print(f"all history, once: {took:.1f} s in {steps} ticks, {rows:,} rows; others waited {late[0] * 1000:.0f} ms")
    await database.write(lambda db: yesterday(db, team_id))
    began = time.perf_counter()
    await indicator_days.renew(database, team_id, NOW)
    print(f"each night: {time.perf_counter() - began:.2f} s", flush=True)


async def board(database: Database, heavy: HeavyWork, actor: Actor, days: Span) -> tuple[float, float]:
    """Seconds to the text and to the picture of /kpi."""
    began = time.perf_counter()
    _, found = await database.read(lambda db: indicators.pictured(db, actor.team_id, days))
    read_for = time.perf_counter() - began
    if found is not None:
        points, band = texts.points(found)
        await heavy(partial(trend.trend, title="指标", unit="元", band=band), points)
    return read_for, time.perf_counter() - began


async def read(database: Database, actor: Actor, days: Span) -> tuple[float, float]:
    """Seconds of a figure by rep, segment and product."""
    began = time.perf_counter()
    await database.read(lambda db: indicators.parts(db, actor.team_id, "fen", days))
    return time.perf_counter() - began, 0.0


async def team(database: Database, heavy: HeavyWork, days: Span, actor: Actor) -> tuple[float, float]:
    """Seconds to the text and to the picture of /team."""
    began = time.perf_counter()
    found = await database.read(lambda db: performance.lines(db, actor.team_id, days, NOW))
    read_for = time.perf_counter() - began
    await heavy(partial(leaderboard.leaderboard, title="金额榜", unit="元"), performance_texts.bars(found, "fen"))
    return read_for, time.perf_counter() - began


async def timed(what: str, ask: Callable[[], Awaitable[tuple[float, float]]]) -> None:
    """A line with the medians and the 95th percentiles, to the text and to the picture."""
    await ask()  # the worker has its imports
    began = time.process_time()
    asked = [await ask() for _ in range(ASKED)]
    cpu = (time.process_time() - began) / ASKED * 1000
    told = []
    for name, times in zip(("text", "chart"), zip(*asked, strict=True), strict=True):
        ordered = sorted(time * 1000 for time in times)
        if ordered[-1]:
            told.append(f"{name} p50 {ordered[ASKED // 2]:5.0f} p95 {ordered[ASKED * 95 // 100]:5.0f} ms")
    print(f"{what:26} " + "   ".join(told) + f"   CPU {cpu:4.0f} ms", flush=True)


async def watch(database: Database, stop: asyncio.Event, late: list[float]) -> None:
    """The longest that a small write took meanwhile."""
    while not stop.is_set():
        began = time.perf_counter()
        await database.write(lambda db: db.get(Fact, "nothing"))
        late[0] = max(late[0], time.perf_counter() - began)
        await asyncio.sleep(0.02)


def yesterday(db: Session, team_id: int) -> None:
    """The last count was the day before."""
    fact = db.get_one(Fact, f"indicators:{team_id}")
    fact.value = {**fact.value, "on": "2026-03-17"}


def fill(db: Session, actor: Actor, size: int) -> None:
    """The team with its reps and two years of records."""
    summary.fill(db, actor, size)
    first = actor.member_id + 1
    for at in range(REPS):
        teams.join(db, actor.team_id, 100 + at, f"销售{at + 1}", "rep", NOW)
    db.flush()
    given: dict[str, int] = {"first": first, "reps": REPS, "size": size, "team": actor.team_id, "span": SPAN}
    for statement in (OWNED, PRODUCTS, NOTES, TASKS, GROUPS):
        db.execute(text(statement), {name: value for name, value in given.items() if f":{name}" in statement})


if __name__ == "__main__":
    main()

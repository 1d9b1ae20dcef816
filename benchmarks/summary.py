"""How long /summary takes from snapshots, and a refresh of all scores beside a live event loop, by size of the team.

Run: python -m benchmarks summary [--million]. Customers and orders follow a fixed formula; every figure is of one run.
'held idle' is the loop's lateness while nothing goes on: what other processes of the machine cost.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import tempfile
import time
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from bot.heavy import HeavyWork
from crm import members, rescoring, summaries, teams
from crm.database import Database
from crm.members import Actor
from crm.tables import CustomerSummary

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
SIZES = (1_000, 10_000, 100_000)
ASKED = 40
ORDERS_EACH = 10
BEAT, IDLE_SECONDS = 0.005, 5.0

CUSTOMERS = """
INSERT INTO customer (customer_id, team_id, owner_id, name, nicknames, relation, stage, lunar_leap, no_contact,
                      bad_payer, lead_rung, created_at, updated_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :size)
SELECT i, :team, :owner, '客户' || i, '[]', 'business', 'won', 0, 0, 0, 0, :now, :now FROM n
"""
ORDERS = """
INSERT INTO orders (team_id, customer_id, ordered_on, amount_fen, created_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :size), k(j) AS
     (SELECT 0 UNION ALL SELECT j + 1 FROM k WHERE j < :each - 1)
SELECT :team, i, date('2026-03-17', '-' || (i * 7 % 400 + (i * 7919 + j * 104729) % (1 + i * 31 % 600)) || ' days'),
       100 + (i * 613 + j * 7331) % 900000, :before FROM n, k
"""
SUMMARIES = """
INSERT INTO customer_summary (customer_id, team_id, first_purchase_on, last_purchase_on, purchase_days, total_fen,
                              purchase_changes, open_complaints, reasons)
SELECT customer_id, :team, min(ordered_on), max(ordered_on), count(DISTINCT ordered_on), sum(amount_fen), 1, 0, '[]'
FROM orders GROUP BY customer_id
"""


class NotScored(RuntimeError):
    """The refresh left customers out: `.args` are how many have a group, and how many there are."""


def main(options: tuple[str, ...] = ()) -> None:
    """Prints the table."""
    print(f"Orders: {ORDERS_EACH} a customer. /summary: {ASKED} times, text from snapshots, ms")
    heads = ("fill s", "refresh s", "of it CPU s", "loop held ms", "held idle ms", "p50 ms", "p95 ms")
    print(f"{'customers':>10} " + " ".join(f"{head:>13}" for head in heads), flush=True)
    for size in (*SIZES, 1_000_000) if "--million" in options else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(measure(Path(folder), size))


async def measure(folder: Path, size: int) -> None:
    """One line."""
    database, heavy = Database(f"sqlite:///{folder / 'sales.db'}"), HeavyWork(gentle=True)
    database.migrate()
    actor = database.write_now(lambda db: teams.found(db, 1, "王主管", NOW))
    began = time.perf_counter()
    database.write_now(lambda db: fill(db, actor, size))
    filled = time.perf_counter() - began
    importlib.import_module("scoring.portfolio")  # once in a process, not with every refresh
    gc.freeze()  # as `bot run` does
    idle = await held_during(asyncio.sleep(IDLE_SECONDS))
    before = await heavy(time.process_time)  # the process runs before the clock does
    began = time.perf_counter()
    held = await held_during(rescoring.renew(database, actor.team_id, NOW, heavy=heavy))
    refreshed = time.perf_counter() - began
    cpu = await heavy(time.process_time) - before
    times = sorted([await ask(database) for _ in range(ASKED)])
    rows = select(func.count()).select_from(CustomerSummary).where(CustomerSummary.value_group.is_not(None))
    scored = await database.read(lambda db: db.scalar(rows))
    if scored != size:
        raise NotScored(scored, size)
    p50, p95 = times[ASKED // 2], times[ASKED * 95 // 100]
    figures = (filled, refreshed, cpu, held * 1000, idle * 1000, p50 * 1000, p95 * 1000)
    print(f"{size:10,} " + " ".join(f"{figure:13.1f}" for figure in figures), flush=True)
    heavy.close()
    database.close()


async def held_during(work: Coroutine[Any, Any, Any]) -> float:
    """The longest that the event loop was late while the work went on, in seconds."""
    stop, lags = asyncio.Event(), [0.0]
    beating = asyncio.create_task(beat(stop, lags))
    await work
    stop.set()
    await beating
    return max(lags)


async def beat(stop: asyncio.Event, lags: list[float]) -> None:
    """By how much each five milliseconds were late."""
    while not stop.is_set():
        began = time.perf_counter()
        await asyncio.sleep(BEAT)
        lags.append(time.perf_counter() - began - BEAT)


async def ask(database: Database) -> float:
    """Seconds of one look at the overview by the manager."""
    began = time.perf_counter()
    await database.read(lambda db: summaries.overview(db, members.acting(db, 1, NOW), NOW))
    return time.perf_counter() - began


def fill(db: Session, actor: Actor, size: int) -> None:
    """The team's customers, orders and summaries."""
    given: dict[str, int | str] = {"size": size, "team": actor.team_id, "owner": actor.member_id, "each": ORDERS_EACH}
    given |= {"now": "2026-03-18 02:30:00", "before": "2026-03-17 02:30:00"}
    for statement in (CUSTOMERS, ORDERS, SUMMARIES):
        wanted = {name: value for name, value in given.items() if f":{name}" in statement}
        db.execute(text(statement), wanted)


if __name__ == "__main__":
    main()

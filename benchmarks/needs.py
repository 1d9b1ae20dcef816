"""How long /needs takes to its text and to its picture, and the lists behind it, at 100,000 customers.

Run: python -m benchmarks needs. 200,000 notes over two years, three in ten a complaint and three in ten a need, by a
fixed formula; asked by the manager (the whole team) and by a rep with a tenth of the customers. The picture is drawn in
the worker process, which is warm, as in a bot that runs.
"""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks import summary as summary_bench
from bot.heavy import HeavyWork
from charts import heat_map
from crm import complaint_lists, members, needs, teams, voices
from crm.database import Database
from crm.members import Actor
from crm.voices import Scope
from handlers.texts import needs as texts

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
CUSTOMERS, NOTES, REPS = 100_000, 200_000, 10
ASKED = 40
NOTE = """
INSERT INTO note (note_id, team_id, customer_id, author_id, text, urgent, tagged, evidence, created_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :notes)
SELECT i, :team, 1 + (i * 7919 + i / 10) % :size, :owner, '客户说第' || i || '批螺栓的交期和质量', 0, 1, '{}',
       datetime('2026-03-18 02:00:00', '-' || ((:notes - i) * 17520 / :notes) || ' hours') FROM n
"""
CASE = """
INSERT INTO {table} (team_id, customer_id, note_id, topic, product, opened_at, closed_at, {more})
SELECT team_id, customer_id, note_id,
       CASE note_id % 9 WHEN 0 THEN 'quality' WHEN 1 THEN 'price' WHEN 2 THEN 'delivery' WHEN 3 THEN 'service'
            WHEN 4 THEN 'product' WHEN 5 THEN 'billing' WHEN 6 THEN 'support' WHEN 7 THEN 'trial' END,
       CASE WHEN note_id % 3 THEN '产品' || (note_id * 31 % 200) END, created_at,
       CASE WHEN created_at < datetime('2026-03-18', '-' || (10 + note_id % 200) || ' days') THEN
            datetime(created_at, '+3 days') END, {values}
FROM note WHERE note_id % 10 IN ({tens})
"""
COMPLAINTS = {
    "table": "complaint",
    "more": "closed_by_id, urgent, serious, stage, alert_step",
    "values": ":owner, note_id % 20 = 0, 0, 'received', 'new'",
    "tens": "0, 1, 2",
}
NEEDS = {
    "table": "need",
    "more": "outcome, level, latent",
    "values": "'won', 'expected', note_id % 2",
    "tens": "3, 4, 5",
}
OPEN_AGAIN = (
    "UPDATE need SET outcome = NULL WHERE closed_at IS NULL",
    "UPDATE complaint SET closed_by_id = NULL WHERE closed_at IS NULL",
    "UPDATE customer SET owner_id = :owner + customer_id % :reps",
)


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder)))


async def measure(folder: Path) -> None:
    """Fills a database and asks it."""
    database, heavy = Database(f"sqlite:///{folder / 'sales.db'}"), HeavyWork()
    database.migrate()
    manager = database.write_now(lambda db: teams.found(db, 1, "王主管", NOW))
    for at in range(1, REPS + 1):
        database.write_now(lambda db, at=at: teams.join(db, manager.team_id, 1 + at, f"销售{at}", "rep", NOW))  # type: ignore[misc]  # bound at once
    database.write_now(lambda db: fill(db, manager))
    gc.freeze()  # as `bot run` does
    print(f"{CUSTOMERS:,} customers, {NOTES:,} notes. Each {ASKED} times: p50 / p95 in ms (limits: 1,000 to the text, ")
    print("2,000 with the picture), and in brackets the CPU time of the process in the middle, without the worker's")
    print(f"{'':36} {'manager':>24} {'rep':>24}", flush=True)
    for name, ask in asked(heavy).items():
        told = []
        for user_id in (1, 2):
            times = [await timed(database, user_id, ask) for _ in range(ASKED)]
            walls, cpus = sorted(wall for wall, _ in times), sorted(cpu for _, cpu in times)
            wall = f"{walls[ASKED // 2] * 1000:6.0f} / {walls[ASKED * 95 // 100] * 1000:5.0f}"
            told.append(f"{wall} ({cpus[ASKED // 2] * 1000:4.0f})")
        print(f"{name:36} {told[0]:>24} {told[1]:>24}", flush=True)
    heavy.close()
    database.close()


def asked(heavy: HeavyWork) -> dict[str, Callable[[Database, int], Any]]:
    """What is asked, by what it is called."""
    month = Scope(NOW - timedelta(days=30), NOW)

    async def look(database: Database, user_id: int, days: int, picture: bool) -> None:
        since = NOW - timedelta(days=days)
        found = await database.read(lambda db: voices.summary(db, members.acting(db, user_id, NOW), since, NOW))
        texts.overview(found, "团队", 1, True, NOW)
        if picture:
            await heavy(partial(heat_map.heat_map, **texts.picture(found, "团队")))

    def of(work: Callable[[Session, Actor], object]) -> Callable[[Database, int], Any]:
        return lambda database, user_id: database.read(lambda db: work(db, members.acting(db, user_id, NOW)))

    return {
        "/needs, 30 days, to the text": lambda database, user: look(database, user, 30, False),
        "/needs, 30 days, with the picture": lambda database, user: look(database, user, 30, True),
        "/needs, 90 days, to the text": lambda database, user: look(database, user, 90, False),
        "高价值客户最近抱怨什么": of(
            lambda db, actor: voices.summary(db, actor, month.since, NOW, kind="complaint", groups=("high",))
        ),
        "the customers of a topic": of(lambda db, actor: voices.who(db, actor, month, "quality")),
        "who else needs this": of(lambda db, actor: needs.others(db, actor, needs.find(db, actor, limit=1)[0].need)),
        "/complaints": of(
            lambda db, actor: (complaint_lists.count_of(db, actor, NOW), complaint_lists.find(db, actor, "late", NOW))
        ),
    }


async def timed(database: Database, user_id: int, ask: Callable[[Database, int], Any]) -> tuple[float, float]:
    """Seconds of one question: on the clock, and of the CPU."""
    began, spent = time.perf_counter(), time.process_time()
    await ask(database, user_id)
    return time.perf_counter() - began, time.process_time() - spent


def fill(db: Session, actor: Actor) -> None:
    """The team's customers, notes and cases."""
    given: dict[str, Any] = {"size": CUSTOMERS, "notes": NOTES, "team": actor.team_id, "owner": actor.member_id}
    given |= {"now": "2026-03-18 02:30:00", "reps": REPS}
    cases = (CASE.format(**COMPLAINTS), CASE.format(**NEEDS))
    groups = (
        "INSERT INTO customer_summary (customer_id, team_id, value_group, purchase_days, total_fen, purchase_changes, "
        "open_complaints, reasons) SELECT customer_id, :team, CASE customer_id % 5 WHEN 0 THEN 'high_stable' ELSE "
        "'low_stable' END, 0, 0, 0, 0, '[]' FROM customer"
    )
    for statement in (summary_bench.CUSTOMERS, NOTE, *cases, groups, *OPEN_AGAIN):
        db.execute(text(statement), {name: value for name, value in given.items() if f":{name}" in statement})


if __name__ == "__main__":
    main()

"""How long files, scores and the summary take on a real database file.

Run: python -m benchmarks.trade. Customers and orders are made from a fixed seed; every figure is of one run.
"""

from __future__ import annotations

import csv
import io
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from crm import orders, purchases, scores, summaries, teams
from crm.database import Database
from crm.imports import files, matching, preparation, records
from crm.members import Actor
from crm.orders import NewOrder
from crm.tables import Customer, CustomerSummary, Order, Team

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
CHANGED = 500
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静强磊洋勇艳杰娟涛明超霞平刚桂英"


def main() -> None:
    """Prints the figures."""
    print("## Files of orders: seconds to read and check (worker), to plan, and to write durably")
    print(f"{'rows':>8} {'customers':>10} {'read':>7} {'plan':>7} {'write':>7}")
    for rows in (1_000, 6_919, 10_000):
        in_fresh_office(partial(import_rows, rows=rows))
    print(
        "\n## Scores: seconds to compute a whole team (beside the writer), to store it, longest hold of the writer;"
        " store and hold again with 500 changed; seconds to sum up; ms for one order"
    )
    heads = ("compute", "store", "held", "again", "held", "summary")
    print(f"{'customers':>10} {' '.join(f'{head:>8}' for head in heads)} {'one order':>10}")
    for customers in (300, 3_000, 100_000):
        in_fresh_office(partial(score_team, size=customers))


def in_fresh_office(work: Callable[[Database, Actor], None]) -> None:
    """`work` runs on an empty migrated database with a team of one."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'sales.db'}")
        try:
            database.migrate()
            work(database, database.write_now(lambda db: teams.found(db, 1, "王主管", NOW)))
        finally:
            database.close()


def import_rows(database: Database, actor: Actor, rows: int) -> None:
    """One line of the first table."""
    content = order_file(rows)
    began = time.perf_counter()
    look = records.look(content, "x.csv")
    batch = records.read(content, "x.csv", "orders", look.guesses["orders"], actor.local(NOW))
    read = time.perf_counter() - began

    def receive(db: Session) -> int:
        return files.receive(db, actor, content, "x.csv", look, NOW)[0].import_id

    import_id = database.write_now(receive)
    plan, planned = timed(lambda: database.read_now(lambda db: matching.plan(db, actor, batch)))
    whole = preparation.whole_of(plan, 0)
    database.write_now(lambda db: files.check(db, actor, import_id, whole.findings) and None)
    _, written = timed(lambda: database.write_now(lambda db: files.run(db, actor, import_id, whole, NOW) and None))
    print(f"{rows:8,} {len(plan.made):10,} {read:7.2f} {planned:7.2f} {written:7.2f}")


def order_file(rows: int) -> bytes:
    """Orders of about a third as many customers, with Chinese names."""
    rng = np.random.default_rng(7)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["客户", "日期", "金额", "产品"])
    for _ in range(rows):
        who = int(rng.integers(0, rows // 3))
        name = SURNAMES[who % 20] + GIVEN[who // 20 % 20] + GIVEN[who // 400 % 20]
        day = date(2026, 3, 17) - timedelta(days=int(rng.integers(0, 700)))
        writer.writerow([name, day.isoformat(), f"{rng.integers(100, 90_000)}.50", "螺栓"])
    return out.getvalue().encode()


def score_team(database: Database, actor: Actor, size: int) -> None:
    """One line of the second table."""
    database.write_now(lambda db: fill(db, actor, size))

    def team(db: Session) -> Team:
        return db.get_one(Team, actor.team_id)

    def run() -> tuple[float, float, float]:
        """Seconds to compute, to store, and of the longest write."""
        fresh, computed = timed(lambda: database.read_now(lambda db: scores.compute(db, team(db), NOW)))
        pieces = [fresh.rows[start : start + scores.CHUNK] for start in range(0, len(fresh.rows), scores.CHUNK)]
        works: list[Callable[[Session], None]] = [partial(scores.put, rows=rows, now=NOW) for rows in pieces]
        works.append(lambda db: scores.settle(db, team(db), fresh.settled(), NOW))
        held = [timed(partial(database.write_now, work))[1] for work in works]
        return computed, sum(held), max(held)

    computed, stored, held = run()
    some = update(CustomerSummary).where(CustomerSummary.customer_id <= CHANGED).values(value_fen=1)
    database.write_now(lambda db: db.execute(some) and None)
    _, again, held_again = run()
    _, summed = timed(lambda: database.read_now(lambda db: summaries.overview(db, actor, NOW)))
    new = NewOrder(100_00, date(2026, 3, 18), "螺栓")

    def order(customer_id: int) -> None:
        database.write_now(lambda db: orders.add(db, actor, customer_id, new, NOW))

    times = [timed(partial(order, customer_id))[1] for customer_id in range(1, 21)]
    print(
        f"{size:10,} {computed:8.2f} {stored:8.2f} {held:8.3f} {again:8.3f} {held_again:8.3f} {summed:8.3f}"
        f" {sorted(times)[10] * 1000:7.1f} ms"
    )


def fill(db: Session, actor: Actor, size: int) -> None:
    """Customers with five orders each on average."""
    rng = np.random.default_rng(7)
    base = {"team_id": actor.team_id, "owner_id": actor.member_id, "created_at": NOW, "updated_at": NOW}
    for start in range(0, size, 5_000):
        ids = range(start + 1, min(size, start + 5_000) + 1)
        db.execute(insert(Customer), [{**base, "customer_id": at, "name": f"客户 {at}", "nicknames": []} for at in ids])
        db.execute(
            insert(CustomerSummary), [{"customer_id": at, "team_id": actor.team_id, "reasons": []} for at in ids]
        )
        db.execute(insert(Order), [row for at in ids for row in _orders_of(at, actor, rng)])
    purchases.rebuild(db, range(1, size + 1))


def _orders_of(customer_id: int, actor: Actor, rng: np.random.Generator) -> list[dict[str, Any]]:
    days = rng.integers(1, 700, rng.integers(1, 10))
    return [
        {
            "team_id": actor.team_id,
            "customer_id": customer_id,
            "ordered_on": date(2026, 3, 18) - timedelta(days=int(ago)),
            "amount_fen": int(rng.integers(100, 10**6)),
            "created_at": NOW,
        }
        for ago in days
    ]


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """The result and the seconds it took."""
    began = time.perf_counter()
    result = work()
    return result, time.perf_counter() - began


if __name__ == "__main__":
    main()

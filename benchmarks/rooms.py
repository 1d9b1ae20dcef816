"""How long preferences, leads, credit and data quality take: one customer and a list, in teams of two sizes.

Run: python -m benchmarks.rooms. Fixed seed; ten customers in a hundred were spoken to lately. The baseline is one
look at a customer by his key. 'first' is the day's first look at all records of a large team, off the loop.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import numpy as np
from sqlalchemy import insert
from sqlalchemy.orm import Session

from benchmarks.trade import NOW, fill, in_fresh_office
from crm import accounts, credit, customers, lead_outcomes, preferences, qualifications, quality
from crm.database import Database
from crm.members import Actor
from crm.tables import AccountEntry, Note

TEXTS = ("微信聊了报价", "打电话说预算批了", "上门拜访，要请示老板", "急需一批螺栓", "电话没接", "月底前给报价单")
NAMES = ("customer", "preference", "lead", "credit", "leads", "overdue", "quality", "first")
TRIES = 20


def main() -> None:
    """Prints the figures."""
    print("## Milliseconds, median of 20 (first: once)")
    print(f"{'customers':>10} {' '.join(f'{name:>10}' for name in NAMES)}")
    for size in (3_000, 100_000):
        in_fresh_office(partial(measure, size=size))


def measure(database: Database, actor: Actor, size: int) -> None:
    """Every look at a team of this size."""
    database.write_now(lambda db: fill(db, actor, size))
    database.write_now(lambda db: _speak(db, actor, size))
    learned = database.read_now(lambda db: lead_outcomes.of_team(db, actor.team_id, NOW))
    database.write_now(lambda db: lead_outcomes.put(db, actor.team_id, learned))
    first = _milliseconds(database, lambda db, at: quality.of(db, actor, NOW), 1)
    found = database.read_now(lambda db: quality.of(db, actor, NOW))
    database.write_now(lambda db: quality.put(db, actor, found))
    today = actor.today(NOW)
    looks: list[Callable[[Session, int], Any]] = [
        lambda db, at: customers.get(db, actor, at),
        lambda db, at: preferences.of(db, actor, at, NOW),
        lambda db, at: qualifications.of(db, actor, at, learned, NOW),
        lambda db, at: credit.of(db, actor, at, NOW),
        lambda db, at: qualifications.best(db, actor, learned, NOW),
        lambda db, at: (accounts.overdue(db, actor, today, 7), accounts.overdue_total(db, actor, today)),
        lambda db, at: quality.page(db, actor, quality.of(db, actor, NOW), NOW, 5, 0),
    ]
    times = [*(_milliseconds(database, look, TRIES) for look in looks), first]
    print(f"{size:10,} {' '.join(f'{one:10.1f}' for one in times)}")


def _look(db: Session, look: Callable[[Session, int], Any], at: int) -> Any:
    return look(db, at)


def _milliseconds(database: Database, look: Callable[[Session, int], Any], tries: int) -> float:
    times = []
    for at in range(1, tries + 1):
        began = time.perf_counter()
        database.read_now(partial(_look, look=look, at=at))
        times.append(time.perf_counter() - began)
    return 1000 * sorted(times)[len(times) // 2]


def _speak(db: Session, actor: Actor, size: int) -> None:
    """Notes of one customer in ten, newest of today, and debts of one in a hundred."""
    rng = np.random.default_rng(11)
    spoken = rng.choice(np.arange(1, size + 1), size // 10, replace=False)
    notes = [
        {
            "team_id": actor.team_id,
            "customer_id": int(one),
            "author_id": actor.member_id,
            "text": TEXTS[int(rng.integers(len(TEXTS)))],
            "evidence": {},
            "created_at": NOW - timedelta(hours=int(rng.integers(1, 24 * 90))),
        }
        for one in (*range(1, TRIES + 1), *spoken)
        for _ in range(int(rng.integers(1, 6)))
    ]
    db.execute(insert(Note), notes)
    debts = [
        {
            "team_id": actor.team_id,
            "customer_id": int(one),
            "kind": "debt",
            "amount_fen": int(rng.integers(1_000, 10**6)),
            "entry_on": date(2026, 3, 18) - timedelta(days=int(rng.integers(-30, 60))),
            "created_by_id": actor.member_id,
            "created_at": NOW,
        }
        for one in spoken[: size // 100]
    ]
    db.execute(insert(AccountEntry), debts)


if __name__ == "__main__":
    main()

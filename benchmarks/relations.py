"""How long /visits, /loyalty and /relation take for a team of 100,000 customers, and the morning card's hint.

Run: python -m benchmarks relations. 10 orders a customer, 30,000 referrals, 60,000 answers to surveys, 50,000 visits of
ten weeks; every row follows a fixed formula. The manager's figures are over all 100,000 customers, the rep's over the
same ones, owned by one rep: the worst there can be. Beside each the time of one plain look at every customer.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from benchmarks import summary
from benchmarks.summary import NOW
from crm import loyalty, members, referrals, relations, seeds, surveys, teams, visit_places, visit_weeks, visits
from crm.database import Database
from crm.members import Actor
from crm.tables import Customer

SIZE, ASKED = 100_000, 40
PLACES = ("金茂大厦", "国贸大厦", "环球中心", "张江科技园", "人民路", "世纪大道", "五金城", "建材市场")
PLACED = """
UPDATE customer SET address = '上海市浦东新区' || (customer_id % 90 + 1) || '号' || :place WHERE customer_id % 8 = :at
"""
REFERRED = """
INSERT INTO customer_relation (team_id, customer_id, other_id, kind, created_by_id, created_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
SELECT :team, i + 10000, 1 + i * 7919 % 9000, 'referred', 1, '2026-01-01 00:00:00' FROM n
"""
ANSWERED = """
INSERT INTO survey_answer (team_id, customer_id, survey, score, month, answered_on, member_id, created_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
SELECT :team, 1 + i * 13 % 50000, CASE i % 2 WHEN 0 THEN 'nps' ELSE 'satisfaction' END,
       CASE i % 2 WHEN 0 THEN i * 31 % 11 ELSE 1 + i * 7 % 5 END, '2026-' || (i / 50000),
       date('2026-03-17', '-' || (i % 120) || ' days'),
       1, '2026-03-17 00:00:00' FROM n
"""
VISITED = """
INSERT INTO visit (team_id, member_id, customer_id, place, planned_on, first_planned_on, outcome, outcome_on,
                   created_by_id, created_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
SELECT :team, 1, i, substr('金茂国贸环球张江', 1 + i % 4 * 2, 2), date('2026-03-18', '-' || (i % 70) || ' days'),
       date('2026-03-18', '-' || (i % 70) || ' days'),
       CASE WHEN i % 70 > 0 THEN substr('met   nobody', 1 + i % 2 * 6, 6 - i % 2 * 0 - (1 - i % 2) * 3) END,
       CASE WHEN i % 70 > 0 THEN date('2026-03-18', '-' || (i % 70) || ' days') END, 1, '2026-01-01 00:00:00' FROM n
"""


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'sales.db'}")
        database.migrate()
        actor = database.write_now(lambda db: teams.found(db, 1, "王主管", NOW))
        database.write_now(lambda db: fill(db, actor))
        print(f"{SIZE:,} customers, {ASKED} times each, ms")
        print(f"{'':34} {'p50':>8} {'p95':>8} {'CPU p95':>8}")
        for name, ask in questions(database, actor).items():
            times, cpu = (sorted(each) for each in zip(*(timed(ask) for _ in range(ASKED)), strict=True))
            figures = (times[ASKED // 2], times[ASKED * 95 // 100], cpu[ASKED * 95 // 100])
            print(f"{name:34} " + " ".join(f"{figure * 1000:8.1f}" for figure in figures), flush=True)
        database.close()


def questions(database: Database, actor: Actor) -> dict[str, Callable[[], object]]:
    """What is asked, by its name in the table."""
    today = actor.today(NOW)

    def asked(query: Callable[[Session, Actor], object]) -> Callable[[], object]:
        return lambda: database.read_now(lambda db: query(db, members.acting(db, 1, NOW)))

    def listed(db: Session, rep: Actor) -> object:
        visits.adopt(db, rep, today, NOW)
        places = visits.places_on(db, rep, today, NOW)
        return visits.open_on(db, rep, today, NOW, 7), places, visits.done_on(db, rep, today)

    since = today - loyalty.ANSWERS_WITHIN + timedelta(days=1)
    living = (Customer.team_id == actor.team_id, Customer.deleted_at.is_(None))
    plain = select(func.count()).where(*living, Customer.name != "")
    return {
        "baseline: look at every customer": asked(lambda db, _: db.scalar(plain)),
        "/visits, today's list": asked(listed),
        "/visits 浦东, whom to visit": asked(lambda db, rep: visit_places.find(db, rep, "浦东", 5)),
        "/visits, the week of the team": asked(lambda db, boss: visit_weeks.of(db, boss, 0, NOW)),
        "/loyalty, five figures": asked(lambda db, boss: loyalty.of(db, boss, NOW)),
        "/loyalty, who is unhappy": asked(
            lambda db, boss: (surveys.unhappy(db, boss, since, today, 7), surveys.count_unhappy(db, boss, since, today))
        ),
        "/relation, seed customers": asked(lambda db, boss: seeds.top(db, boss, 7)),
        "/relation of one customer": asked(lambda db, boss: relations.of(db, boss, 20_000)),
        "hint of the morning card": asked(lambda db, rep: referrals.hint(db, rep, NOW)),
    }


def fill(db: Session, actor: Actor) -> None:
    """Customers with orders, then all that this room adds."""
    summary.fill(db, actor, SIZE)
    for at, place in enumerate(PLACES):
        db.execute(text(PLACED), {"at": at, "place": place})
    for statement in (REFERRED, ANSWERED, VISITED):
        db.execute(text(statement), {"team": actor.team_id})


def timed(ask: Callable[[], object]) -> tuple[float, float]:
    """Seconds of one answer, by the clock and of the processor: the second holds while others use the machine."""
    began, worked = time.perf_counter(), time.process_time()
    ask()
    return time.perf_counter() - began, time.process_time() - worked


if __name__ == "__main__":
    main()

"""How long a free question, a view and the weekly report take in a large team, and the report's pages.

Run: python -m benchmarks reports [--small]. Customers, orders and notes follow a fixed formula.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks import summary
from charts import pages
from charts.pareto import Layer
from crm import group_tasks, indicator_days, members, portions, questions, reports, teams, views
from crm.database import Database
from crm.members import Actor
from handlers.texts import questions as texts
from handlers.texts import reports as report_texts
from handlers.texts import views as view_texts
from scoring.groups import Group

NOW = summary.NOW
SIZES = (10_000, 100_000)
ASKED = 7
REPS = 20
QUESTIONS = (
    "这个月谁的客户流失最多",
    "高价值客户最近抱怨什么",
    "上个月谁签单最多",
    "哪个来源转化最好",
    "本周新增多少客户",
    "销售3这个月成交多少",
    "哪些大客户要跑了",
    "哪个产品卖得最好",
    "今年哪个产品卖得最好",
    "五金行业有多少客户",
    "今年谁业绩最好",
    "这个月哪个客户买得最多",
    "今年哪个客户买得最多",
    "五金客户今年买了多少",
    "复购率是多少",
    "什么问题投诉最多",
    "这个月谁跟进最多",
    "哪个地区的客户最多",
)
DETAILS = (
    """UPDATE customer SET owner_id = :first + customer_id % :reps,
       source = CASE customer_id % 5 WHEN 0 THEN '展会' WHEN 1 THEN '网络搜索' WHEN 2 THEN '老客户转介绍' WHEN 3
                THEN '电话' ELSE '扫楼' END,
       industry = CASE customer_id % 4 WHEN 0 THEN '五金' WHEN 1 THEN '机械' WHEN 2 THEN '塑料' ELSE '包装' END,
       region = CASE customer_id % 6 WHEN 0 THEN '苏州' WHEN 1 THEN '上海' WHEN 2 THEN '无锡' WHEN 3 THEN '宁波'
                WHEN 4 THEN '杭州' ELSE '南京' END,
       created_at = datetime('2026-03-18 02:30:00', '-' || (customer_id * 7 % 700) || ' days')""",
    "UPDATE orders SET product = '产品' || (order_id * 7919 % 40)",
    """UPDATE customer_summary SET value_fen = total_fen, churn_probability = (customer_id * 31 % 100) / 100.0,
       value_group = CASE customer_id % 7 WHEN 0 THEN 'high_stable' WHEN 1 THEN 'high_at_risk' WHEN 2 THEN 'low_at_risk'
                     WHEN 3 THEN 'no_value' ELSE 'low_stable' END, previous_group = 'low_stable'""",
    """INSERT INTO note (team_id, customer_id, author_id, text, urgent, tagged, evidence, created_at)
       SELECT team_id, customer_id, owner_id, '交期又拖了一周', 0, 1, '{}',
              datetime('2026-03-18 02:30:00', '-' || (customer_id * 13 % 300) || ' days') FROM customer""",
    """INSERT INTO note_tag (note_id, team_id, customer_id, kind, label, probability, origin, created_at)
       SELECT note_id, team_id, customer_id, 'intent',
              CASE note_id % 3 WHEN 0 THEN 'complaint' WHEN 1 THEN 'need_explicit' ELSE 'praise' END, 0.9, 'model',
              created_at FROM note""",
    """INSERT INTO note_tag (note_id, team_id, customer_id, kind, label, probability, origin, created_at)
       SELECT note_id, team_id, customer_id, 'topic',
              CASE note_id % 4 WHEN 0 THEN 'delivery' WHEN 1 THEN 'price' WHEN 2 THEN 'quality' ELSE 'service' END, 0.9,
              'model', created_at FROM note WHERE note_id % 3 < 2""",
    """INSERT INTO score_movement (team_id, customer_id, kind, before, after, moved_at)
       SELECT team_id, customer_id, 'group', 'low_stable', 'low_at_risk',
              datetime('2026-03-18 02:30:00', '-' || (customer_id * 17 % 365) || ' days') FROM customer""",
)


def main(options: tuple[str, ...] = ()) -> None:
    """Prints the tables."""
    for size in SIZES[:1] if "--small" in options else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            database = Database(f"sqlite:///{Path(folder) / 'sales.db'}")
            database.migrate()
            actor = database.write_now(partial(fill, size=size))
            print(
                f"{size:,} customers, {size * summary.ORDERS_EACH:,} orders, {size:,} notes; each asked {ASKED} times"
            )
            ask_all(database, actor)
            look_at_all(database, actor)
            report(database, actor)
            database.close()


def ask_all(database: Database, actor: Actor) -> None:
    """Prints how long each question takes, from its text to the text of the answer."""
    everything: list[float] = []
    for typed in QUESTIONS:
        times = measured(database, partial(answered, actor=actor, typed=typed))
        everything += times
        print(f"{max(times) * 1000:8.0f} ms  {typed}", flush=True)
    everything.sort()
    p95 = everything[len(everything) * 95 // 100]
    print(f"{'question':12} p50 {median(everything) * 1000:.0f} ms  p95 {p95 * 1000:.0f} ms  (must 1,000)")


def look_at_all(database: Database, actor: Actor) -> None:
    """Prints how long each view, the 80/20 curve and the tasks of a group take, before anything is drawn or made."""
    work: dict[str, Callable[[Session], Any]] = {
        f"/views {code}": partial(_viewed, actor=actor, code=code) for code in views.CODES
    }
    work["80/20 curve"] = partial(_layers, actor=actor)
    work["tasks of a group"] = partial(_proposed, actor=actor)
    for name, look in work.items():
        print(f"{max(measured(database, look)) * 1000:8.0f} ms  {name}", flush=True)


def _viewed(db: Session, actor: Actor, code: str) -> str:
    return view_texts.view(code, views.of(db, actor, code, NOW), "").text


def _layers(db: Session, actor: Actor) -> list[Layer]:
    return portions.layers(db, actor)


def _proposed(db: Session, actor: Actor) -> int:
    found = group_tasks.propose(db, actor, Group.HIGH_AT_RISK, NOW).chosen
    db.rollback()
    return found


def report(database: Database, actor: Actor) -> None:
    """Prints how long the weekly report takes: its figures, then its pages in a process of their own."""
    asyncio.run(indicator_days.renew(database, actor.team_id, NOW))
    times = measured(database, lambda db: reports.weekly(db, actor, NOW))
    found = database.read_now(lambda db: reports.weekly(db, actor, NOW))
    made = report_texts.pages(found, masked=False)
    began = time.perf_counter()
    first = pages.pdf(made, foot="周报", title="周报")
    cold = time.perf_counter() - began
    began = time.perf_counter()
    pages.pdf(made, foot="周报", title="周报")
    warm = time.perf_counter() - began
    print(f"{max(times) * 1000:8.0f} ms  /report, its figures")
    print(f"{warm * 1000:8.0f} ms  /report, {len(made)} pages, {len(first) / 1024:.0f} kB (first time {cold:.1f} s)")


def measured(database: Database, work: Callable[[Session], Any]) -> list[float]:
    """How long each of some calls takes, in seconds."""
    times = []
    for _ in range(ASKED):
        began = time.perf_counter()
        database.read_now(work)
        times.append(time.perf_counter() - began)
    return times


def answered(db: Session, actor: Actor, typed: str) -> str:
    """The words of the answer."""
    question = questions.asked(db, actor, typed, actor.today(NOW))
    if question is None:
        raise LookupError(typed)
    return texts.answer(questions.answer(db, actor, question, NOW), 1).text


def fill(db: Session, size: int) -> Actor:
    """The team with its manager, twenty reps, customers, orders, notes and moves."""
    now = datetime(2025, 1, 1, tzinfo=UTC)
    manager = teams.found(db, 1, "王主管", now)
    reps = [teams.join(db, manager.team_id, 100 + n, f"销售{n}", "rep", now) for n in range(REPS)]
    summary.fill(db, manager, size)
    for statement in DETAILS:
        given = {"first": reps[0].member_id, "reps": REPS}
        db.execute(text(statement), {name: value for name, value in given.items() if f":{name}" in statement})
    return members.acting(db, 1, NOW)


if __name__ == "__main__":
    main()

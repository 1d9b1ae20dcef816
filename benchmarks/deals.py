"""How long /deals, /forecast, /target and /sources take for a manager of 100,000 customers, their pictures included.

Run: python -m benchmarks deals. 10 orders a customer, 40,000 deals of two years, ten sellers; every row follows a fixed
formula. Beside each the time of one plain look at every customer of the team: the least that a scan costs.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from benchmarks import summary
from benchmarks.summary import NOW
from bot.heavy import HeavyWork
from charts import funnel, leaderboard
from crm import deal_forecasts, deal_lists, members, snapshots, source_returns, targets, teams
from crm.database import Database
from crm.members import Actor
from crm.tables import Customer, Deal
from handlers.texts import deal_figures, forecasts
from handlers.texts import deals as deal_texts
from handlers.texts import sources as source_texts
from handlers.texts import targets as target_texts

SIZE, REPS, ASKED = 100_000, 10, 40
MARCH = NOW.date().replace(day=1)
SOURCES = ("展会", "朋友介绍", "百度", "老客户转介绍", "1688", "扫楼", "微信", "广交会", "抽奖", "电话")

DEALS = """
INSERT INTO deal (team_id, customer_id, amount_fen, stage, state, expected_on, won_fen, created_by_id, created_at,
                  moved_at, closed_on)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :deals)
SELECT :team, 1 + i * 7919 % :size, 100000 + i * 613 % 9000000,
       substr('线索  已联系有意向报价  ', 1 + i % 4 * 3, 3),
       CASE i % 5 WHEN 0 THEN 'won' WHEN 1 THEN 'lost' ELSE 'open' END,
       date('2026-03-18', (i * 31 % 240 - 40) || ' days'), CASE i % 5 WHEN 0 THEN 90000 + i * 613 % 9000000 END, 1,
       datetime('2026-03-18', '-' || (i * 17 % 700) || ' days'), datetime('2026-03-18'),
       CASE WHEN i % 5 < 2 THEN date('2026-03-18', '-' || (i * 13 % 500) || ' days') END
FROM n
"""


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder)))


async def measure(folder: Path) -> None:
    """One line for each command."""
    database, heavy = Database(f"sqlite:///{folder / 'sales.db'}"), HeavyWork()
    database.migrate()
    actor = database.write_now(lambda db: teams.found(db, 1, "王主管", NOW))
    database.write_now(lambda db: fill(db, actor))
    actor = database.read_now(lambda db: members.acting(db, 1, NOW))
    open_deals = database.read_now(lambda db: db.scalar(select(func.count()).where(Deal.state == "open")))
    print(
        f"{SIZE:,} customers, {SIZE * summary.ORDERS_EACH:,} orders, {open_deals:,} open deals; {ASKED} times each, ms"
    )
    print(f"{'command':>16} {'p50 text':>9} {'p95 text':>9} {'chart':>7}", flush=True)
    for name, (look, draw) in commands(actor).items():
        times = sorted([await ask(database, look) for _ in range(ASKED)])
        chart = "-"
        if draw is not None:
            given = await database.read(draw)
            await heavy(*given)
            began = time.perf_counter()
            await heavy(*given)
            chart = f"{(time.perf_counter() - began) * 1000:.0f}"
        p50, p95 = times[ASKED // 2] * 1000, times[ASKED * 95 // 100] * 1000
        print(f"{name:>16} {p50:9.1f} {p95:9.1f} {chart:>7}", flush=True)
    heavy.close()
    database.close()


Look = Callable[[Session], Any]


def commands(actor: Actor) -> dict[str, tuple[Look, Look | None]]:
    """By name: what the text asks for, and what the picture is drawn from."""
    today = actor.today(NOW)
    whose = actor.team_name

    def deals_page(db: Session) -> object:
        pipe, found = deal_lists.pipeline(db, actor, NOW), deal_lists.find(db, actor, 7)
        return deal_texts.listed(pipe, found, 0, 6, whose, today)

    def forecast(db: Session) -> object:
        found, standing = deal_forecasts.of(db, actor, NOW), targets.standing(db, actor, MARCH, NOW)
        return forecasts.page(found, standing.whole, today)

    def forecast_picture(db: Session) -> object:
        found, standing = deal_forecasts.of(db, actor, NOW), targets.standing(db, actor, MARCH, NOW)
        return draw_board, forecasts.leaders(found, standing), "元"

    def sources_page(window: str) -> Look:
        return lambda db: source_texts.page(source_returns.of(db, actor, window, NOW), whose, True, True, today)

    def sources_picture(db: Session) -> object:
        return draw_board, *source_texts.bars(source_returns.of(db, actor, "all", NOW))

    return {
        "one scan": (lambda db: db.scalar(select(func.count(Customer.source))), None),
        "/deals": (deals_page, lambda db: (draw_funnel, deal_figures.stages(deal_lists.funnel(db, actor, NOW)))),
        "deals funnel": (lambda db: deal_lists.funnel(db, actor, NOW), None),
        "/forecast": (forecast, forecast_picture),
        "/target": (lambda db: target_texts.page(targets.standing(db, actor, MARCH, NOW), today, True), None),
        "/sources all": (sources_page("all"), sources_picture),
        "/sources year": (sources_page("year"), None),
        "sources funnel": (lambda db: source_returns.funnel(db, actor, "all", NOW), None),
    }


def draw_board(rows: Any, unit: str) -> bytes:
    """The bars."""
    return leaderboard.leaderboard(rows, title="业绩", unit=unit)


def draw_funnel(stages: Any) -> bytes:
    """The funnel."""
    return funnel.funnel(stages, title="漏斗")


async def ask(database: Database, look: Look) -> float:
    """Seconds of one look by the manager."""
    began = time.perf_counter()
    await database.read(lambda db: (members.acting(db, 1, NOW), look(db)))
    return time.perf_counter() - began


def fill(db: Session, actor: Actor) -> None:
    """Sellers, customers with owner, day and source, orders, deals, targets, costs, and what a run of scores keeps."""
    reps = [teams.join(db, actor.team_id, 10 + at, f"销售{at}", "rep", NOW) for at in range(REPS)]
    summary.fill(db, actor, SIZE)
    names = " ".join(f"WHEN {at} THEN '{name}'" for at, name in enumerate(SOURCES))
    db.execute(
        text(
            f"UPDATE customer SET owner_id = {reps[0].member_id} + customer_id % {REPS}, "  # noqa: S608  # our own words
            f"source = CASE customer_id % {len(SOURCES) + 1} {names} END, "
            "created_at = datetime('2026-03-18', '-' || (customer_id % 700) || ' days')"
        )
    )
    db.execute(text(DEALS), {"deals": SIZE * 2 // 5, "team": actor.team_id, "size": SIZE})
    db.execute(text("UPDATE deal SET stage = trim(stage)"))
    expected = [(rep.member_id, 5_000_000_00) for rep in reps]
    model = {"window": {"horizon_days": 90}, "on": "2026-03-18", "expected": expected}
    snapshots.keep(db, actor.team_id, "model", model, NOW)
    boss = members.acting(db, 1, NOW)
    for rep in reps:
        targets.put(db, boss, rep.member_id, MARCH, 30_000_000, NOW)
    source_returns.put_cost(db, boss, "展会", MARCH, 500_000, NOW)


if __name__ == "__main__":
    main()

"""Deals, targets and costs of sources for the demo: half a year of won and lost ones, weeks ahead, some overdue."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot.demo import cast
from crm import deal_lists, months, source_returns, targets
from crm.deal_stages import DEFAULT, LOST, WON
from crm.members import Actor
from crm.tables import Customer, Deal, DealMove, ForecastRecord
from crm.tables.deals import TEAM

SEED = 20_261
OPEN, CLOSED = 24, 48
REASONS = ("价格", "竞品", "没预算", "需求没了", "交期", "联系不上")
WAN = 1_000_000  # fen


def fill(db: Session, boss: Actor, reps: Sequence[Actor], rows: Sequence[Customer], now: datetime) -> None:
    """The customers have deals, the reps targets of this month, two sources their costs."""
    chance, today = random.Random(SEED), boss.today(now)
    chosen = chance.sample(list(rows), OPEN + CLOSED)
    for row in chosen[:OPEN]:
        expected = today + timedelta(days=chance.randrange(-12, 55))
        _deal(db, chance, row, now, "open", expected, now - timedelta(days=chance.randrange(3, 60)))
    for row in chosen[OPEN:]:
        closed = today - timedelta(days=chance.randrange(1, 180))
        state = WON if chance.random() < 0.4 else LOST
        _deal(
            db, chance, row, now, state, closed, now - timedelta(days=(today - closed).days + chance.randrange(5, 40))
        )
    this = months.first(today)
    for rep, wan in zip(reps, (30, 25), strict=False):
        targets.put(db, boss, rep.member_id, this, wan * WAN, now)
    for source, yuan in (("展会", 12_000), ("网络搜索", 6_500)):
        source_returns.put_cost(db, boss, source, this, yuan * 100, now)
    _past(db, boss, chance, this, now)


def _deal(
    db: Session, chance: random.Random, row: Customer, now: datetime, state: str, day: date, made: datetime
) -> None:
    names = DEFAULT.names
    place = len(names) - 1 if state == WON else chance.randrange(len(names))
    deal = Deal(
        team_id=row.team_id,
        customer_id=row.customer_id,
        what=chance.choice(cast.PRODUCTS)[0],
        amount_fen=chance.randrange(5, 120) * 100_000,
        stage=names[place],
        state=state,
        expected_on=day,
        closed_on=None if state == "open" else day,
        lost_reason=chance.choice(REASONS) if state == LOST else None,
        created_by_id=row.owner_id or 0,
        created_at=made,
        moved_at=made,
    )
    db.add(deal)
    db.flush([deal])
    path: list[str | None] = [None, *names[: place + 1], *([] if state == "open" else [state])]
    step = (now - made) / (len(path) + 1)
    moves: list[dict[str, Any]] = [
        {
            "team_id": row.team_id,
            "deal_id": deal.deal_id,
            "kind": "stage",
            "before": before,
            "after": after,
            "member_id": row.owner_id or 0,
            "moved_at": made + step * at,
        }
        for at, (before, after) in enumerate(itertools.pairwise(path))
    ]
    db.execute(insert(DealMove), moves)


def _past(db: Session, boss: Actor, chance: random.Random, this: date, now: datetime) -> None:
    """What the forecasts of the last months said."""
    for back in range(1, 5):
        month = months.shifted(this, -back)
        came = deal_lists.closed(db, boss, month, months.last(month)).won_fen
        said = round(came * chance.uniform(0.7, 1.3), -4)
        values = {"month": month, "weighted_fen": said, "made_at": now}
        db.add(ForecastRecord(team_id=boss.team_id, member_id=TEAM, models_fen=None, **values))

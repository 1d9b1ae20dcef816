"""What the clock causes: PLANNERS is the only list of them.

A planner enqueues what is due for one team and returns how many rows are new; it is called again while that is CHUNK.
Mostly nothing is due: then all planners share one transaction (`plan_some`), where half of the time would else be spent
on beginning fourteen and on reading the team for each.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import (
    alerts,
    calendars,
    complaint_alerts,
    deal_forecasts,
    digests,
    indicator_digests,
    ladder,
    occasions,
    oversight,
    recycling,
    reminders,
    report_pushes,
)
from crm.tables import Team

Planner = Callable[[Session, Team, datetime], int]

CHUNK = 1_000  # rows of one planner in one transaction
ENOUGH = 100  # rows after which no further planner joins the transaction
PLAN_LOCKS = 7206  # the first of two numbers, as in bot.single and bot.claims, whose locks are apart
LONG = 0.02  # seconds after which none does: everybody's messages wait for the one writer of an SQLite file

KEEPERS: tuple[Planner, ...] = (deal_forecasts.plan,)  # those of PLANNERS that only write figures down
PLANNERS: tuple[Planner, ...] = (
    reminders.plan_tasks,
    reminders.plan_cards,
    occasions.plan_birthdays,
    occasions.plan_festivals,
    digests.plan_digest,
    indicator_digests.plan,
    alerts.plan_scores,
    oversight.plan,
    complaint_alerts.plan,
    ladder.plan,
    recycling.plan,
    calendars.plan,
    deal_forecasts.plan,
    report_pushes.plan,
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one transaction planned: how many rows are new, and where in PLANNERS the next one begins."""

    new: int
    next: int


def plan_some(db: Session, team_id: int, now: datetime, first: int, *, alone: bool = False) -> Stretch:
    """As many of PLANNERS, from the one at `first`, as fit a short transaction; at least that one, or just that.

    Raises: what a planner raises; then nothing of the stretch stands.
    """
    if db.get_bind().dialect.name == "postgresql":  # two replicas that lock the same rows in turn would stop each other
        db.execute(select(func.pg_advisory_xact_lock(PLAN_LOCKS, team_id)))
    began, team, total = time.monotonic(), db.get_one(Team, team_id), 0
    _held = reminders.plan_of(db, team)  # as long as it is held, the session reads it no second time
    for at, planner in enumerate(PLANNERS[first:], first):
        new = planner(db, team, now)
        total += new
        if new >= CHUNK:
            return Stretch(total, at)
        if alone or total >= ENOUGH or time.monotonic() - began > LONG:
            return Stretch(total, at + 1)
    return Stretch(total, len(PLANNERS))

"""What the clock would cause: the real planners, run in a transaction that is rolled back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import alerts, clockwork
from crm.tables import Outbox, Team

ROUNDS = 1_000  # of one planner: bounds a planner that never says it is done
CHEAP = tuple(planner for planner in clockwork.PLANNERS if planner is not alerts.plan_scores)


@dataclass(frozen=True, slots=True)
class Coming:
    """A push that is planned later today."""

    key: str
    push: str
    due_at: datetime
    member_id: int | None
    customer_id: int | None


def plan(db: Session, team: Team, now: datetime, planners: Sequence[clockwork.Planner] = clockwork.PLANNERS) -> None:
    """Everything that is due for the team at `now` is in the outbox, as after a tick."""
    for planner in planners:
        for _ in range(ROUNDS):
            if planner(db, team, now) < clockwork.CHUNK:
                break


def rest_of(db: Session, team: Team, now: datetime, end: datetime) -> list[Coming]:
    """What will be planned from now until `end`, but for alerts, whose scores are made in the night. Nothing stays."""
    with db.begin_nested() as point:
        plan(db, team, end - timedelta(seconds=1), CHEAP)
        waits = (Outbox.team_id == team.team_id, Outbox.state == "pending", Outbox.due_at >= now, Outbox.due_at < end)
        rows = db.scalars(select(Outbox).where(*waits).order_by(Outbox.due_at, Outbox.outbox_id)).all()
        found = [Coming(row.key or "", row.push or "", row.due_at, row.member_id, row.customer_id) for row in rows]
        point.rollback()
    return found

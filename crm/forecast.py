"""What the clock would cause: the real planners, run in a transaction that is rolled back."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import alerts, clockwork
from crm.tables import Outbox, Team

ROUNDS = 1_000  # of one planner: bounds a planner that never says it is done
CHEAP = tuple(planner for planner in clockwork.PLANNERS if planner is not alerts.plan_scores)


def plan(db: Session, team: Team, now: datetime, planners: Sequence[clockwork.Planner] = clockwork.PLANNERS) -> None:
    """Everything that is due for the team at `now` is in the outbox, as after a tick."""
    for planner in planners:
        for _ in range(ROUNDS):
            if planner(db, team, now) < clockwork.CHUNK:
                break


@contextlib.contextmanager
def rest_of(db: Session, team: Team, now: datetime, end: datetime) -> Iterator[list[Outbox]]:
    """What waits from now until `end`, as planned then, but for alerts, whose scores are made in the night.

    Nothing stays after the block, whatever is done to the rows in it.
    """
    with db.begin_nested() as point:
        plan(db, team, end - timedelta(seconds=1), CHEAP)
        waits = select(Outbox).where(
            Outbox.team_id == team.team_id, Outbox.state == "pending", Outbox.push.is_not(None)
        )
        waits = waits.where(Outbox.due_at >= now, Outbox.due_at < end)
        yield list(db.scalars(waits.order_by(Outbox.due_at, Outbox.outbox_id)))
        point.rollback()

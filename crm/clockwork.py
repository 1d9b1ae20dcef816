"""What the clock causes: PLANNERS is the only list of them.

A planner enqueues what is due for one team and returns how many rows are new; it is called again while that is CHUNK.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

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

CHUNK = 1_000  # rows in one transaction

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

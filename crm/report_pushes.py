"""On the first working day of a week, the report of the last for each manager, where the team wants it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from almanac import workdays
from crm import outbox, oversight, reminders, settings
from crm.tables import Team

PUSH = "report"
AFTER_CARD = timedelta(hours=1)  # the line of dear customers at risk comes half an hour before


def plan(db: Session, team: Team, now: datetime) -> int:
    """Each manager, or where there is none each admin, has the report of the last week; the renderer may skip it."""
    at = reminders.card_at(team, now) + AFTER_CARD
    if now + reminders.AHEAD < at or settings.of(team).weekly_report == "off" or not _opens_week(at.date()):
        return 0
    if reminders.done(db, team, PUSH, at):
        return 0
    pushes = [
        reminders.of_day(PUSH, member, at, {"on": at.date().isoformat()}) for member in oversight.leading(db, team, at)
    ]
    new = outbox.enqueue(db, pushes, now)
    reminders.mark_done(db, team, PUSH, at)
    return new


def _opens_week(day: date) -> bool:
    """True for the first working day of a week."""
    monday = day - timedelta(days=day.weekday())
    before = (monday + timedelta(days=n) for n in range(day.weekday()))
    return workdays.is_workday(day) and not any(workdays.is_workday(one) for one in before)

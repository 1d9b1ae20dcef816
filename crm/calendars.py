"""The one notice to the admins that a year's official working days are not known yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from almanac import workdays
from crm import outbox, reminders
from crm.outbox import Planned
from crm.tables import Member, Team

PUSH = "calendar"
FROM_MONTH = 12  # the State Council announces the next year's days in October or November


def plan(db: Session, team: Team, now: datetime) -> int:
    """Each admin hears once of a year whose days are not announced: of the next one in December, else of this one."""
    at = reminders.card_at(team, now)
    years = [at.year, at.year + 1] if at.month >= FROM_MONTH else [at.year]
    unknown = [year for year in years if not workdays.is_announced(year)]
    if not unknown or now + reminders.AHEAD < at or reminders.done(db, team, PUSH, at):
        return 0
    admins = list(db.scalars(reminders.reachable(team, at).where(Member.is_admin.is_(True))))
    pushes = [
        Planned(
            key=f"{PUSH}:{admin.member_id}:{year}",
            push=PUSH,
            team_id=team.team_id,
            chat_id=admin.user_id,
            due_at=at,
            data={"year": year},
            member_id=admin.member_id,
        )
        for year in unknown
        for admin in admins
    ]
    new = outbox.enqueue(db, pushes, now)
    reminders.mark_done(db, team, PUSH, at)
    return new

"""The evening digest and the push of a task, as they are rendered when sent."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from crm import digests, groups
from crm.tables import Outbox, Team
from handlers.say import Say, Skip
from handlers.texts import digests as texts


def render_digest(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """The digest for a group (masked) or a manager."""
    team = db.get_one(Team, row.team_id)
    is_group = row.member_id is None
    if is_group:
        group = groups.find(db, row.chat_id)
        if group is None or group.closed_at is not None or group.team_id != team.team_id:
            return Skip(texts.NOBODY)
    evening = digests.evening(db, team, now)
    return texts.digest(evening, team.name, is_group, ZoneInfo(team.zone))

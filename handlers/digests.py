"""The evening digest as it is rendered when sent."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from crm import digests, groups, robots, settings
from crm.tables import Member, Outbox, Team
from handlers import indicator_digests
from handlers.say import Say, Skip
from handlers.texts import digests as texts


def render_digest(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """The digest for a group (masked) or a manager."""
    team = db.get_one(Team, row.team_id)
    is_group = row.member_id is None
    if is_group and robots.of_lane(row.chat_id) is None:  # a robot that is not on is sorted out before
        group = groups.find(db, row.chat_id)
        if group is None or group.closed_at is not None or group.team_id != team.team_id:
            return Skip(texts.NOBODY)
    if not is_group and not _still_leads(db, row):
        return Skip(texts.NOBODY)
    evening = digests.evening(db, team, now)
    is_masked = settings.of(team).group_names == "masked"
    zone = ZoneInfo(team.zone)
    odd, rows = indicator_digests.evening_lines(db, team, now.astimezone(zone).date(), is_group)
    return texts.digest(evening, team.name, is_group, zone, is_masked, odd=odd, rows=rows)


def _still_leads(db: Session, row: Outbox) -> bool:
    member = db.get(Member, row.member_id)
    return member is not None and member.left_at is None and (member.is_manager or member.is_admin)

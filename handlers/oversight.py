"""The manager's line of the day as it is rendered when sent."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from crm import members, oversight, scores
from crm.tables import Member, Outbox, Team
from handlers.say import Say, Skip
from handlers.texts import oversight as texts


def render_line(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """What a manager should look after, or why nothing is said."""
    member, team = db.get(Member, row.member_id), db.get_one(Team, row.team_id)
    if member is None or member.left_at is not None or not (member.is_manager or member.is_admin):
        return Skip(texts.NOBODY)
    actor = members.as_actor(member, team, now)
    card = datetime.combine(date.fromisoformat(row.payload["on"]), time(team.card_hour), ZoneInfo(team.zone))
    found = oversight.concerns(db, actor, card)
    if not found:
        return Skip(texts.NOTHING)
    reasons = scores.explain(db, team, [entry.summary for entry in found.risks[: texts.SHOWN]], now)
    return texts.line(found, reasons, actor.name)

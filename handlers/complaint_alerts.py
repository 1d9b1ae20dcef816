"""What the clock says of complaints, as it is rendered when sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from crm import complaints, members
from crm.complaints import Case
from crm.members import Actor
from crm.tables import Member, Outbox, Team
from handlers.say import Say, Skip
from handlers.texts import complaint_alerts as texts


def render_complaint(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """The cases of the push of which it is still true and which the reader may still see."""
    member = db.get(Member, row.member_id)
    if member is None or member.left_at is not None:
        return Skip(texts.NOBODY)
    actor = members.as_actor(member, db.get_one(Team, member.team_id), now)
    found = [(case, step) for number, step in row.payload["cases"] if (case := _still(db, actor, number, step))]
    if not found:
        return Skip(texts.OVER)
    if len(found) > 1:
        return texts.several(found, actor.zone, now)
    return texts.alert(*found[0], actor.sees_team, actor.zone, now)


def _still(db: Session, actor: Actor, complaint_id: int, step: str) -> Case | None:
    """The case, where what the step says is so now."""
    try:
        case = complaints.get(db, actor, complaint_id)
    except complaints.ComplaintNotFound:
        return None
    waits = ("resolved",) if step == "tell" else complaints.WAITING
    return case if complaints.stage(case.complaint) in waits else None

"""Another program takes this bot's messages: the word to the admins of all teams, for each may lose what is typed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import outbox
from crm.outbox import Planned
from crm.tables import Member

PUSH = "rival"
GOOD_FOR = timedelta(days=1)


def tell(db: Session, now: datetime) -> int:
    """Each admin will hear of it, once a day at most; how many will."""
    admins = select(Member).where(Member.is_admin.is_(True), Member.left_at.is_(None), Member.blocked_at.is_(None))
    notices = [
        Planned(
            key=f"{PUSH}:{admin.member_id}:{now.date()}",
            push=PUSH,
            team_id=admin.team_id,
            chat_id=admin.user_id,
            due_at=now,
            data={},
            member_id=admin.member_id,
            expires_at=now + GOOD_FOR,
        )
        for admin in db.scalars(admins.order_by(Member.member_id))
    ]
    return outbox.enqueue(db, notices, now)

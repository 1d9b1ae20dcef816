"""What a member's next plain text answers: a question the bot asked stays a row, so that a restart forgets nothing.

A question is open for an hour and only one at a time: an old one must not swallow a note typed the next day.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from crm.members import Actor
from crm.tables import Member

OPEN_FOR = timedelta(hours=1)
_members = cast(Table, Member.__table__)
_ASKED = select(_members.c.awaiting).where(_members.c.member_id == bindparam("which"))  # every text asks it


def ask(db: Session, actor: Actor, what: str, now: datetime, **data: Any) -> None:
    """The member's next plain text within the hour answers `what`; an older question is dropped."""
    member = db.get_one(Member, actor.member_id)
    member.awaiting = {**data, "what": what, "until": (now + OPEN_FOR).isoformat()}
    db.flush([member])


def look(db: Session, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """The open question, {'what': …, 'until': …, and the data it was asked with}, left open."""
    asked = db.connection().scalar(_ASKED, {"which": actor.member_id})
    if not asked or datetime.fromisoformat(asked["until"]) < now:
        return None
    return dict(asked)


def take(db: Session, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """The open question as in `look`; it is closed now."""
    asked = look(db, actor, now)
    drop(db, actor)
    return asked


def drop(db: Session, actor: Actor) -> None:
    """Nothing is asked any more."""
    member = db.get_one(Member, actor.member_id)
    if member.awaiting:
        member.awaiting = {}
        db.flush([member])

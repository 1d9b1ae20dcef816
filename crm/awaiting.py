"""What a member's next plain text answers: a question the bot asked stays a row, so that a restart forgets nothing.

A question is open for an hour and only one at a time: an old one must not swallow a note typed the next day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from crm.members import Actor
from crm.tables import Member

OPEN_FOR = timedelta(hours=1)
TIME, WHAT = "task_time", "task_what"  # when to remind, and of what
TOTAL = "order_total"  # of an order whose words left it open
STAYING = (TIME, WHAT)  # they stay open beside a question put in words, which is neither


def ask(db: Session, actor: Actor, what: str, now: datetime, **data: Any) -> None:
    """The member's next plain text within the hour answers `what`; an older question is dropped."""
    member = db.get_one(Member, actor.member_id)
    member.awaiting = {**data, "what": what, "until": (now + OPEN_FOR).isoformat()}
    db.flush([member])


def look(actor: Actor, now: datetime) -> dict[str, Any] | None:
    """The question that was open when the actor was looked up: {'what': …, 'until': …, and what it was asked with}."""
    return _open(actor.awaiting, now)


def is_total_of(asked: Mapping[str, Any], customer_id: int) -> bool:
    """True where the sum of an order of this customer was asked for."""
    return asked["what"] == TOTAL and asked.get("customer_id") == customer_id


def asked_at(asked: Mapping[str, Any]) -> datetime:
    """When the open question was asked."""
    return datetime.fromisoformat(asked["until"]) - OPEN_FOR


def take(db: Session, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """The open question as in `look`, but as of now; it is closed."""
    asked = _open(db.get_one(Member, actor.member_id).awaiting, now)
    drop(db, actor)
    return asked


def drop(db: Session, actor: Actor) -> None:
    """Nothing is asked any more."""
    member = db.get_one(Member, actor.member_id)
    if member.awaiting:
        member.awaiting = {}
        db.flush([member])


def _open(asked: Mapping[str, Any] | None, now: datetime) -> dict[str, Any] | None:
    return dict(asked) if asked and datetime.fromisoformat(asked["until"]) >= now else None

"""Drafts: what was typed and is not saved yet waits here until a button says what to do with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.members import Actor
from crm.tables import Draft


class DraftNotFound(LookupError):
    """There is no such draft of this member."""


class DraftResolved(RuntimeError):
    """The question about this draft was answered before."""


def keep(db: Session, actor: Actor, kind: str, text: str, data: dict[str, Any], now: datetime) -> Draft:
    """The text waits as a draft; `data` is what the answer will need."""
    row = Draft(
        team_id=actor.team_id,
        member_id=actor.member_id,
        kind=kind,
        text=text,
        data=data,
        created_at=now,
        resolved_at=None,
    )
    db.add(row)
    db.flush([row])
    return row


def get(db: Session, actor: Actor, draft_id: int) -> Draft:
    """The open draft.

    Raises: DraftNotFound; DraftResolved
    """
    row = db.scalar(select(Draft).where(Draft.draft_id == draft_id, Draft.member_id == actor.member_id))
    if row is None or row.team_id != actor.team_id:
        raise DraftNotFound(draft_id)
    if row.resolved_at is not None:
        raise DraftResolved(draft_id)
    return row


def take(db: Session, actor: Actor, draft_id: int, now: datetime) -> Draft:
    """The draft is resolved and handed out, once.

    Raises: DraftNotFound; DraftResolved
    """
    row = get(db, actor, draft_id)
    row.resolved_at = now
    return row


def find_open_by_message(db: Session, actor: Actor, kinds: tuple[str, ...], message_id: int) -> Draft | None:
    """The member's open draft of one of the kinds that was typed in this message, among the newest ten."""
    mine = select(Draft).where(Draft.member_id == actor.member_id, Draft.kind.in_(kinds), Draft.resolved_at.is_(None))
    newest = db.scalars(mine.order_by(Draft.draft_id.desc()).limit(10))
    return next((row for row in newest if row.data.get("message_id") == message_id), None)

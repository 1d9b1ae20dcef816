"""Drafts: what was typed and is not saved yet waits here until a button says what to do with it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.members import Actor
from crm.tables import Draft

ANSWERABLE = ("note", "known", "update", "nameless", "remind", "order")  # kinds below which a question stands
WAITS = timedelta(hours=1)
ANSWERED_IN = timedelta(minutes=10)  # words without a name answer no question that was asked before


class DraftNotFound(LookupError):
    """There is no such draft of this member."""


class DraftResolved(RuntimeError):
    """The question about this draft was answered before; `is_dropped`: by 取消, so that nothing of it is saved."""

    def __init__(self, draft_id: int, is_dropped: bool = False) -> None:
        super().__init__(draft_id)
        self.is_dropped = is_dropped


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


def get(db: Session, actor: Actor, draft_id: int, kinds: Collection[str] = (), *, to_change: bool = False) -> Draft:
    """The open draft, of one of the kinds unless none is given; `to_change`: nobody else resolves it now.

    Raises: DraftNotFound; DraftResolved
    """
    wanted = select(Draft).where(Draft.draft_id == draft_id, Draft.member_id == actor.member_id)
    if to_change:  # read anew: who looked at it before may have waited here for the press that resolved it
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    row = db.scalar(wanted)
    if row is None or row.team_id != actor.team_id or (kinds and row.kind not in kinds):
        raise DraftNotFound(draft_id)
    if row.resolved_at is not None:
        raise DraftResolved(draft_id, bool(row.data.get("is_dropped")))
    return row


def drop(db: Session, actor: Actor, draft_id: int, now: datetime) -> Draft:
    """The draft is not saved: whoever presses a button below its question later is told so.

    Raises: DraftNotFound; DraftResolved
    """
    row = take(db, actor, draft_id, now)
    row.data = {**row.data, "is_dropped": True}
    return row


def take(db: Session, actor: Actor, draft_id: int, now: datetime, kinds: Collection[str] = ()) -> Draft:
    """The draft is resolved and handed out, once; `kinds` as in `get`.

    Raises: DraftNotFound; DraftResolved
    """
    row = get(db, actor, draft_id, kinds, to_change=True)
    row.resolved_at = now
    return row


def find_open_by_message(db: Session, actor: Actor, kinds: tuple[str, ...], message_id: int) -> Draft | None:
    """The member's open draft of one of the kinds that was typed in this message, among the newest ten."""
    mine = select(Draft).where(Draft.member_id == actor.member_id, Draft.kind.in_(kinds), Draft.resolved_at.is_(None))
    newest = db.scalars(mine.order_by(Draft.draft_id.desc()).limit(10))
    return next((row for row in newest if row.data.get("message_id") == message_id), None)


def newest_waiting(db: Session, actor: Actor, now: datetime) -> int | None:
    """The member's newest draft of the last hour that still waits for an answer; an order offered below the card of
    a new customer is no question: he is saved."""
    waiting = select(Draft.draft_id).where(
        Draft.member_id == actor.member_id,
        Draft.kind.in_(ANSWERABLE),
        Draft.resolved_at.is_(None),
        Draft.created_at >= now - WAITS,
        Draft.data["of_entry"].as_boolean().is_not(True),
    )
    return db.scalar(waiting.order_by(Draft.draft_id.desc()).limit(1))


def newest_asked(db: Session, actor: Actor, now: datetime) -> Draft | None:
    """The draft of the question that waits and was asked last, where words without a name may still answer it."""
    draft_id = newest_waiting(db, actor, now)
    draft = get(db, actor, draft_id) if draft_id is not None else None
    return draft if draft is not None and draft.created_at >= now - ANSWERED_IN else None

"""A question about money that waits, put right: 罗总付了一千一 is asked about, 不对是一千 is about that question."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import drafts
from crm.members import Actor
from crm.tables import AccountEntry, Draft, Note, Order, Task
from nlp.fields import money


def waiting(db: Session, actor: Actor, now: datetime) -> Draft | None:
    """The draft of the question about money that was asked last; None where anything was said or stored since."""
    draft = drafts.newest_asked(db, actor, now)
    if draft is None or not draft.data.get("payment") or _is_answered_since(db, actor, draft):
        return None
    team_id, mine = actor.team_id, actor.member_id
    made = (
        select(func.max(Order.created_at)).where(Order.team_id == team_id, Order.created_by_id == mine),
        select(func.max(Task.created_at)).where(Task.team_id == team_id, Task.created_by_id == mine),
        select(func.max(Note.created_at)).where(Note.team_id == team_id, Note.author_id == mine),
        select(func.max(AccountEntry.created_at)).where(
            AccountEntry.team_id == team_id, AccountEntry.created_by_id == mine
        ),
    )
    since = (db.scalar(one) for one in made)
    return None if any(last is not None and last > draft.created_at for last in since) else draft


def _is_answered_since(db: Session, actor: Actor, draft: Draft) -> bool:
    """True where another question was asked and answered after this one: what is put right now is of that."""
    later = (Draft.member_id == actor.member_id, Draft.draft_id > draft.draft_id)
    return db.scalar(select(Draft.draft_id).where(*later).limit(1)) is not None


def with_sum(text: str, was_fen: int, fen: int) -> str:
    """The words with the right sum in the place of the wrong one.

    >>> with_sum("罗总付了一千一", 1100_00, 1000_00)
    '罗总付了1000'
    """
    for one in money.find(text):
        if one.fen == was_fen:
            return f"{text[: one.start]}{fen / 100:.10g}{text[one.end :]}"
    return f"{text} {fen / 100:.10g}"

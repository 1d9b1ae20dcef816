"""What a customer last said he wanted, where a greeting may quote it: short, harmless, recent, and no reproach."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.tables import Note, NoteTag
from nlp import quotable

RECENT: Final = timedelta(days=90)
_WANTS: Final = frozenset({"need_explicit", "need_latent", "buying"})
_SPOILS: Final = frozenset({"complaint", "churn", "competitor"})


def to_quote(db: Session, customer_id: int, now: datetime) -> str | None:
    """The wish in the newest note of the customer, in its words, such as 想看看新样品; None where none fits."""
    mine = select(Note).where(Note.customer_id == customer_id, Note.deleted_at.is_(None))
    note = db.scalar(mine.order_by(Note.created_at.desc(), Note.note_id.desc()).limit(1))
    if note is None or note.created_at < now - RECENT or note.sentiment == "negative":
        return None
    wish = quotable.wish(note.text)
    if wish is None:
        return None
    tags = select(NoteTag.label).where(NoteTag.note_id == note.note_id, NoteTag.removed_at.is_(None))
    labels = set(db.scalars(tags))
    return wish if labels & _WANTS and not labels & _SPOILS else None

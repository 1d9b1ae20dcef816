"""What a customer last said he wanted, where a greeting may quote it: short, harmless, recent, and no reproach."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.tables import Note, NoteTag

RECENT: Final = timedelta(days=90)
_WANTS: Final = frozenset({"need_explicit", "need_latent", "buying"})
_SPOILS: Final = frozenset({"complaint", "churn", "competitor"})
_WISH: Final = re.compile(
    r"(?:想|想要|打算|准备|计划|考虑)(?:看看?|了解|换|试试?|做|上|开|加|买|装|学|参观|扩|建)[^\s，。,.；;！!？?、]{2,10}"
)
_PRIVATE: Final = re.compile(r"\d|[我咱他她]|价|钱|便宜|折|贵|账|款|别家|隔壁|对手|急|骂|拖|离婚|医院|病")
"""What a rep writes for himself and a customer had better not read."""


def to_quote(db: Session, customer_id: int, now: datetime) -> str | None:
    """The wish in the newest note of the customer, in its words, such as 想看看新样品; None where none fits."""
    mine = select(Note).where(Note.customer_id == customer_id, Note.deleted_at.is_(None))
    note = db.scalar(mine.order_by(Note.created_at.desc(), Note.note_id.desc()).limit(1))
    if note is None or note.created_at < now - RECENT or note.sentiment == "negative":
        return None
    wish = _WISH.search(note.text)
    if wish is None or _PRIVATE.search(wish[0]):
        return None
    tags = select(NoteTag.label).where(NoteTag.note_id == note.note_id, NoteTag.removed_at.is_(None))
    labels = set(db.scalars(tags))
    return wish[0] if labels & _WANTS and not labels & _SPOILS else None

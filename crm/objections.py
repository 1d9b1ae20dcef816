"""Which notes that complain open a case: no objection to price or offer before a sale, nor a site that is not ready.

The note keeps its tags; one tap, or the word 投诉 said outright, makes a case of it.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.tables import CustomerSummary, Note, TagCorrection
from nlp import objections


def opens_case(db: Session, note: Note, topics: Collection[str]) -> bool:
    """True when the note, which complains, tells of something to be made good."""
    if objections.is_of_price(note.text, topics) or objections.is_of_site(note.text):
        return False
    return not objections.is_of_offer(note.text, topics) or _has_bought(db, note.customer_id)


def is_said(db: Session, note_id: int) -> bool:
    """True when a person's last word is that the note complains."""
    words = select(TagCorrection.holds).where(TagCorrection.note_id == note_id, TagCorrection.label == "complaint")
    return bool(db.scalar(words.order_by(TagCorrection.tag_correction_id.desc()).limit(1)))


def _has_bought(db: Session, customer_id: int) -> bool:
    days = select(CustomerSummary.purchase_days).where(CustomerSummary.customer_id == customer_id)
    return bool(db.scalar(days))

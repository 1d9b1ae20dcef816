"""Tags of a note: what the model said, and what a person says with one tap."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from crm import complaints, needs, notes
from crm.members import Actor
from crm.prepared import Prepared
from crm.tables import Customer, Note, NoteTag, TagCorrection
from nlp import labels
from nlp.tagger import Tags

SENTIMENTS = ("negative", "neutral", "positive")
CERTAIN = 1.0  # what a person said
_STORE = Prepared(
    insert(cast(Table, NoteTag.__table__)),
    names=("note_id", "team_id", "customer_id", "kind", "label", "probability", "origin", "created_at"),
)


def kind_of(label: str) -> str:
    """'intent' or 'topic'.

    Raises: UnknownLabel
    """
    if label in labels.INTENTS:
        return "intent"
    if label in labels.TOPICS:
        return "topic"
    raise UnknownLabel(label)


class UnknownLabel(ValueError):
    """The word is no label of the taxonomy."""


def store(db: Session, note: Note, said: Tags, now: datetime) -> list[NoteTag]:
    """What the model said of a note is stored; the rows returned are for showing, not part of the session."""
    rows = [
        {
            "note_id": note.note_id,
            "team_id": note.team_id,
            "customer_id": note.customer_id,
            "kind": kind,
            "label": label,
            "probability": said.probability.get(label, CERTAIN),
            "origin": "model",
            "created_at": now,
        }
        for kind, found in (("intent", said.intents), ("topic", said.topics))
        for label in found
    ]
    if rows:
        _STORE.run_each(db, rows)
    return [NoteTag(**row) for row in rows]


def replace(db: Session, note: Note, said: Tags, now: datetime) -> None:
    """The model's tags are those of the new text; labels a person has decided stay as decided, mood and urgency too."""
    words = select(TagCorrection.label, TagCorrection.holds).where(TagCorrection.note_id == note.note_id)
    decided: dict[str, bool] = {}
    for label, holds in db.execute(words.order_by(TagCorrection.tag_correction_id)):
        decided[label] = holds
        note.sentiment = label if label in SENTIMENTS else note.sentiment
    note.urgent = decided.get("urgent", note.urgent)
    db.execute(delete(NoteTag).where(NoteTag.note_id == note.note_id, NoteTag.label.not_in(list(decided))))
    intents = tuple(label for label in said.intents if label not in decided)
    topics = tuple(label for label in said.topics if label not in decided)
    store(db, note, dataclasses.replace(said, intents=intents, topics=topics), now)


def of_notes(db: Session, note_ids: Sequence[int]) -> dict[int, list[NoteTag]]:
    """The present tags of each note, intents first, the most probable first."""
    found: dict[int, list[NoteTag]] = {}
    if not note_ids:
        return found
    present = select(NoteTag).where(NoteTag.note_id.in_(note_ids), NoteTag.removed_at.is_(None))
    for tag in db.scalars(present.order_by(NoteTag.kind, NoteTag.probability.desc(), NoteTag.note_tag_id)):
        found.setdefault(tag.note_id, []).append(tag)
    return found


def correct(
    db: Session, actor: Actor, note_id: int, label: str, holds: bool, now: datetime
) -> tuple[Note, Customer, list[NoteTag]]:
    """The label holds, or not, as the member says; saying it twice changes nothing more.

    Raises: notes.NoteNotFound; UnknownLabel
    """
    note, customer = notes.get(db, actor, note_id)
    if _apply(db, note, label, holds, now):
        _keep_word(db, actor, note, label, holds, now)
    return note, customer, of_notes(db, [note_id]).get(note_id, [])


def confirm(
    db: Session, actor: Actor, note_id: int, label: str, holds: bool, now: datetime
) -> tuple[Note, Customer, list[NoteTag]]:
    """As correct, and the member's word is kept also where it only says what the note shows already.

    Raises: notes.NoteNotFound; UnknownLabel
    """
    note, customer = notes.get(db, actor, note_id)
    _apply(db, note, label, holds, now)
    if label == "complaint" and holds and not complaints.is_known(db, note_id):
        complaints.open_for(db, note, now)  # an objection that shall be a case
    if _last_word(db, actor, note_id, label) is not holds:
        _keep_word(db, actor, note, label, holds, now)
    return note, customer, of_notes(db, [note_id]).get(note_id, [])


def _last_word(db: Session, actor: Actor, note_id: int, label: str) -> bool | None:
    mine = (TagCorrection.note_id == note_id, TagCorrection.member_id == actor.member_id, TagCorrection.label == label)
    said = select(TagCorrection.holds).where(*mine).order_by(TagCorrection.tag_correction_id.desc()).limit(1)
    return db.scalar(said)


def _keep_word(db: Session, actor: Actor, note: Note, label: str, holds: bool, now: datetime) -> None:
    word = TagCorrection(note_id=note.note_id, team_id=note.team_id, member_id=actor.member_id, label=label)
    word.holds, word.created_at = holds, now
    db.add(word)
    db.flush()


def _apply(db: Session, note: Note, label: str, holds: bool, now: datetime) -> bool:
    """True when something changed."""
    if label in SENTIMENTS:
        changed = note.sentiment != label
        note.sentiment = label
        return changed
    if label == "urgent":
        changed = note.urgent != holds
        note.urgent = holds
        return changed
    return _set_label(db, note, label, holds, now)


def _set_label(db: Session, note: Note, label: str, holds: bool, now: datetime) -> bool:
    kind = kind_of(label)
    tag = db.scalar(select(NoteTag).where(NoteTag.note_id == note.note_id, NoteTag.label == label))
    if (tag is not None and tag.removed_at is None) == holds:
        return False
    if tag is None:
        tag = NoteTag(
            note_id=note.note_id,
            team_id=note.team_id,
            customer_id=note.customer_id,
            kind=kind,
            label=label,
            probability=CERTAIN,
            origin="member",
            created_at=now,
        )
        db.add(tag)
    tag.removed_at = None if holds else now
    if holds:
        tag.probability = CERTAIN
    if label == "complaint":
        change = complaints.open_for if holds else complaints.close_for
        change(db, note, now)
    if label in (*needs.LABELS, "complaint") or kind == "topic":
        needs.settle(db, note, now)
    if kind == "topic":
        complaints.follow(db, note)
    return True

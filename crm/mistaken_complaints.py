"""A complaint that is none: the case is taken back, and the notes it was made of carry the label no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import complaints, tags
from crm.complaints import Case
from crm.members import Actor
from crm.tables import Note, NoteTag
from nlp.tagger import Tags


def take_back(db: Session, actor: Actor, complaint_id: int, now: datetime) -> Case:
    """The case is closed as none, and the member's word is kept for every note of it.

    Raises: ComplaintNotFound; notes.NoteNotFound
    """
    case = complaints.get(db, actor, complaint_id)
    opener = case.complaint.note_id
    for note in sorted(complaints.notes_of(db, case.complaint), key=lambda one: one.note_id == opener):
        tags.correct(db, actor, note.note_id, "complaint", False, now)
    return complaints.get(db, actor, complaint_id)


def without(said: Tags | None) -> Tags | None:
    """The tags of what else the member says of it: no complaint, neither given nor in doubt."""
    if said is None:
        return None
    intents, unsure = (tuple(word for word in words if word != "complaint") for words in (said.intents, said.unsure))
    return replace(said, intents=intents, unsure=unsure)


def put_back(db: Session, actor: Actor, complaint_id: int, now: datetime) -> Case:
    """The case is open again, as a complaint.

    Raises: ComplaintNotFound; notes.NoteNotFound
    """
    case = complaints.get(db, actor, complaint_id)
    tags.correct(db, actor, case.note.note_id, "complaint", True, now)
    return complaints.get(db, actor, complaint_id)


def correct_newest(db: Session, actor: Actor, customer_id: int, now: datetime) -> Note | None:
    """The customer's newest note that complains without a case complains no more; None where there is none."""
    mine = select(Note.note_id).join(NoteTag, NoteTag.note_id == Note.note_id)
    mine = mine.where(Note.customer_id == customer_id, Note.deleted_at.is_(None))
    mine = mine.where(NoteTag.label == "complaint", NoteTag.removed_at.is_(None))
    for note_id in db.scalars(mine.order_by(Note.created_at.desc(), Note.note_id.desc()).limit(1)):
        if not complaints.is_known(db, note_id):
            return tags.correct(db, actor, note_id, "complaint", False, now)[0]
    return None

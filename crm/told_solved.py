"""A case that a note solved outright: as it was before once the note is taken back, solved anew once it is restored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import complaint_stages, complaints, drafts
from crm.complaints import Case
from crm.members import Actor
from crm.tables import Complaint, Draft, Note

KIND = "case_solved"  # of the draft: what the clock was to do with the case, open as long as the note can be taken back


def resolve(db: Session, actor: Actor, note: Note, case: Case, now: datetime) -> Case:
    """The case is solved by the note, which keeps how it stood before.

    Raises: complaints.ComplaintNotFound
    """
    row, step_at = case.complaint, case.complaint.next_alert_at
    if row.closed_at is None and row.stage in complaints.WAITING:
        data = {"note_id": note.note_id, "complaint_id": row.complaint_id, "alert_step": row.alert_step}
        data |= {"next_alert_at": step_at.isoformat() if step_at is not None else None}
        drafts.keep(db, actor, KIND, "", data, now)
    return complaint_stages.resolve(db, actor, row.complaint_id, now)


def withdraw(db: Session, note: Note) -> None:
    """The case that the note solved is as it was before, unless somebody has gone on with it since."""
    kept = _kept(db, note)
    row = db.get(Complaint, kept.data["complaint_id"]) if kept is not None else None
    if kept is None or row is None or row.closed_at is not None:
        return
    if row.stage != "resolved" or row.resolved_at != kept.created_at:
        return
    step_at = kept.data["next_alert_at"]
    row.stage, row.resolved_at, row.alert_step = complaints.before_solved(row), None, kept.data["alert_step"]
    row.next_alert_at = datetime.fromisoformat(step_at) if step_at is not None else None
    db.flush([row])


def restore(db: Session, actor: Actor, note: Note) -> None:
    """The case is solved again, since when the note says so."""
    kept = _kept(db, note)
    if kept is not None:
        complaint_stages.resolve(db, actor, kept.data["complaint_id"], kept.created_at)


def _kept(db: Session, note: Note) -> Draft | None:
    """What was kept with the note; the same message wrote both."""
    with_it = (Draft.member_id == note.author_id, Draft.kind == KIND, Draft.created_at == note.created_at)
    found = db.scalars(select(Draft).where(*with_it, Draft.resolved_at.is_(None)))
    return next((row for row in found if row.data["note_id"] == note.note_id), None)

"""The notes that joined a case: which case a note belongs to, and who speaks for it when its first note goes."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, Table, bindparam, delete, func, or_, select
from sqlalchemy.orm import Session

from crm.prepared import Prepared
from crm.tables import CaseNote, Complaint, Customer, Note


def complaint_stands(row: type[Complaint] = Complaint) -> ColumnElement[bool]:
    """True of a complaint that is open or that a person closed; one closed by nobody went with its note."""
    return or_(row.closed_at.is_(None), row.closed_by_id.is_not(None))


def open_matters(case: Table, limit: int, *more: str) -> Prepared:
    """The newest open cases of `customer_id` that another note than `note_id` opened: case_id, topic, text, name, more.

    Built once, without the object mapper: every note that complains or wants something runs it.
    """
    note, customer = (cast(Table, one.__table__) for one in (Note, Customer))
    case_id = case.c[f"{case.name}_id"]
    return Prepared(
        select(case_id.label("case_id"), case.c.topic, note.c.text, customer.c.name, *(case.c[name] for name in more))
        .join_from(case, note, note.c.note_id == case.c.note_id)
        .join(customer, customer.c.customer_id == case.c.customer_id)
        .where(case.c.customer_id == bindparam("customer_id"), case.c.closed_at.is_(None))
        .where(case.c.note_id != bindparam("note_id"))
        .order_by(case.c.opened_at.desc(), case_id.desc())
        .limit(limit)
    )


def join(db: Session, kind: str, case_id: int, note_id: int, now: datetime) -> None:
    """The note belongs to the case. `kind`: complaint | need."""
    db.add(CaseNote(kind=kind, case_id=case_id, note_id=note_id, joined_at=now))
    db.flush()


def leave(db: Session, kind: str, note_id: int) -> bool:
    """The note belongs to no other note's case any more; False when it did not."""
    mine = delete(CaseNote).where(CaseNote.kind == kind, CaseNote.note_id == note_id)
    return db.scalar(mine.returning(CaseNote.case_note_id)) is not None


def case_of(db: Session, kind: str, note_id: int) -> int | None:
    """The case that the note joined."""
    return db.scalar(select(CaseNote.case_id).where(CaseNote.kind == kind, CaseNote.note_id == note_id))


def next_of(db: Session, kind: str, case_id: int) -> int | None:
    """The earliest note that joined the case: it stands in for the first one and is no joined one any more."""
    mine = select(CaseNote).where(CaseNote.kind == kind, CaseNote.case_id == case_id)
    row = db.scalar(mine.order_by(CaseNote.case_note_id).limit(1))
    if row is None:
        return None
    note_id = row.note_id
    db.delete(row)
    db.flush()
    return note_id


def notes_of(db: Session, kind: str, case_id: int) -> list[int]:
    """The notes that joined the case, in that order."""
    mine = select(CaseNote.note_id).where(CaseNote.kind == kind, CaseNote.case_id == case_id)
    return list(db.scalars(mine.order_by(CaseNote.case_note_id)))


def count_of(db: Session, kind: str, case_ids: list[int]) -> dict[int, int]:
    """How many notes joined each of the cases, none left out where none did."""
    mine = select(CaseNote.case_id, func.count()).where(CaseNote.kind == kind, CaseNote.case_id.in_(case_ids))
    found = {row[0]: int(row[1]) for row in db.execute(mine.group_by(CaseNote.case_id))}
    return {case_id: found.get(case_id, 0) for case_id in case_ids}

"""An import as a row: the file kept, its columns agreed on, checked, written, taken back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import members, scores
from crm.imports import columns, matching, writing
from crm.imports.matching import Plan
from crm.imports.records import Bad, Batch, Look, first_reasons
from crm.members import Actor
from crm.tables import Import, StoredFile, Team

KEPT_FOR = timedelta(hours=24)
UNDONE_WITHIN = timedelta(days=7)
REASONS_SHOWN = 3
OPEN = ("mapping", "checked")


class ImportNotFound(LookupError):
    """There is no such import of this member."""


class ImportOver(RuntimeError):
    """The import is not in a state for this. `state`: mapping | checked | done | undone | cancelled."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class TooLateToUndo(RuntimeError):
    """An import is taken back within a week only: too much has been built on it since."""


class ColumnsMissing(ValueError):
    """Nothing can be imported without these fields."""

    def __init__(self, kind: str, fields: list[str]) -> None:
        super().__init__(", ".join(fields))
        self.kind, self.fields = kind, fields


class FileExpired(LookupError):
    """The bytes are kept for 24 hours only."""


@dataclass(frozen=True, slots=True)
class Source:
    """What the worker needs to read the rows."""

    content: bytes
    name: str
    kind: str
    mapping: list[str]


def receive(
    db: Session, actor: Actor, content: bytes, name: str, look: Look, now: datetime
) -> tuple[Import, Import | None]:
    """The file is kept and its import open; with it the last import of the same bytes that stands, if any."""
    digest = hashlib.sha256(content).hexdigest()
    kept = StoredFile(
        team_id=actor.team_id,
        sha256=digest,
        name=name[:255],
        content=content,
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
    db.add(kept)
    db.flush([kept])
    row = Import(team_id=actor.team_id, member_id=actor.member_id, file_id=kept.file_id, kind=look.kind, created_at=now)
    row.mapping = {
        "name": name[:120],
        "sha256": digest,
        "header": [cell[:60] for cell in look.header],
        "sample": [[cell[:40] for cell in line] for line in look.sample],
        "rows": look.rows,
        "guesses": look.guesses,
        "columns": look.guesses[look.kind],
    }
    before = _same_file(db, actor, digest)
    db.add(row)
    db.flush([row])
    return row, before


def _same_file(db: Session, actor: Actor, digest: str) -> Import | None:
    done = select(Import).where(Import.team_id == actor.team_id, Import.state == "done")
    return next(
        (row for row in db.scalars(done.order_by(Import.import_id.desc())) if row.mapping["sha256"] == digest), None
    )


def get(db: Session, actor: Actor, import_id: int) -> Import:
    """The import of this member.

    Raises: ImportNotFound
    """
    row = db.scalar(select(Import).where(Import.import_id == import_id, Import.team_id == actor.team_id))
    if row is None or (row.member_id != actor.member_id and not actor.is_admin):
        raise ImportNotFound(import_id)
    return row


def get_open(db: Session, actor: Actor, import_id: int) -> Import:
    """The import, still before it is written.

    Raises: ImportNotFound; ImportOver
    """
    row = get(db, actor, import_id)
    if row.state not in OPEN:
        raise ImportOver(row.state)
    return row


def set_kind(db: Session, actor: Actor, import_id: int, kind: str) -> Import:
    """The rows are customers or orders; the columns are guessed anew.

    Raises: ImportNotFound; ImportOver; KeyError for another kind
    """
    row = get_open(db, actor, import_id)
    row.kind, row.state = kind, "mapping"
    row.mapping = {**row.mapping, "columns": row.mapping["guesses"][kind]}
    return row


def set_column(db: Session, actor: Actor, import_id: int, column: int, field: str) -> Import:
    """The column holds the field, and no other column does; '' leaves it out.

    Raises: ImportNotFound; ImportOver; IndexError; ValueError for an unknown field
    """
    row = get_open(db, actor, import_id)
    if field and field not in columns.FIELDS[row.kind]:
        raise ValueError(field)
    mapping = ["" if field and name == field else name for name in row.mapping["columns"]]
    mapping[column] = field
    row.mapping, row.state = {**row.mapping, "columns": mapping}, "mapping"
    return row


def source(db: Session, actor: Actor, import_id: int) -> Source:
    """The bytes and the mapping of an import whose columns suffice.

    Raises: ImportNotFound; ImportOver; ColumnsMissing; FileExpired
    """
    row = get_open(db, actor, import_id)
    lacking = columns.missing(row.mapping["columns"], row.kind)
    if lacking:
        raise ColumnsMissing(row.kind, lacking)
    kept = db.get(StoredFile, row.file_id)
    if kept is None:
        raise FileExpired(import_id)
    return Source(kept.content, kept.name, row.kind, list(row.mapping["columns"]))


def check(db: Session, actor: Actor, import_id: int, plan: Plan) -> Import:
    """What the import would do is in its counts.

    Raises: ImportNotFound; ImportOver
    """
    row = get_open(db, actor, import_id)
    row.counts, row.state = {**plan.counts(), "reasons": _reasons(plan.bad)}, "checked"
    return row


def run(db: Session, actor: Actor, import_id: int, batch: Batch, now: datetime) -> Import:
    """The rows are written, once.

    Raises: ImportNotFound; ImportOver
    """
    members.lock(db, actor.team_id)  # against a second press, and a colleague who types one of the numbers
    row = get_open(db, actor, import_id)
    if row.state != "checked":
        raise ImportOver(row.state)
    plan = matching.plan(db, actor, batch)
    undoing = writing.write(db, actor, plan, import_id, now)
    row.counts = {**plan.counts(), "reasons": _reasons(plan.bad), "undo": undoing}
    row.state, row.done_at = "done", now
    scores.mark_stale(db, db.get_one(Team, actor.team_id), redo=True)
    return row


def undo(db: Session, actor: Actor, import_id: int, now: datetime) -> tuple[Import, int, int]:
    """What was written is taken back; how many orders and customers.

    Raises: ImportNotFound; ImportOver; TooLateToUndo
    """
    row = get(db, actor, import_id)
    if row.state != "done":
        raise ImportOver(row.state)
    if row.done_at is not None and now - row.done_at > UNDONE_WITHIN:
        raise TooLateToUndo(import_id)
    orders, made = writing.undo(db, row.counts.get("undo", {}), import_id, now)
    row.state = "undone"
    scores.mark_stale(db, db.get_one(Team, actor.team_id), redo=True)
    return row, orders, made


def cancel(db: Session, actor: Actor, import_id: int) -> Import:
    """The file is not imported.

    Raises: ImportNotFound; ImportOver
    """
    row = get_open(db, actor, import_id)
    row.state = "cancelled"
    return row


def _reasons(bad: list[Bad]) -> list[dict[str, Any]]:
    shown = first_reasons(bad, REASONS_SHOWN)
    return [{"row": entry.row, "reason": entry.reason, "cell": entry.cell[:40]} for entry in shown]

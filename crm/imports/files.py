"""An import as a row: the file kept, its columns agreed on, checked, written, taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import audit, members, scores
from crm.imports import columns, pieces, running, undoing, writing
from crm.imports.preparation import Findings, Source, Whole
from crm.imports.records import Look
from crm.imports.rows import Bad
from crm.members import Actor
from crm.tables import Import, StoredFile, Team

KEPT_FOR = timedelta(hours=24)
UNDONE_WITHIN = timedelta(days=7)
SMALL = 500  # rows that are written and shown in one transaction
OPEN = ("mapping", "checked")


class ImportNotFound(LookupError):
    """There is no such import of this member."""


class ImportOver(RuntimeError):
    """The import is not in a state for this. `state`: mapping | checked | writing | … | done | undone | cancelled."""

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
        **told(db, actor, look),
    }
    row.sha256 = digest
    before = _same_file(db, actor, digest)
    db.add(row)
    db.flush([row])
    return row, before


def _same_file(db: Session, actor: Actor, digest: str) -> Import | None:
    done = select(Import).where(Import.team_id == actor.team_id, Import.sha256 == digest, Import.state == "done")
    return db.scalar(done.order_by(Import.import_id.desc()).limit(1))


def told(db: Session, actor: Actor, look: Look) -> dict[str, Any]:
    """What is kept of a look at the file."""
    ours = {one.name for one in members.present(db, actor.team_id)}
    owned = columns.with_owners(look.header, look.sample, look.guesses["customers"], ours)
    guesses = {**look.guesses, "customers": owned}
    return {
        "header": [cell[:60] for cell in look.header],
        "sample": [[cell[:40] for cell in line] for line in look.sample],
        "rows": look.rows,
        "guesses": guesses,
        "columns": guesses[look.kind],
        "unit": look.unit[:60],
        "page": look.page,
        "pages": look.pages,
        "has_header": look.has_header,
    }


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


def source(db: Session, actor: Actor, import_id: int) -> Source:
    """The bytes and the mapping of an import whose columns suffice.

    Raises: ImportNotFound; ImportOver; ColumnsMissing; FileExpired
    """
    row = get_open(db, actor, import_id)
    lacking = columns.missing(row.mapping["columns"], row.kind)
    if lacking:
        raise ColumnsMissing(row.kind, lacking)
    kept = db.get(StoredFile, row.file_id)
    if kept is None or not kept.content:
        raise FileExpired(import_id)
    return source_of(row, kept)


def source_of(row: Import, kept: StoredFile) -> Source:
    """What the worker needs of an import and its file."""
    page = row.mapping.get("page") or None
    wins = bool(row.mapping.get("overwrite"))
    return Source(kept.content, kept.name, row.kind, list(row.mapping["columns"]), page, wins)


def kept(db: Session, actor: Actor, import_id: int) -> StoredFile:
    """The file of an open import.

    Raises: ImportNotFound; ImportOver; FileExpired
    """
    found = db.get(StoredFile, get_open(db, actor, import_id).file_id)
    if found is None:
        raise FileExpired(import_id)
    return found


def check(db: Session, actor: Actor, import_id: int, found: Findings) -> Import:
    """What the import would do is in its counts.

    Raises: ImportNotFound; ImportOver
    """
    row = get_open(db, actor, import_id)
    row.counts, row.state = {**found.counts, "reasons": reasons(found.reasons)}, "checked"
    return row


def is_small(counts: Mapping[str, Any]) -> bool:
    """The import is written in one transaction."""
    return int(sum(counts.get(name, 0) for name in ("made", "filled", "orders"))) <= SMALL


def run(db: Session, actor: Actor, import_id: int, whole: Whole, now: datetime) -> Import:
    """A small import is written, once.

    Raises: ImportNotFound; ImportOver
    """
    row = _checked(db, actor, import_id)
    writing.add(db, actor, row, whole.piece, {}, now)
    row.counts, row.done_at = {**whole.findings.counts, "reasons": reasons(whole.findings.reasons)}, now
    running.show(db, row, whole.findings.mark)
    for ids in writing.chunks(writing.buyers(db, import_id)):
        writing.settle(db, import_id, ids, now)
    writing.fill(db, actor, row, pieces.decode(whole.fills), now)
    row.state = "done"
    db.flush([row])
    audit.record(db, actor, audit.IMPORTED, now, detail=_told_of(row))
    return row


def begin(db: Session, actor: Actor, import_id: int, at: tuple[int, int | None], now: datetime) -> Import:
    """A large import is to be written by bot.importing, which shows in the message `at` (chat, message) how far it is.

    Raises: ImportNotFound; ImportOver; FileExpired
    """
    row = _checked(db, actor, import_id)
    kept = db.get(StoredFile, row.file_id)
    if kept is None:
        raise FileExpired(import_id)
    kept.expires_at = now + UNDONE_WITHIN
    row.progress, (row.chat_id, row.message_id) = 0, at
    running.leave(row, "writing")
    audit.record(db, actor, audit.IMPORTED, now, detail=_told_of(row))
    return row


def _told_of(row: Import) -> str:
    return f"{row.counts['made']} 位新客户，{row.counts['filled']} 位补全，{row.counts['orders']} 条订单"


def _checked(db: Session, actor: Actor, import_id: int) -> Import:
    members.lock(db, actor.team_id)  # against a second press, and a colleague who types one of the numbers
    row = get_open(db, actor, import_id)
    if row.state != "checked":
        raise ImportOver(row.state)
    return row


def stop(db: Session, actor: Actor, import_id: int) -> Import:
    """A large import is not written after all: nothing of it has been seen.

    Raises: ImportNotFound; ImportOver
    """
    row = get(db, actor, import_id)
    if row.state != "writing":
        raise ImportOver(row.state)
    running.leave(row, "discarding")
    return row


def undo(db: Session, actor: Actor, import_id: int, now: datetime) -> tuple[Import, int, int]:
    """What was written is taken back; how many orders and customers. The rest of a large one follows: 'undoing'.

    Raises: ImportNotFound; ImportOver; TooLateToUndo
    """
    row = get(db, actor, import_id)
    if row.state != "done":
        raise ImportOver(row.state)
    if row.done_at is not None and now - row.done_at > UNDONE_WITHIN:
        raise TooLateToUndo(import_id)
    undoing.adopt(db, row)
    orders, made = undoing.remove(db, row, now)
    left = undoing.left(db, row)
    row.progress, row.chat_id, row.message_id = 0, actor.user_id, None
    running.leave(row, "undoing")
    row.counts = {**row.counts, "removed": [orders, made], "kept": undoing.kept(db, row)}
    if len(left) <= SMALL:
        undoing.put_back(db, row, left, now)
        row.state = "undone"
    audit.record(db, actor, audit.UNIMPORTED, now, detail=f"{made} 位客户，{orders} 条订单")
    scores.mark_stale(db, db.get_one(Team, actor.team_id), redo=True)
    return row, orders, made


def cancel(db: Session, actor: Actor, import_id: int) -> Import:
    """The file is not imported.

    Raises: ImportNotFound; ImportOver
    """
    row = get_open(db, actor, import_id)
    row.state = "cancelled"
    return row


def reasons(bad: list[Bad]) -> list[dict[str, Any]]:
    """The refused rows as they are kept."""
    return [{"row": entry.row, "reason": entry.reason, "cell": entry.cell[:40]} for entry in bad]

"""The part of an import that runs in the worker process: the file read, matched against the database, cut in pieces.

The worker reads the database over a connection of its own, so that neither its rows nor its waiting burden the bot.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crm.database import Database
from crm.imports import hiding, matching, pieces, records
from crm.imports.matching import Plan
from crm.imports.pieces import Line, Piece
from crm.imports.records import Batch
from crm.imports.rows import Bad, CustomerRow
from crm.members import Actor
from nlp import memory

FILLS = 100  # existing customers of a piece
REASONS_SHOWN = 3


class Forgotten(LookupError):
    """The worker was started anew and knows nothing of the import: it is to be opened again."""


@dataclass(frozen=True, slots=True)
class Source:
    """What the worker needs to read the rows."""

    content: bytes
    name: str
    kind: str
    mapping: list[str]
    page: str | None = None
    overwrite: bool = False  # what the file says of a known customer wins


@dataclass(frozen=True, slots=True)
class Job:
    """A source with whose it is and where the database is; `local` is now on the member's wall clock."""

    database_url: str
    actor: Actor
    source: Source
    local: datetime


@dataclass(frozen=True, slots=True)
class Findings:
    """What an import would do. `rows` and `fills` are the sizes of its pieces once it is opened.

    `mark` is the newest telephone number of the database as it was looked at.
    """

    counts: dict[str, Any]
    reasons: list[Bad]
    mark: int
    rows: list[int] = field(default_factory=list)
    fills: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Whole:
    """What a small import does, with all that it writes, encoded."""

    findings: Findings
    piece: Piece
    fills: bytes


@dataclass(slots=True)
class _Open:
    import_id: int
    pieces: list[list[Line]]
    fills: list[list[tuple[int, CustomerRow]]]


_open: list[_Open] = []  # at most one: a second import waits for the first anyway


def check(job: Job) -> Findings:
    """What the import would do; nothing is kept.

    Raises: sheets.FileRefused
    """
    return _findings(*_plan(job))


def error_file(job: Job, words: dict[str, str]) -> bytes:
    """The rows that cannot be used with the reason of each, as a .csv; `words` by code of the reason.

    Raises: sheets.FileRefused
    """
    source = job.source
    reasons = {
        bad.row: words.get(bad.reason, words[""]) + (f"（{bad.cell}）" if bad.cell else "") for bad in _plan(job)[0].bad
    }
    return records.error_file(source.content, source.name, reasons, source.page)


def start(job: Job, import_id: int) -> Findings:
    """The import is planned and its pieces can be had.

    Raises: sheets.FileRefused
    """
    _open.clear()
    plan, mark = _plan(job)
    found = _findings(plan, mark)
    filled = list(plan.filled.items())
    opened = _Open(
        import_id,
        pieces.cut(pieces.lines(plan)),
        [filled[start : start + FILLS] for start in range(0, len(filled), FILLS)],
    )
    _open.append(opened)
    memory.give_back()
    rows, changes = [len(one) for one in opened.pieces], [len(one) for one in opened.fills]
    return Findings(found.counts, found.reasons, mark, rows, changes)


def whole(job: Job) -> Whole:
    """A small import at once.

    Raises: sheets.FileRefused
    """
    return whole_of(*_plan(job))


def whole_of(plan: Plan, mark: int) -> Whole:
    """A plan as what is written of it; `mark` as in Findings."""
    new, filled = pieces.encode(list(pieces.lines(plan))), pieces.encode_fills(plan.filled.items())
    return Whole(_findings(plan, mark), new, filled)


def piece(import_id: int, at: int) -> Piece:
    """A piece of new rows; it is not kept.

    Raises: Forgotten
    """
    opened = _opened(import_id)
    found, opened.pieces[at] = opened.pieces[at], []
    return pieces.encode(found)


def fills(import_id: int, at: int) -> bytes:
    """A piece of what existing customers get, encoded.

    Raises: Forgotten
    """
    return pieces.encode_fills(_opened(import_id).fills[at])


def end(import_id: int) -> None:
    """The worker holds nothing of the import any more."""
    _open[:] = [opened for opened in _open if opened.import_id != import_id]


def _opened(import_id: int) -> _Open:
    found = next((opened for opened in _open if opened.import_id == import_id), None)
    if found is None:
        raise Forgotten(import_id)
    return found


def _findings(plan: Plan, mark: int) -> Findings:
    told = [one for one in plan.bad if one.reason != "void"]
    return Findings(plan.counts(), records.first_reasons(told, REASONS_SHOWN), mark)


def _plan(job: Job) -> tuple[Plan, int]:
    batch, wins = _batch(job), job.source.overwrite
    memory.give_back()  # the file as it was read
    database = Database(job.database_url)
    try:
        return database.read_now(lambda db: (matching.plan(db, job.actor, batch, wins), hiding.newest_phone(db)))
    finally:
        database.close()


def _batch(job: Job) -> Batch:
    source = job.source
    return records.read(source.content, source.name, source.kind, source.mapping, job.local, source.page)

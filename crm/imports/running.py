"""Large imports and undoings on their way: who carries them, how far they are, what a crash left.

A run holds an import by a number of its own and a heartbeat. Whoever finds one that nobody holds begins it anew: what
was hidden is forgotten first, what was shown is planned again, and what is there already is then nothing to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, text, update
from sqlalchemy.orm import Session

from crm import members, scores
from crm.imports import hiding
from crm.members import Actor
from crm.prepared import Prepared
from crm.tables import Import, Member, Team
from crm.tables.imports import RUNNING

SILENT_FOR = timedelta(minutes=1)  # a run that was not heard of so long has died
TRIES = 3
_ANY_RUNNING = Prepared(select(Import.import_id).where(text(RUNNING)).limit(1))  # mostly there is none


class RunLost(RuntimeError):
    """Somebody else carries the import on, or it was stopped."""


@dataclass(frozen=True, slots=True)
class Run:
    """An import in the hands of this run."""

    import_id: int
    runner: int
    state: str
    actor: Actor | None  # None: who sent the file has left


def release_all(db: Session) -> None:
    """Nobody holds anything: said by a process that knows it is the only one."""
    db.execute(update(Import).where(text(RUNNING)).values(runner=None, heartbeat_at=None))


def leave(row: Import, state: str) -> None:
    """The import waits in this state for whoever takes it; who held it will notice."""
    row.state, row.runner, row.heartbeat_at = state, None, None


def claim(db: Session, runner: int, now: datetime, real_now: datetime) -> Run | None:
    """The oldest import that waits is held by `runner`, if any waits."""
    if _ANY_RUNNING.row(db, {}) is None:
        return None
    silent = or_(Import.heartbeat_at.is_(None), Import.heartbeat_at < real_now - SILENT_FOR)
    waiting = select(Import).where(text(RUNNING), silent).order_by(Import.import_id).limit(1)
    row = db.scalar(waiting.with_for_update(skip_locked=True))
    if row is None:
        return None
    row.runner, row.heartbeat_at = runner, real_now
    if row.state == "writing":
        tries = row.counts.get("tries", 0) + 1
        row.counts = {**row.counts, "tries": tries}
        if tries > TRIES:
            row.state = "discarding"
    return Run(row.import_id, runner, row.state, _actor(db, row, now))


def _actor(db: Session, row: Import, now: datetime) -> Actor | None:
    member = db.get_one(Member, row.member_id)
    try:
        return members.acting(db, member.user_id, now)
    except members.NotAMember:
        return None


def hold(db: Session, run: Run, real_now: datetime) -> Import:
    """The import, still in the hands of the run and in its state.

    Raises: RunLost
    """
    row = db.get_one(Import, run.import_id, with_for_update=True)
    if row.runner != run.runner or row.state != run.state:
        raise RunLost(run.import_id)
    row.heartbeat_at = real_now
    return row


def let_go(db: Session, run: Run) -> None:
    """Whoever comes next may carry the import on."""
    mine = (Import.import_id == run.import_id, Import.runner == run.runner)
    db.execute(update(Import).where(*mine).values(runner=None, heartbeat_at=None))


def show(db: Session, row: Import, mark: int) -> None:
    """What was written hidden is there, but for customers whose number somebody typed since `mark`."""
    if row.kind == "customers":
        taken = hiding.drop_taken(db, row.team_id, row.import_id, mark)
        if taken:
            made, duplicates = row.counts["made"] - taken, row.counts["duplicates"] + taken
            row.counts = {**row.counts, "made": made, "duplicates": duplicates}
    hiding.show(db, row.import_id)
    scores.mark_stale(db, db.get_one(Team, row.team_id), redo=True)

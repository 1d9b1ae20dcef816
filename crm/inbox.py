"""The inbox: an update is confirmed to Telegram only after its raw JSON is stored here, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Integer, Table, bindparam, delete, func, literal_column, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from crm.prepared import Prepared
from crm.tables import Inbox

KEEP = timedelta(days=8)  # Telegram may restart update ids after a quiet week
TRIES = 5
SET_BACK = timedelta(minutes=1)  # more than clocks of several machines differ


_inbox = cast(Table, Inbox.__table__)
# Every update runs them.
_STORE = {
    dialect: Prepared(
        insert(_inbox).on_conflict_do_nothing().returning(_inbox.c.inbox_id, _inbox.c.chat_id, _inbox.c.raw),
        names=("bot_id", "update_id", "chat_id", "raw", "state", "attempts", "received_at"),
    )
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_MARK_HANDLED = Prepared(
    update(_inbox)
    .where(_inbox.c.inbox_id == bindparam("which"), _inbox.c.state == "new")
    .values(state="handled", handled_at=bindparam("at"))
)
_IS_NEW = Inbox.state == literal_column("'new'")  # spelled out: SQLite cannot see that a parameter fits ix_inbox_new


class AlreadyHandled(RuntimeError):
    """Another worker has handled this update: the work that was about to be committed is undone."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it came in; `chat_id` is its lane."""

    update_id: int
    chat_id: int
    raw: str


@dataclass(frozen=True, slots=True)
class Received:
    """A stored update that waits for its handler."""

    inbox_id: int
    chat_id: int
    raw: str
    attempts: int


def store(db: Session, bot_id: int, arrivals: Sequence[Arrival], now: datetime) -> list[Received]:
    """The arrivals are rows; those seen before are not returned again."""
    rows = [
        {
            "bot_id": bot_id,
            "update_id": a.update_id,
            "chat_id": a.chat_id,
            "raw": a.raw,
            "state": "new",
            "attempts": 0,
            "received_at": now,
        }
        for a in arrivals
    ]
    stored = _STORE[db.get_bind().dialect.name].rows(db, rows)
    return sorted((Received(r.inbox_id, r.chat_id, r.raw, 0) for r in stored), key=lambda r: r.inbox_id)


_WAITING = Prepared(
    select(Inbox.inbox_id, Inbox.chat_id, Inbox.raw, Inbox.attempts)
    .where(_IS_NEW)
    .order_by(Inbox.inbox_id + 0)  # by the index of those, not by that of all updates of a month
    .limit(bindparam("limit", type_=Integer()))
)


def waiting(db: Session, limit: int = 10_000) -> list[Received]:
    """Updates without effect yet, oldest first: what a crash left behind."""
    return [Received(*row) for row in _WAITING.every(db, {"limit": limit})]


def waiting_in(db: Session, chat_id: int, limit: int = 100) -> list[Received]:
    """Updates of one chat without effect yet, in their order."""
    rows = db.execute(
        select(Inbox.inbox_id, Inbox.chat_id, Inbox.raw, Inbox.attempts)
        .where(_IS_NEW, Inbox.chat_id == chat_id)
        .order_by(Inbox.inbox_id)
        .limit(limit)
    )
    return [Received(*row) for row in rows]


def left_behind(db: Session, before: datetime, limit: int = 1_000) -> list[Received]:
    """The first update of each chat whose updates wait since `before`: its replica has died, or had no turn.

    Those of a time to come are of a clock that has been set back since.
    """
    waits = or_(Inbox.received_at < before, Inbox.received_at > before + SET_BACK)
    first = select(func.min(Inbox.inbox_id)).where(_IS_NEW, waits).group_by(Inbox.chat_id).limit(limit)
    rows = db.execute(select(Inbox.inbox_id, Inbox.chat_id, Inbox.raw, Inbox.attempts).where(Inbox.inbox_id.in_(first)))
    return [Received(*row) for row in rows]


def mark_handled(db: Session, inbox_id: int, now: datetime) -> None:
    """The update has taken effect in this transaction.

    Raises: AlreadyHandled when it had before, so that nothing takes effect twice.
    """
    if not end(db, inbox_id, now):
        raise AlreadyHandled(inbox_id)


def end(db: Session, inbox_id: int, now: datetime) -> bool:
    """The update has ended without effect; False when it had its effect before."""
    return _MARK_HANDLED.run(db, {"which": inbox_id, "at": now}) == 1


def empty(db: Session, inbox_id: int) -> None:
    """What was written is forgotten, as it held a secret; that it came is still known."""
    db.execute(update(Inbox).where(Inbox.inbox_id == inbox_id).values(raw="{}"))


def mark_failed_try(db: Session, inbox_id: int, error: str, now: datetime, tries: int = TRIES) -> bool:
    """One more try is counted; True when that was the last of so many and the update is set aside.

    Raises: AlreadyHandled when another worker has succeeded meanwhile.
    """
    row = db.get_one(Inbox, inbox_id, with_for_update=True)
    if row.state != "new":
        raise AlreadyHandled(inbox_id)
    row.attempts += 1
    row.error = error
    if row.attempts >= tries:
        row.state, row.handled_at = "failed", now
    return row.state == "failed"


def prune(db: Session, now: datetime) -> None:
    """Handled updates older than eight days are gone."""
    db.execute(delete(Inbox).where(Inbox.state != "new", Inbox.received_at < now - KEEP))

"""The outbox: every message that goes out is a row first.

A reply is written, already rendered, in the transaction of its handler, in state 'sending', because the sender takes it
right after the commit: a crash in between leaves it 'sending', which at the next start means 'perhaps sent'.
A push is planned under a unique key as 'pending', claimed when due (crm.claims), rendered from current data, and sent.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, insert, select, union_all, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from crm.prepared import Prepared
from crm.tables import Fact, GroupChat, Member, Outbox

TRIES = 3  # repeats of an uncertain message, each visibly marked
OPEN = ("pending", "sending", "uncertain")
KEEP = timedelta(days=400)  # as long as a reply to a card finds its customer
PRUNED_AT_ONCE = 1_000
KEEP_WORDS = timedelta(days=30)
EMPTIED_TO = "outbox_emptied_to"  # the name of a Fact
RESTORED_AT = "restored_at"  # the name of a Fact

_outbox = cast(Table, Outbox.__table__)
# Every answer runs them.
_REPLY = Prepared(
    insert(_outbox),
    names=(
        "chat_id",
        "method",
        "payload",
        "state",
        "claimed_at",
        "claimed_by",
        "due_at",
        "created_at",
        "attempts",
        "customer_id",
        "note_id",
        "task_id",
    ),
)
_RECORD = Prepared(
    update(_outbox)
    .where(_outbox.c.outbox_id == bindparam("which"))
    .values({name: bindparam(name) for name in ("state", "sent_at", "message_id", "reason", "attempts")})
)


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about, so that a reply to it finds its record."""

    customer_id: int | None = None
    note_id: int | None = None
    task_id: int | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A message the sender carries. `is_push`: the clock caused it, and replies go first."""

    outbox_id: int
    chat_id: int
    method: str
    payload: dict[str, Any]
    is_push: bool = False
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a letter ended. `state`: sent | refused | uncertain (no answer, repeats used up) | pending (not sent yet)."""

    outbox_id: int
    state: str
    at: datetime
    message_id: int | None = None
    reason: str | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Planned:
    """A push to be enqueued. `key` makes it unique for ever, e.g. 'birthday:42:2026-11-30:day'."""

    key: str
    push: str
    team_id: int
    chat_id: int
    due_at: datetime
    data: dict[str, Any]
    member_id: int | None = None
    customer_id: int | None = None
    task_id: int | None = None
    thread_id: int | None = None
    expires_at: datetime | None = None


def claimant(db: Session) -> int | None:
    """The process that works here: see crm.claims.sign."""
    number = db.connection().get_execution_options().get("claimant")
    return None if number is None else int(number)


def reply(
    db: Session,
    chat_id: int,
    method: str,
    payload: dict[str, Any],
    *,
    now: datetime,
    real_now: datetime,
    about: About | None = None,
) -> Letter:
    """A rendered message waits for the commit; hand the letter to the sender after it."""
    about = about or About()
    values = {
        "chat_id": chat_id,
        "method": method,
        "payload": payload,
        "state": "sending",
        "claimed_at": real_now,
        "claimed_by": claimant(db),
        "due_at": now,
        "created_at": now,
        "attempts": 0,
        "customer_id": about.customer_id,
        "note_id": about.note_id,
        "task_id": about.task_id,
    }
    return Letter(_REPLY.insert(db, values), chat_id, method, payload)


def enqueue(db: Session, pushes: Sequence[Planned], now: datetime) -> int:
    """The pushes are rows; those whose key exists already are left as they are. Returns how many are new."""
    if not pushes:
        return 0
    insert_new = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    db.flush()
    restored = restored_at(db)
    rows = [
        {
            "key": p.key,
            "push": p.push,
            "method": "push",
            "team_id": p.team_id,
            "member_id": p.member_id,
            "customer_id": p.customer_id,
            "task_id": p.task_id,
            "chat_id": p.chat_id,
            "thread_id": p.thread_id,
            "payload": p.data,
            "state": "pending" if restored is None or p.due_at > restored else "skipped",
            "reason": None if restored is None or p.due_at > restored else "restored",
            "attempts": 0,
            "due_at": p.due_at,
            "expires_at": p.expires_at,
            "created_at": now,
        }
        for p in pushes
    ]
    statement = insert_new(_outbox).on_conflict_do_nothing(index_elements=["key"]).returning(_outbox.c.outbox_id)
    return len(db.connection().execute(statement, rows).all())


def restored_at(db: Session) -> datetime | None:
    """When a backup came back last: what was due before then is not sent by itself, it may have been sent already."""
    fact = db.get(Fact, RESTORED_AT)
    return None if fact is None else datetime.fromisoformat(fact.value["at"])


def rows(db: Session, ids: Sequence[int]) -> list[Outbox]:
    """The rows in the order of their ids."""
    found = {row.outbox_id: row for row in db.scalars(select(Outbox).where(Outbox.outbox_id.in_(ids)))}
    return [found[outbox_id] for outbox_id in ids]


def unreachable(db: Session, chat_ids: Collection[int]) -> set[int]:
    """Which of the chats are closed to the bot: it was blocked there, or the group threw it out."""
    blocked = select(Member.user_id).where(Member.user_id.in_(chat_ids), Member.blocked_at.is_not(None))
    blocked = blocked.where(Member.left_at.is_(None))
    closed = select(GroupChat.chat_id).where(GroupChat.chat_id.in_(chat_ids), GroupChat.closed_at.is_not(None))
    return set(db.scalars(union_all(blocked, closed)))


def record(db: Session, outcomes: Sequence[Outcome]) -> None:
    """Each letter's end is in its row."""
    ends = [
        {
            "which": o.outbox_id,
            "state": o.state,
            "sent_at": o.at if o.state == "sent" else None,
            "message_id": o.message_id,
            "reason": o.reason,
            "attempts": o.attempts,
        }
        for o in outcomes
    ]
    if ends:
        _RECORD.run_each(db, ends)


def find_by_message(db: Session, chat_id: int, message_id: int) -> Outbox | None:
    """The row of a message the bot sent, for 'reply to a card'."""
    return db.scalars(
        select(Outbox)
        .where(Outbox.chat_id == chat_id, Outbox.message_id == message_id)
        .order_by(Outbox.outbox_id.desc())
        .limit(1)
    ).first()


def newest(db: Session, chat_id: int, since: datetime, limit: int) -> list[Outbox]:
    """The messages of the chat that were made last, the newest first."""
    sent = (Outbox.chat_id == chat_id, Outbox.message_id.is_not(None), Outbox.created_at >= since)
    return list(db.scalars(select(Outbox).where(*sent).order_by(Outbox.message_id.desc()).limit(limit)))


def newest_shown(db: Session, chat_id: int) -> Outbox | None:
    """The message that stands last in the chat, or is on its way there; that an earlier one was edited counts not."""
    leaving = select(Outbox).where(Outbox.chat_id == chat_id, Outbox.state == "sending", Outbox.message_id.is_(None))
    row = db.scalar(leaving.where(Outbox.method.startswith("send")).order_by(Outbox.outbox_id.desc()).limit(1))
    sent = select(Outbox).where(Outbox.chat_id == chat_id, Outbox.message_id.is_not(None))
    return row or db.scalar(sent.order_by(Outbox.message_id.desc(), Outbox.outbox_id.desc()).limit(1))


def move_chat(db: Session, old_chat_id: int, new_chat_id: int) -> None:
    """What waits for a group that became a supergroup goes to its new id."""
    db.execute(update(Outbox).where(Outbox.chat_id == old_chat_id, Outbox.state.in_(OPEN)).values(chat_id=new_chat_id))


def leave_topic(db: Session, chat_id: int, thread_id: int) -> None:
    """What waits for a topic of a group, unworded yet, goes to the group itself."""
    waiting = update(Outbox).where(Outbox.chat_id == chat_id, Outbox.thread_id == thread_id, Outbox.state.in_(OPEN))
    db.execute(waiting.values(thread_id=None))


def empty(db: Session, now: datetime) -> int:
    """What was said more than 30 days ago is forgotten, at most PRUNED_AT_ONCE a call; that it was said stays known.

    A Fact remembers how far this has come: the ids grow with the time.
    """
    reached = db.get(Fact, EMPTIED_TO) or Fact(name=EMPTIED_TO, value={"outbox_id": 0})
    old = select(Outbox.outbox_id).where(Outbox.outbox_id > reached.value["outbox_id"])
    ids = list(
        db.scalars(old.where(Outbox.created_at < now - KEEP_WORDS).order_by(Outbox.outbox_id).limit(PRUNED_AT_ONCE))
    )
    if ids:
        ended = Outbox.outbox_id.in_(ids), Outbox.state.not_in(OPEN)
        db.execute(update(Outbox).where(*ended).values(payload={}))
        reached.value = {"outbox_id": ids[-1]}
        db.add(reached)
    return len(ids)


def prune(db: Session, now: datetime) -> int:
    """Messages of more than 400 days ago are gone, at most PRUNED_AT_ONCE a call; how many.

    The ids grow with the time, so that the first younger row bounds the search without an index of its own.
    """
    young = select(Outbox.outbox_id).where(Outbox.created_at >= now - KEEP).order_by(Outbox.outbox_id).limit(1)
    first = db.scalar(young)
    old = select(Outbox.outbox_id).where(Outbox.state.not_in(OPEN))
    if first is not None:
        old = old.where(Outbox.outbox_id < first)
    old = old.order_by(Outbox.outbox_id).limit(PRUNED_AT_ONCE)
    gone = db.execute(delete(Outbox).where(Outbox.outbox_id.in_(old)).returning(Outbox.outbox_id))
    return len(gone.all())

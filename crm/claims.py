"""Which process carries which letter of the outbox, and what becomes of the letters of one that died.

A process has a number, its claimant, that stands in every row it has made 'sending'. It shows that it lives by a lock
(bot.single.Presence), not by an age: what is claimed by nobody alive is a dead process's. Due rows of a chat are
claimed only while nothing of the chat is under way anywhere, so that the order in a chat holds across processes.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Engine,
    Integer,
    Select,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.orm import Session, aliased

from crm import outbox, robots
from crm.prepared import Prepared
from crm.tables import Outbox

CLAIM_LOCK = 7204005  # an arbitrary number of our own for pg_advisory_xact_lock
MISLAID = timedelta(seconds=20)  # from a commit to its letter in the sender's lanes it takes milliseconds
ENDED = "process ended while sending"

_busy = aliased(Outbox)
# States are spelled out: SQLite cannot see that a parameter fits a partial index.
_IS_PENDING = Outbox.state == literal_column("'pending'")
_IS_SENDING = Outbox.state == literal_column("'sending'")
_TO_REPEAT = (Outbox.state == literal_column("'uncertain'"), Outbox.attempts <= outbox.TRIES)
_CHAT_IS_FREE = ~exists().where(_busy.state == literal_column("'sending'"), _busy.chat_id == Outbox.chat_id)
# What is at or below robots.LANES is for bot.robots. Plus nothing: an index of all chats must not look the best way.
_TO_CHAT = Outbox.chat_id + 0 > robots.LANES
_TO_ROBOT = Outbox.chat_id + 0 <= robots.LANES
_UNSEEN = {"synchronize_session": False}


def sign(engine: Engine, claimant: int) -> None:
    """What becomes 'sending' through this engine from now on is this process's."""
    engine.update_execution_options(claimant=claimant)


def _left(limit: int | BindParameter[int]) -> Select[tuple[int]]:
    """Letters to be repeated, oldest first: what a crash left open."""
    waiting = select(Outbox.outbox_id).where(*_TO_REPEAT, _TO_CHAT, _CHAT_IS_FREE)
    return waiting.order_by(Outbox.outbox_id).limit(limit)


_NOW = bindparam("now", type_=Outbox.due_at.type)
_LIMIT: BindParameter[int] = bindparam("limit", type_=Integer())
# The sender asks them after every round, and the robots' sender.
_LEFT, _ANY_LEFT = Prepared(_left(_LIMIT)), Prepared(_left(1))
_DUE = Prepared(  # letters whose time has come, in order
    select(Outbox.outbox_id)
    .where(_IS_PENDING, Outbox.due_at <= _NOW, _TO_CHAT, _CHAT_IS_FREE)
    .order_by(Outbox.due_at, Outbox.outbox_id)
    .limit(_LIMIT)
)
_NEXT_DUE = Prepared(select(Outbox.due_at).where(_IS_PENDING, _TO_CHAT, _CHAT_IS_FREE).order_by(Outbox.due_at).limit(1))
_LANES = Prepared(
    union(
        select(Outbox.chat_id).where(*_TO_REPEAT, _TO_ROBOT, _CHAT_IS_FREE),
        select(Outbox.chat_id).where(_IS_PENDING, Outbox.due_at <= _NOW, _TO_ROBOT, _CHAT_IS_FREE),
    )
)
_NEXT_OF_ROBOTS = Prepared(
    select(Outbox.due_at).where(_IS_PENDING, _TO_ROBOT, Outbox.due_at > _NOW).order_by(Outbox.due_at).limit(1)
)


def claim(db: Session, now: datetime | None, real_now: datetime, limit: int) -> list[int]:
    """Up to `limit` letters are 'sending' and ours, those to be repeated first; their ids in the order to be sent.

    `now` None: only those to be repeated. On PostgreSQL one process claims at a time, or two would find one chat free.
    """
    lock(db)
    ids = [row.outbox_id for row in _LEFT.every(db, {"limit": limit})]
    if now is not None:
        ids += [row.outbox_id for row in _DUE.every(db, {"now": now, "limit": limit - len(ids)})]
    if ids:
        _take(db, ids, real_now)
    return ids


def waiting_lanes(db: Session, now: datetime) -> list[int]:
    """The lanes of robots that have something to repeat or due and nothing under way."""
    return [row.chat_id for row in _LANES.every(db, {"now": now})]


def claim_lane(db: Session, lane: int, now: datetime, real_now: datetime, limit: int) -> list[int]:
    """Up to `limit` rows of a robot's lane are 'sending' and ours, those to be repeated first.

    In one transaction with `waiting_lanes`, which found it free, after `lock`.
    """
    ids = list(db.scalars(_of(lane, *_TO_REPEAT).order_by(Outbox.outbox_id).limit(limit)))
    fresh = _of(lane, _IS_PENDING, Outbox.due_at <= now).order_by(Outbox.due_at, Outbox.outbox_id)
    ids += db.scalars(fresh.limit(limit - len(ids)))
    _take(db, ids, real_now)
    return ids


def _of(lane: int, *conditions: ColumnElement[bool]) -> Select[tuple[int]]:
    return select(Outbox.outbox_id).where(Outbox.chat_id == lane, *conditions)


def lock(db: Session) -> None:
    """No other process claims before this transaction ends."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(CLAIM_LOCK)))


def _take(db: Session, ids: list[int], real_now: datetime) -> None:
    values = {"state": "sending", "claimed_at": real_now, "claimed_by": outbox.claimant(db)}
    db.execute(update(Outbox).where(Outbox.outbox_id.in_(ids)).values(values), execution_options=_UNSEEN)


def claimants(db: Session) -> set[int]:
    """The processes whose letters are under way."""
    return set(db.scalars(select(Outbox.claimed_by).where(_IS_SENDING).distinct())) - {None}  # type: ignore[return-value]


def recover(db: Session, living: Collection[int]) -> int:
    """Letters whose process lives no more will be repeated with a mark, or simply sent if they were not worded yet."""
    was_worded = Outbox.method != "push"
    dead = or_(Outbox.claimed_by.is_(None), Outbox.claimed_by.not_in(living))
    values = {
        "state": case((was_worded, "uncertain"), else_="pending"),
        "attempts": case((was_worded, Outbox.attempts + 1), else_=Outbox.attempts),
        "reason": ENDED,
    }
    recovered = update(Outbox).where(_IS_SENDING, dead).values(values).returning(Outbox.outbox_id)
    return len(db.execute(recovered, execution_options=_UNSEEN).all())


def give_back(db: Session, held: Collection[int], real_now: datetime, *, to_robots: bool = False) -> int:
    """Letters of this process, to chats or to robots, that it does not hold, and so never left, are pending; how many.

    They come from a commit whose answer was lost, or whose handler was cancelled while it waited for it.
    """
    mine = select(Outbox.outbox_id).where(_IS_SENDING, Outbox.claimed_by == outbox.claimant(db))
    mine = mine.where(_TO_ROBOT if to_robots else _TO_CHAT)
    mislaid = set(db.scalars(mine.where(Outbox.claimed_at < real_now - MISLAID))) - set(held)
    if mislaid:
        back = update(Outbox).where(_IS_SENDING, Outbox.outbox_id.in_(mislaid)).values(state="pending")
        db.execute(back, execution_options=_UNSEEN)
    return len(mislaid)


def next_for_robots_in(db: Session, now: datetime, at_most: timedelta) -> timedelta:
    """How long until something for a robot is due; what is due already and waits for its turn does not count."""
    first = _NEXT_OF_ROBOTS.row(db, {"now": now})
    return at_most if first is None else min(at_most, first.due_at - now)


def next_due_in(db: Session, now: datetime, at_most: timedelta) -> timedelta:
    """How long until the next letter may be claimed, for a sender that sleeps no longer than needed."""
    if _ANY_LEFT.row(db, {}) is not None:
        return timedelta(0)
    first = _NEXT_DUE.row(db, {})
    return at_most if first is None else min(at_most, max(timedelta(0), first.due_at - now))

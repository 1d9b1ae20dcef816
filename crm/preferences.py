"""Which channel and content a customer prefers: counted from the notes and contacts of a year, or stated by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import customers, statements
from crm.members import Actor
from crm.tables import Customer, Note, NoteTag, Touch
from nlp import channels, labels
from scoring import preferences
from scoring.preferences import Share

WINDOW = timedelta(days=365)
READ = 200  # newest notes of one customer
KINDS: Mapping[str, tuple[str, ...]] = {"channel": channels.CHANNELS, "content": labels.TOPICS}


class PreferenceUnknown(ValueError):
    """No such channel or content."""


@dataclass(frozen=True, slots=True)
class Channel:
    """The preferred channel. `origin`: stated (by hand), told (in a note), counted, spoken (too rarely to count),
    reachable (nothing is known but his number or address)."""

    name: str
    origin: str
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a customer prefers, as far as it is known."""

    customer: Customer
    channel: Channel | None
    channels: list[Share]
    contents: list[Share]
    content: str | None
    """Stated by hand."""
    disliked: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Heard:
    """What the notes say, newest wish first."""

    counts: Counter[str]
    likes: str | None
    dislikes: frozenset[str]


def of(db: Session, actor: Actor, customer_id: int, now: datetime) -> Preferences:
    """Everything about the customer's preferences.

    Raises: customers.CustomerNotFound
    """
    row = customers.get(db, actor, customer_id)
    stated, heard = statements.of(db, customer_id), _heard(db, customer_id, now)
    best = _best(row, customers.phones(db, customer_id), stated.get("channel"), heard)
    counted = preferences.shares(heard.counts)
    contents = preferences.shares(_contents(db, customer_id, now))
    return Preferences(row, best, counted, contents, stated.get("content"), heard.dislikes)


def channel(db: Session, customer: Customer, numbers: Sequence[str], now: datetime) -> Channel | None:
    """The channel for the customer's card; the caller has looked him up."""
    stated = statements.of(db, customer.customer_id)
    return _best(customer, numbers, stated.get("channel"), _heard(db, customer.customer_id, now))


def state(db: Session, actor: Actor, customer_id: int, kind: str, value: str | None, now: datetime) -> bool:
    """The member says so; None lets the notes decide again. True when that is new.

    Raises: customers.CustomerNotFound; PreferenceUnknown
    """
    if kind not in KINDS or (value is not None and value not in KINDS[kind]):
        raise PreferenceUnknown(kind, value)
    return statements.put(db, actor, customer_id, kind, value, now)


def _heard(db: Session, customer_id: int, now: datetime) -> _Heard:
    counts: Counter[str] = Counter()
    wishes: dict[str, bool] = {}
    mine = (Note.customer_id == customer_id, Note.deleted_at.is_(None), Note.created_at > now - WINDOW)
    for text in db.scalars(select(Note.text).where(*mine).order_by(Note.created_at.desc()).limit(READ)):
        counts.update(channels.spoken(text))
        for name, holds in channels.wishes(text):
            wishes.setdefault(name, holds)
    touched = select(Touch.channel, func.count()).where(
        Touch.customer_id == customer_id, Touch.touched_at > now - WINDOW, Touch.channel.in_(channels.CHANNELS)
    )
    for name, number in db.execute(touched.group_by(Touch.channel)):
        counts[name] += number
    likes = next((name for name, holds in wishes.items() if holds), None)
    return _Heard(counts, likes, frozenset(name for name, holds in wishes.items() if not holds))


def _contents(db: Session, customer_id: int, now: datetime) -> dict[str, int]:
    tagged = select(NoteTag.label, func.count()).join(Note, Note.note_id == NoteTag.note_id)
    mine = (NoteTag.customer_id == customer_id, NoteTag.label.in_(labels.TOPICS), NoteTag.removed_at.is_(None))
    counted = tagged.where(*mine, Note.deleted_at.is_(None), Note.created_at > now - WINDOW).group_by(NoteTag.label)
    found = {name: int(number) for name, number in db.execute(counted)}
    return {name: found[name] for name in labels.TOPICS if name in found}


def _best(customer: Customer, numbers: Sequence[str], stated: str | None, heard: _Heard) -> Channel | None:
    counted = preferences.shares(heard.counts)
    by_name = {share.name: share for share in counted}
    if stated is not None:
        return Channel(stated, "stated", by_name.get(stated))
    if heard.likes is not None:
        return Channel(heard.likes, "told", by_name.get(heard.likes))
    wanted = [share for share in counted if share.name not in heard.dislikes]
    reachable = {"phone": bool(numbers), "wechat": bool(customer.wechat), "email": bool(customer.email)}
    if wanted:
        most = [share for share in wanted if share.count == wanted[0].count]
        best = next((share for share in most if reachable.get(share.name)), most[0])
        return Channel(best.name, "counted" if best.total >= preferences.LEAST else "spoken", best)
    left = (name for name in ("wechat", "phone", "email") if reachable[name] and name not in heard.dislikes)
    name = next(left, None)
    return Channel(name, "reachable") if name else None

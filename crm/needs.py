"""Needs as cases: opened by a note or joined by it, answered, and at last won or lost, with the reason.

The figures over many of them are in crm.voices.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, cast

from sqlalchemy import ColumnElement, Select, Table, func, insert, or_, select, update
from sqlalchemy.orm import Session

from crm import case_notes, customers, matters
from crm.members import Actor
from crm.tables import Customer, Member, Need, Note, NoteTag, Order
from nlp import same_matter, wants

KIND = "need"
LABELS = ("need_explicit", "need_latent")
LEVELS = ("basic", "expected", "latent")
STAGES = ("open", "answered", "won", "lost")
Which = Literal["waiting", "open", "answered", "won", "lost"]  # waiting: open or answered, not ended
WON_WITHIN = timedelta(days=180)  # after it was told of, an order may have been for it
LOOKED_AT = 20  # open needs of one customer
OF_MANY_KINDS = ("product", "trial", None)  # topics that two different needs may share
REASON = 60  # characters
_OPEN = insert(cast(Table, Need.__table__))
_OPEN_MATTERS = case_notes.open_matters(cast(Table, Need.__table__), LOOKED_AT, "product")


class NeedNotFound(LookupError):
    """There is no such need, or the member may not see its customer."""


class LevelUnknown(ValueError):
    """No such level."""


class NeedCase(NamedTuple):
    """A need with whom it is of, the note that told of it, and the name of who looks after the customer."""

    need: Need
    customer: Customer
    note: Note
    owner: str | None


def stage(row: Need) -> str:
    """open | answered | won | lost; withdrawn where its note was taken back."""
    if row.closed_at is not None:
        return row.outcome or "withdrawn"
    return "answered" if row.answered_at is not None else "open"


def receive(db: Session, note: Note, intents: Sequence[str], topic: str | None, now: datetime) -> None:
    """The need that the note tells of is a case, or joins the open one of its customer; nothing where it tells of none.

    The caller knows that the note has no need yet. What a complaint demands to be made good is no need.
    """
    if not _tells(note, intents):
        return
    product = matters.product_of(db, note.team_id, note.customer_id, note.text)
    joined = _same_need(db, note, topic, product)
    if joined is not None:
        case_notes.join(db, KIND, joined, note.note_id, now)
        return
    latent = "need_explicit" not in intents
    values = {
        "team_id": note.team_id,
        "customer_id": note.customer_id,
        "note_id": note.note_id,
        "level": matters.level_of(topic, latent),
        "latent": latent,
        "topic": topic,
        "product": product,
        "opened_at": now,
    }
    db.connection().execute(_OPEN, values)


def settle(db: Session, note: Note, now: datetime) -> None:
    """The note has a need exactly when it carries a tag of one, explicit or latent as the tags say now."""
    db.flush()
    present = (NoteTag.note_id == note.note_id, NoteTag.removed_at.is_(None), NoteTag.kind == "intent")
    labels = db.scalars(select(NoteTag.label).where(*present)).all()
    if not _tells(note, labels):
        withdraw(db, note, now)
        return
    row, topic = _opened_by(db, note.note_id), matters.stored_topic(db, note.note_id)
    if row is None:
        if case_notes.case_of(db, KIND, note.note_id) is None:
            receive(db, note, labels, topic, now)
        return
    row.latent, row.topic = "need_explicit" not in labels, topic
    row.level = matters.level_of(topic, row.latent)
    if row.closed_at is not None and row.outcome is None:
        row.closed_at = None
    db.flush([row])


def withdraw(db: Session, note: Note, now: datetime) -> None:
    """The note tells of no need any more: what it opened is closed without an outcome, unless other notes joined it."""
    if case_notes.leave(db, KIND, note.note_id):
        return
    row = _opened_by(db, note.note_id)
    if row is None:
        return
    heir = case_notes.next_of(db, KIND, row.need_id)
    if heir is not None:
        row.note_id = heir
    elif row.closed_at is None:
        row.closed_at, row.closed_by_id, row.outcome = now, None, None
    db.flush([row])


def get(db: Session, actor: Actor, need_id: int) -> NeedCase:
    """The need.

    Raises: NeedNotFound
    """
    found = db.execute(cases(actor).where(Need.need_id == need_id)).one_or_none()
    if found is None:
        raise NeedNotFound(need_id)
    return NeedCase(*found)


def find(
    db: Session, actor: Actor, which: Which = "waiting", limit: int = 8, offset: int = 0, customer_id: int | None = None
) -> list[NeedCase]:
    """Needs the member may see; of one customer if given. The newest first."""
    rows = cases(actor).where(Need.team_id == actor.team_id, fits(which))
    if customer_id is not None:
        rows = rows.where(Need.customer_id == customer_id)
    rows = rows.order_by(Need.opened_at.desc(), Need.need_id.desc()).limit(limit).offset(offset)
    return [NeedCase(*row) for row in db.execute(rows)]


def answer(db: Session, actor: Actor, need_id: int, now: datetime) -> NeedCase:
    """The customer has an offer for his need; an ended one stays ended.

    Raises: NeedNotFound
    """
    case = get(db, actor, need_id)
    if case.need.closed_at is None:
        case.need.answered_at = case.need.answered_at or now
        db.flush([case.need])
    return case


def win(db: Session, actor: Actor, need_id: int, now: datetime, order_id: int | None = None) -> NeedCase:
    """The customer bought for it; an order of another customer is not kept with it.

    Raises: NeedNotFound
    """
    case = get(db, actor, need_id)
    order = db.get(Order, order_id) if order_id is not None else None
    theirs = order is not None and order.customer_id == case.customer.customer_id
    _end(db, actor, case.need, "won", None, order_id if theirs else None, now)
    return case


def lose(db: Session, actor: Actor, need_id: int, reason: str, now: datetime) -> NeedCase:
    """The customer will not buy for it, for this reason.

    Raises: NeedNotFound
    """
    case = get(db, actor, need_id)
    _end(db, actor, case.need, "lost", " ".join(reason.split())[:REASON] or None, None, now)
    return case


def reopen(db: Session, actor: Actor, need_id: int) -> NeedCase:
    """The need is open again, answered if it was.

    Raises: NeedNotFound
    """
    case = get(db, actor, need_id)
    row = case.need
    row.closed_at, row.closed_by_id, row.outcome, row.reason, row.order_id = None, None, None, None, None
    db.flush([row])
    return case


def set_level(db: Session, actor: Actor, need_id: int, level: str) -> NeedCase:
    """The need is of this level.

    Raises: NeedNotFound; LevelUnknown
    """
    case = get(db, actor, need_id)
    if level not in LEVELS:
        raise LevelUnknown(level)
    case.need.level = level
    db.flush([case.need])
    return case


def fitting(
    db: Session, customer_id: int, product: str | None, now: datetime, limit: int = 2
) -> list[tuple[Need, str]]:
    """The customer's open needs that an order of now may have been for, with their words.

    Those of its product go first, then the newest; one of another product does not fit.
    """
    mine = (Need.customer_id == customer_id, Need.closed_at.is_(None), Need.opened_at >= now - WON_WITHIN)
    rows = select(Need, Note.text).join(Note, Note.note_id == Need.note_id).where(*mine)
    found = [(row[0], row[1]) for row in db.execute(rows.order_by(Need.opened_at.desc()).limit(LOOKED_AT))]
    if product:
        found = [pair for pair in found if pair[0].product is None or pair[0].product in product]
        found.sort(key=lambda pair: pair[0].product is None)
    return found[:limit]


def lose_order(db: Session, order_id: int) -> None:
    """What the order had won is open again: the order was taken back."""
    won = update(Need).where(Need.order_id == order_id, Need.outcome == "won")
    again = won.values(closed_at=None, closed_by_id=None, outcome=None)
    db.execute(again.execution_options(synchronize_session=False))


def others(db: Session, actor: Actor, row: Need, limit: int = 8, offset: int = 0) -> list[NeedCase]:
    """Other customers of the member with an open need of the same topic, and of the same product where it names one."""
    alike = [fits("waiting"), Need.team_id == actor.team_id, Need.customer_id != row.customer_id]
    alike.append(Need.topic.is_(None) if row.topic is None else Need.topic == row.topic)
    if row.product is not None:
        alike.append(Need.product == row.product)
    newest = select(func.max(Need.need_id)).join(Customer, Customer.customer_id == Need.customer_id)
    newest = newest.where(*alike, customers.visible(actor)).group_by(Need.customer_id)
    rows = cases(actor).where(Need.need_id.in_(newest)).order_by(Need.opened_at.desc(), Need.need_id.desc())
    return [NeedCase(*found) for found in db.execute(rows.limit(limit).offset(offset))]


def asking_for(db: Session, actor: Actor, words: str, topic: str | None, limit: int = 6) -> list[NeedCase]:
    """Open needs of that topic, or with the words in product or note, one of each customer, the newest first."""
    if not words:
        return []
    said = or_(Note.text.contains(words, autoescape=True), Need.product.contains(words, autoescape=True))
    fitting_it = Need.topic == topic if topic is not None else said
    newest = select(func.max(Need.need_id)).join(Customer, Customer.customer_id == Need.customer_id)
    newest = newest.join(Note, Note.note_id == Need.note_id)
    newest = newest.where(fits("waiting"), Need.team_id == actor.team_id, fitting_it, customers.visible(actor))
    rows = cases(actor).where(Need.need_id.in_(newest.group_by(Need.customer_id)))
    return [NeedCase(*row) for row in db.execute(rows.order_by(Need.opened_at.desc()).limit(limit))]


def fits(which: Which) -> ColumnElement[bool]:
    """True of needs at that stage."""
    if which in ("won", "lost"):
        return Need.outcome == which
    if which == "waiting":
        return Need.closed_at.is_(None)
    is_answered = Need.answered_at.is_not(None) if which == "answered" else Need.answered_at.is_(None)
    return Need.closed_at.is_(None) & is_answered


def cases(actor: Actor) -> Select[tuple[Need, Customer, Note, str]]:
    """All needs of customers the member may see, as rows for `NeedCase`."""
    return (
        select(Need, Customer, Note, Member.name)
        .join(Customer, Customer.customer_id == Need.customer_id)
        .join(Note, Note.note_id == Need.note_id)
        .outerjoin(Member, Member.member_id == Customer.owner_id)
        .where(customers.visible(actor))
    )


def _end(
    db: Session, actor: Actor, row: Need, outcome: str, reason: str | None, order_id: int | None, now: datetime
) -> None:
    """The first outcome stands: a second press changes nothing."""
    if row.outcome is None:
        row.closed_at, row.closed_by_id = now, actor.member_id
        row.outcome, row.reason, row.order_id = outcome, reason, order_id
        db.flush([row])


def _same_need(db: Session, note: Note, topic: str | None, product: str | None) -> int | None:
    """The customer's open need that the note tells of again, or None."""
    db.flush()
    asked = {"customer_id": note.customer_id, "note_id": note.note_id}
    for row in _OPEN_MATTERS.every(db, asked):
        if row.product != product and None not in (row.product, product):
            continue
        is_same = same_matter.is_same(row.text, note.text, row.name, (row.topic, topic))
        if row.topic == topic and (topic not in OF_MANY_KINDS or is_same):
            return int(row.case_id)
    return None


def _tells(note: Note, intents: Sequence[str]) -> bool:
    if not any(label in LABELS for label in intents):
        return False
    return "complaint" not in intents or wants.beside_complaint(note.text)


def _opened_by(db: Session, note_id: int) -> Need | None:
    return db.scalar(select(Need).where(Need.note_id == note_id))

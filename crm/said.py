"""What was said: notes that hold some words or were written on some days, of the customers the member may see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select
from sqlalchemy.orm import Session

from crm import customers, members, sellers
from crm.members import Actor
from crm.tables import Customer, Member, Note, NoteTag, Order, Task
from nlp.spoken import sought
from nlp.spoken.sought import Sought, Term

EVERYBODY = "全队"
RECENT = 20_000  # of the notes that may be meant, those written last: no index leads to words amid a text


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for. `author`: whose notes alone; None: of everybody whom the member sees."""

    sought: Sought
    author: Member | None = None


@dataclass(frozen=True, slots=True)
class Deeds:
    """What else was done on the days asked for: sales with their sum, returns taken off, and tasks ended."""

    orders: int
    fen: int
    tasks: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page of notes, newest first. `instead`: nothing held all the words, these hold the last of them.

    `count`: how many there are, where only days were asked for. `is_cut`: older notes than the RECENT last
    were not looked at. `deeds`: of days alone, whose they are as the notes.
    """

    notes: list[tuple[Note, Customer]]
    more: bool = False
    instead: str = ""
    count: int | None = None
    is_cut: bool = False
    deeds: Deeds | None = None


def asked(db: Session, actor: Actor, text: str, now: datetime) -> Asked:
    """What the words look for: 涨价; 昨天, without more of one's own; 小李 昨天 of a colleague.

    全队 昨天 is everybody's for who leads without selling, else one's own.
    """
    author, rest = _author(db, actor, text.removeprefix(f"{EVERYBODY} "))
    found = sought.read(rest, actor.today(now))
    is_of_all = text.startswith(f"{EVERYBODY} ") and actor.sees_team and not actor.is_rep
    if author is None and not found.terms and not is_of_all:
        author = db.get_one(Member, actor.member_id)
    return Asked(found, author)


def find(db: Session, actor: Actor, wanted: Asked, limit: int, offset: int = 0) -> Found:
    """The notes that hold every word; those that hold the last one where none holds all."""
    found = _page(db, actor, wanted, limit, offset)
    terms = wanted.sought.terms
    if found.notes or len(terms) < 2:
        return found
    last = replace(wanted, sought=replace(wanted.sought, terms=terms[-1:]))
    return replace(_page(db, actor, last, limit, offset), instead=terms[-1].word)


def _page(db: Session, actor: Actor, wanted: Asked, limit: int, offset: int) -> Found:
    recent = _looked_at(actor, wanted).order_by(Note.created_at.desc()).limit(RECENT)
    rows = (
        select(Note, Customer)
        .join(Customer, Customer.customer_id == Note.customer_id)
        .where(Note.note_id.in_(recent), customers.visible(actor), *map(_holds, wanted.sought.terms))
        .order_by(Note.created_at.desc(), Note.note_id.desc())
        .limit(limit + 1)
        .offset(max(offset, 0))
    )
    found = [(note, customer) for note, customer in db.execute(rows)]
    count = None
    if wanted.sought.period is not None and not wanted.sought.terms:
        count = db.scalar(select(func.count()).select_from(rows.limit(None).offset(None).order_by(None).subquery()))
    is_cut = len(found) <= limit and db.scalar(recent.limit(1).offset(RECENT)) is not None
    deeds = _deeds(db, actor, wanted) if count is not None and not offset else None
    return Found(found[:limit], len(found) > limit, count=count, is_cut=is_cut, deeds=deeds)


def _deeds(db: Session, actor: Actor, wanted: Asked) -> Deeds | None:
    """What was sold and ended on the days; None of a colleague for who does not lead."""
    author, period = wanted.author, wanted.sought.period
    if period is None or (not actor.sees_team and (author is None or author.member_id != actor.member_id)):
        return None
    sales = (
        select(func.count().filter(Order.amount_fen > 0), func.coalesce(func.sum(Order.amount_fen), 0))
        .join(Customer, Customer.customer_id == Order.customer_id)
        .where(sellers.counted(actor), Order.deleted_at.is_(None), Order.ordered_on.between(period.first, period.last))
    )
    first, after = (datetime.combine(on, time(0), actor.zone) for on in (period.first, period.last + timedelta(days=1)))
    ended = select(func.count()).select_from(Task).where(Task.team_id == actor.team_id)
    ended = ended.where(Task.done_at >= first, Task.done_at < after)
    if author is not None:
        sales = sales.where(sellers.SELLER.in_((author.member_id,)))
        ended = ended.where(Task.assignee_id == author.member_id)
    orders, fen = db.execute(sales).one()
    return Deeds(orders, int(fen), db.scalar(ended) or 0)


def newest(actor: Actor) -> Select[tuple[int]]:
    """The ids of the RECENT last notes of those that the member sees."""
    return _whose(actor, None).order_by(Note.created_at.desc()).limit(RECENT)


def _whose(actor: Actor, author: Member | None) -> Select[tuple[int]]:
    """The notes of the author, of the rep's own customers, or of the team."""
    notes = select(Note.note_id).where(Note.deleted_at.is_(None))
    if author is not None:
        return notes.where(Note.team_id == actor.team_id, Note.author_id == author.member_id)
    if actor.sees_team:
        return notes.where(Note.team_id == actor.team_id)
    # by each customer's index: with the team's the whole team's notes would be walked
    return notes.where(Note.customer_id.in_(customers.visible_ids(actor)))


def _looked_at(actor: Actor, wanted: Asked) -> Select[tuple[int]]:
    """The same of the days asked for."""
    notes = _whose(actor, wanted.author)
    if period := wanted.sought.period:
        first = datetime.combine(period.first, time(0), actor.zone)
        after = datetime.combine(period.last + timedelta(days=1), time(0), actor.zone)
        notes = notes.where(Note.created_at >= first, Note.created_at < after)
    return notes


def _holds(term: Term) -> ColumnElement[bool]:
    said = [_says(form) for form in term.forms]
    if not term.labels:
        return or_(*said)
    tagged = select(NoteTag.note_id).where(
        NoteTag.note_id == Note.note_id, NoteTag.label.in_(term.labels), NoteTag.removed_at.is_(None)
    )
    return or_(*said, tagged.correlate(Note).exists())


def _says(form: str) -> ColumnElement[bool]:
    """The note holds the form, and none of the words that say something else of it."""
    holds = Note.text.contains(form, autoescape=True)
    others = [Note.text.contains(words, autoescape=True) for words in sought.UNLESS.get(form, ())]
    return and_(holds, not_(or_(*others))) if others else holds


def _author(db: Session, actor: Actor, text: str) -> tuple[Member | None, str]:
    """The colleague whose name is the first word, and the rest."""
    first, _, rest = text.strip().partition(" ")
    member = members.find_called(db, actor, first) if first else None
    return (member, rest) if member is not None else (None, text)

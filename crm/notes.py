"""Notes: what a rep typed after a contact, on the right timeline, with its tags, its complaint and its task."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, func, insert, select, text, update
from sqlalchemy.orm import Session

from crm import complaints, customers, matters, named, needs, nicknames, objections, restraint, tags, told_solved
from crm.customers import Origin
from crm.members import Actor
from crm.prepared import Prepared
from crm.tables import Complaint, Customer, CustomerSummary, Need, Note, NoteTag, Task
from nlp.customer_names import Named
from nlp.tagger import Tags


class NoteNotFound(LookupError):
    """There is no such note, or the member may not see its customer."""


_summaries = cast(Table, CustomerSummary.__table__)
ALARMS = ("complaint", "churn")  # labels that open a case, or have people told that somebody may leave
LIKELIER = 0.5  # probability from which they do so without a question
MOVED = "notes_moved"  # of the draft of notes that went to another customer together
_WRITTEN = (
    "team_id",
    "customer_id",
    "author_id",
    "text",
    "sentiment",
    "urgent",
    "tagged",
    "model_version",
    "evidence",
    "source_chat_id",
    "source_message_id",
    "created_at",
)
# Built once, without the object mapper: most messages are notes.
_ADD = Prepared(insert(cast(Table, Note.__table__)), names=_WRITTEN)
_TOUCH = Prepared(
    update(_summaries)
    .where(_summaries.c.customer_id == bindparam("which"))
    .values(last_note_at=bindparam("at"), open_complaints=_summaries.c.open_complaints + bindparam("complaints"))
)


def add(
    db: Session, actor: Actor, customer_id: int, text: str, said: Tags | None, now: datetime, origin: Origin
) -> tuple[Note, list[NoteTag]]:
    """The note is on the customer's timeline; without tags (`said` None) it waits for `tag_later`.

    A complaint opens a case, or joins the open one of the same matter, exactly when the label is set, which `settled`
    decides: praise with a stray complaint in it opens none, nor does a mere objection (crm.objections). So does a need.
    The caller has looked the customer up as the actor. The rows returned are for showing, not part of the session.
    """
    said = settled(said) if said is not None else None
    note = Note(
        team_id=actor.team_id,
        customer_id=customer_id,
        author_id=actor.member_id,
        text=text,
        source_chat_id=origin.chat_id,
        source_message_id=origin.message_id,
        created_at=now,
    )
    _describe(note, said)
    note.note_id = _ADD.insert(db, {name: getattr(note, name) for name in _WRITTEN})
    found = tags.store(db, note, said, now) if said is not None else []
    opened = said is not None and _file(db, note, said, now)
    _TOUCH.run(db, {"which": customer_id, "at": now, "complaints": int(opened)})
    restraint.heed(db, actor, note, now)
    return note, found


def get(db: Session, actor: Actor, note_id: int, removed: bool = False) -> tuple[Note, Customer]:
    """The note and its customer; with `removed` also one that was taken back.

    Raises: NoteNotFound
    """
    wanted = select(Note, Customer).join(Customer, Customer.customer_id == Note.customer_id)
    wanted = wanted.where(Note.note_id == note_id, customers.visible(actor))
    if not removed:
        wanted = wanted.where(Note.deleted_at.is_(None))
    found = db.execute(wanted).one_or_none()
    if found is None:
        raise NoteNotFound(note_id)
    return found[0], found[1]


def find_by_origin(db: Session, actor: Actor, origin: Origin) -> Note | None:
    """The member's living note that was made from this message."""
    return db.scalar(
        select(Note)
        .where(
            Note.source_chat_id == origin.chat_id,
            Note.source_message_id == origin.message_id,
            Note.author_id == actor.member_id,
            Note.deleted_at.is_(None),
        )
        .order_by(Note.note_id.desc())
        .limit(1)
    )


def newest(db: Session, customer_id: int, limit: int, offset: int = 0) -> list[tuple[Note, list[NoteTag]]]:
    """The last notes of a customer with their present tags, newest first."""
    mine = select(Note).where(Note.customer_id == customer_id, Note.deleted_at.is_(None))
    rows = list(db.scalars(mine.order_by(Note.created_at.desc(), Note.note_id.desc()).limit(limit).offset(offset)))
    present = tags.of_notes(db, [row.note_id for row in rows])
    return [(row, present.get(row.note_id, [])) for row in rows]


def present_tags(db: Session, note_id: int) -> list[NoteTag]:
    """The labels that hold for the note."""
    return tags.of_notes(db, [note_id]).get(note_id, [])


def rewrite(db: Session, actor: Actor, note: Note, text: str, said: Tags | None, now: datetime) -> None:
    """The note says `text` now and is tagged anew; what a person corrected stays."""
    said = settled(said) if said is not None else None
    restraint.unheed(db, note)
    note.text, note.edited_at = text, now
    restraint.heed(db, actor, note, now)
    _describe(note, said)
    db.flush([note])
    if said is not None:
        tags.replace(db, note, said, now)
        _settle_complaint(db, note, now)
        complaints.follow(db, note)
        needs.settle(db, note, now)


def remove(db: Session, actor: Actor, note_id: int, now: datetime) -> tuple[Note, Customer]:
    """The note is taken back with its task and complaint, and what it solved is not; a second time changes nothing.

    Raises: NoteNotFound
    """
    note, customer = get(db, actor, note_id, removed=True)
    if note.deleted_at is None:
        note.deleted_at = now
        restraint.unheed(db, note)
        nicknames.unlearn(db, note)
        complaints.close_for(db, note, now)
        told_solved.withdraw(db, note)
        needs.withdraw(db, note, now)
        open_task = (Task.note_id == note_id, Task.done_at.is_(None), Task.cancelled_at.is_(None))
        db.execute(update(Task).where(*open_task).values(cancelled_at=now))
        _recall_last(db, note.customer_id)
    return note, customer


def restore(db: Session, actor: Actor, note_id: int, now: datetime) -> tuple[Note, Customer]:
    """The note is back with its task and complaint, and with what it solved.

    Raises: NoteNotFound
    """
    note, customer = get(db, actor, note_id, removed=True)
    if note.deleted_at is not None:
        db.execute(
            update(Task).where(Task.note_id == note_id, Task.cancelled_at == note.deleted_at).values(cancelled_at=None)
        )
        note.deleted_at = None
        restraint.heed(db, actor, note, now)
        db.flush([note])
        _settle_complaint(db, note, now)
        told_solved.restore(db, actor, note)
        needs.settle(db, note, now)
        _recall_last(db, note.customer_id)
    return note, customer


def move(db: Session, actor: Actor, note_id: int, customer_id: int, now: datetime) -> tuple[Note, Customer]:
    """The note, its task and its complaint are the other customer's; what it solved of the first one is not.

    Raises: NoteNotFound; customers.CustomerNotFound
    """
    note, before = get(db, actor, note_id)
    after = customers.get(db, actor, customer_id)
    complaints.close_for(db, note, now)
    told_solved.withdraw(db, note)
    needs.withdraw(db, note, now)
    restraint.unheed(db, note)
    nicknames.unlearn(db, note)
    note.customer_id = customer_id
    restraint.heed(db, actor, note, now)
    for table in (NoteTag, Task, Complaint, Need):
        db.execute(update(table).where(table.note_id == note_id).values(customer_id=customer_id))
    db.flush()
    _settle_complaint(db, note, now)
    needs.settle(db, note, now)
    for touched in (before.customer_id, customer_id):
        _recall_last(db, touched)
    return note, after


def untagged(db: Session, limit: int) -> list[tuple[Note, Named]]:
    """Notes saved while the model was training, oldest first, with the customers and firms named in them."""
    waiting = select(Note, Customer).join(Customer, Customer.customer_id == Note.customer_id)
    waiting = waiting.where(text("note.tagged IS false"), Note.deleted_at.is_(None))
    found = db.execute(waiting.order_by(Note.note_id).limit(limit)).tuples()
    return [(note, named.in_text(note.text, (customer,))) for note, customer in found]


def tag_later(db: Session, note_id: int, said: Tags) -> None:
    """The note saved without tags has them as of when it was written; nothing happens to one tagged or taken back.

    A case that somebody has opened or closed meanwhile stays as it is.
    """
    note = db.get(Note, note_id)
    if note is None or note.tagged or note.deleted_at is not None:
        return
    sure = settled(said)
    _describe(note, sure)
    tags.replace(db, note, sure, note.created_at)
    if not complaints.is_known(db, note_id):
        _settle_complaint(db, note, note.created_at)
    complaints.follow(db, note)
    needs.settle(db, note, note.created_at)


def settled(said: Tags) -> Tags:
    """The tags with a complaint or a sign of leaving only where it is meant; where it is in doubt it is unsure instead.

    Both alarm people, so they must be likelier than not: the labels' thresholds are tuned for F1 and lie lower. Of both
    `python -m benchmarks tagger` prints how many are told, how many alarm without a question, and which share of either
    is false. A complaint is in doubt, too, when praise is the more probable of the two, or the sentiment is positive:
    包装比上次好多了. A real complaint with a polite word in it is neutral or negative, and more probable than the
    praise: it stays.
    """
    doubted = [label for label in ALARMS if label in said.intents and _is_doubted(said, label)]
    if not doubted:
        return said
    others = tuple(label for label in said.intents if label not in doubted)
    return replace(said, intents=others, unsure=tuple(dict.fromkeys((*doubted, *said.unsure))))


def _is_doubted(said: Tags, label: str) -> bool:
    likely = said.probability.get(label, 0.0)
    if likely < LIKELIER:
        return True
    return label == "complaint" and (said.probability.get("praise", 0.0) > likely or said.sentiment == "positive")


def _describe(note: Note, said: Tags | None) -> None:
    note.tagged = said is not None
    note.sentiment = said.sentiment if said else None
    note.urgent = bool(said and said.urgent)
    note.model_version = said.model_version[:40] if said else None
    note.evidence = {label: list(words) for label, words in said.evidence.items()} if said else {}


def _settle_complaint(db: Session, note: Note, now: datetime) -> None:
    """A case is open exactly when the note carries the complaint tag, and tells of more than an objection."""
    present = present_tags(db, note.note_id)
    topics = [tag.label for tag in present if tag.kind == "topic"]
    complains = any(tag.label == "complaint" for tag in present)
    if complains and (objections.opens_case(db, note, topics) or objections.is_said(db, note.note_id)):
        complaints.open_for(db, note, now)
    else:
        complaints.close_for(db, note, now)


def _file(db: Session, note: Note, said: Tags, now: datetime) -> bool:
    """What the new note tells of is a case; True when a complaint was opened by it."""
    topic = matters.topic_of(said)
    needs.receive(db, note, said.intents, topic, now)
    complains = "complaint" in said.intents and objections.opens_case(db, note, said.topics)
    return complains and complaints.receive(db, note, topic, now)


def _recall_last(db: Session, customer_id: int) -> None:
    last = select(func.max(Note.created_at)).where(Note.customer_id == customer_id, Note.deleted_at.is_(None))
    db.execute(
        update(CustomerSummary)
        .where(CustomerSummary.customer_id == customer_id)
        .values(last_note_at=last.scalar_subquery())
    )

"""How a rep speaks of a customer, learned from one answer: 赵总 is asked about once and known from then on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import customers, drafts, named
from crm.members import Actor
from crm.tables import Customer, Draft, Note, SearchKey
from nlp import names

KIND = "nickname"  # of the draft that keeps which note taught one
MOST = 6  # nicknames of a customer; beyond them nothing is learned


def learn(db: Session, actor: Actor, customer_id: int, note: Note, now: datetime) -> str | None:
    """The surname with a title by which the note calls its customer is his nickname now; None where it teaches none.

    Only who has the customer teaches, and only what nobody else of his is called: two of one surname stay a question.
    """
    row = customers.get(db, actor, customer_id)
    called = named.words_for(row, note.text)
    borne = row.nicknames or ()
    if names.surname_addressed(called) is None or called in (row.name, *borne) or len(borne) >= MOST:
        return None
    if row.owner_id != actor.member_id or _is_shared(db, row, called):
        return None
    _write(db, row, sorted({*borne, called}))
    data = {"note_id": note.note_id, "customer_id": customer_id}
    drafts.keep(db, actor, KIND, called, data, now)  # it stays open: open drafts are found by an index
    return called


def unlearn(db: Session, note: Note) -> None:
    """What the note taught is forgotten: it was taken back, or is another customer's."""
    taught = select(Draft).where(Draft.member_id == note.author_id, Draft.kind == KIND, Draft.resolved_at.is_(None))
    for lesson in db.scalars(taught.where(Draft.data["note_id"].as_integer() == note.note_id)):
        row = db.get(Customer, int(lesson.data["customer_id"]))
        if row is not None and lesson.text in (row.nicknames or ()):
            _write(db, row, [called for called in row.nicknames if called != lesson.text])
        db.delete(lesson)


def _is_shared(db: Session, row: Customer, called: str) -> bool:
    """True when another customer of the owner may be called so, too."""
    others = (
        select(SearchKey.customer_id)
        .join(Customer, Customer.customer_id == SearchKey.customer_id)
        .where(
            SearchKey.team_id == row.team_id,
            SearchKey.kind == "name",
            SearchKey.key == called.lower(),
            Customer.owner_id == row.owner_id,
            Customer.deleted_at.is_(None),
            Customer.customer_id != row.customer_id,
        )
    )
    return db.scalar(others.limit(1)) is not None


def _write(db: Session, row: Customer, called: list[str]) -> None:
    row.nicknames = called
    db.flush([row])
    customers.write_keys(db, row, customers.phones(db, row.customer_id))

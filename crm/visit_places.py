"""Whom to visit in an area or building: customers whose region, address or company says the words."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from crm import customers, search
from crm.members import Actor
from crm.tables import Customer, CustomerSummary, Visit

ALIKE = 4  # customers of one name


def find(db: Session, actor: Actor, words: str, limit: int, offset: int = 0) -> tuple[list[Customer], int]:
    """The member's customers there who are on no open list of his, the most valuable first; and how many there are."""
    value, heard = CustomerSummary.value_fen.desc().nulls_last(), CustomerSummary.last_note_at.asc().nulls_first()
    rows = select(Customer.customer_id, func.count().over()).where(*_there(actor, words))
    rows = rows.outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
    found = db.execute(rows.order_by(value, heard, Customer.customer_id).limit(limit).offset(offset)).all()
    return customers.find_many(db, actor, [row[0] for row in found]), found[0][1] if found else 0


def is_known(db: Session, actor: Actor, words: str) -> bool:
    """True when one of the member's customers is to be visited there."""
    return db.scalar(select(Customer.customer_id).where(*_there(actor, words)).limit(1)) is not None


def named(db: Session, actor: Actor, words: Sequence[str]) -> list[Customer]:
    """The customers, where every word is the name of one; of a name that several have, all of them; else nobody."""
    found: dict[int, Customer] = {}
    for word in words:
        rows = search.by_keys(db, actor, [word.lower()], ALIKE)
        exact = [row for row in rows if row.name == word] or (rows if len(rows) == 1 else [])
        if not exact:
            return []
        found |= {row.customer_id: row for row in exact}
    return list(found.values())


def _there(actor: Actor, words: str) -> list[ColumnElement[bool]]:
    own = [Customer.owner_id == actor.member_id] if actor.is_rep else []
    planned = exists().where(
        Visit.member_id == actor.member_id, Visit.customer_id == Customer.customer_id, Visit.outcome.is_(None)
    )
    return [
        customers.visible(actor),
        *own,
        Customer.no_contact.is_(False),
        Customer.stage != "lost",
        *(_says(word) for word in words.split()),
        ~planned.correlate(Customer),
    ]


def _says(word: str) -> ColumnElement[bool]:
    return or_(
        *(column.contains(word, autoescape=True) for column in (Customer.region, Customer.address, Customer.company))
    )

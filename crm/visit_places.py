"""Whom to visit in an area or building: customers whose region, address or company says the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from crm import customers, search
from crm.members import Actor
from crm.tables import Customer, CustomerSummary, Visit

ALIKE = 4  # customers of one name
Row = TypeVar("Row", bound=tuple[Any, ...])


def find(db: Session, actor: Actor, words: str, limit: int, offset: int = 0) -> list[Customer]:
    """The member's customers there who are on no open list of his, the most valuable first, then the least heard of."""
    summary = (CustomerSummary.value_fen.desc().nulls_last(), CustomerSummary.last_note_at.asc().nulls_first())
    rows = _there(actor, words, select(Customer)).order_by(*summary, Customer.customer_id)
    return list(db.scalars(rows.limit(limit).offset(offset)))


def count(db: Session, actor: Actor, words: str) -> int:
    """How many there are."""
    return int(db.scalar(_there(actor, words, select(func.count()).select_from(Customer))) or 0)


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


def _there(actor: Actor, words: str, rows: Select[Row]) -> Select[Row]:
    own = [Customer.owner_id == actor.member_id] if actor.is_rep else []
    planned = exists().where(
        Visit.member_id == actor.member_id, Visit.customer_id == Customer.customer_id, Visit.outcome.is_(None)
    )
    return rows.outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id).where(
        customers.visible(actor),
        *own,
        Customer.no_contact.is_(False),
        Customer.stage != "lost",
        and_(*(_says(word) for word in words.split())),
        ~planned.correlate(Customer),
    )


def _says(word: str) -> ColumnElement[bool]:
    return or_(
        *(column.contains(word, autoescape=True) for column in (Customer.region, Customer.address, Customer.company))
    )

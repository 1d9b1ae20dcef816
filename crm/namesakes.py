"""A way of address that thousands of a team share: which of them are looked at, so that the work stays as it was.

王总 is a twelfth of all customers. Of a rep's, his own are asked for one by one; who sees a team of a million is shown
the most recently active among some of them, and types more to find another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from crm import customers
from crm.members import Actor
from crm.tables import Customer

COMMON = 2_000  # customers of a team with one key; beyond, only so many are ranked
LAST = "\U0010ffff"
Hits = Select[tuple[int]]


@dataclass(frozen=True, slots=True)
class Way:
    """A query of the ids of customers who fit, and one that costs little where it finds thousands."""

    hits: Hits
    if_common: Hits


def of_key(actor: Actor, hits: Hits, customer_id: ColumnElement[int] | Any) -> Way:
    """Ids by one key or several."""
    if actor.sees_team:
        return Way(hits, hits.order_by(customer_id.desc()).limit(COMMON))
    return Way(hits, hits.where(customer_id.in_(customers.visible_ids(actor))))


def of_range(actor: Actor, hits: Hits, customer_id: ColumnElement[int] | Any, start: str = "") -> Way:
    """Ids by the keys of a range; `start`: by what the names begin with."""
    if actor.sees_team:
        return Way(hits, hits.limit(COMMON))
    if not start:
        return Way(hits, hits.where(customer_id.in_(customers.visible_ids(actor))))
    spelled = (func.lower(Customer.name), func.lower(Customer.company))
    begins = or_(*((words >= start) & (words < start + LAST) for words in spelled))
    return Way(hits, customers.visible_ids(actor).where(begins))


def narrowed(db: Session, way: Way) -> Hits:
    """The query to ask: of what thousands share, the cheap one."""
    beyond = select(way.hits.limit(1).offset(COMMON).subquery().c[0])
    return way.hits if db.scalar(beyond) is None else way.if_common

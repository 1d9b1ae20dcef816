"""A way of address that thousands of a team share: which of them are looked at, so that the work stays as it was.

王总 is a twelfth of all customers. Of a rep's, his own are asked for one by one, where a message says 王总 those whose
name begins so or who have a nickname; who sees a team of a million is shown the most recently active among some of
them, and types more to find another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.orm import Session

from crm import customers
from crm.members import Actor
from crm.tables import Customer, CustomerSummary, SearchKey
from nlp import names

COMMON = 1_000  # customers of a team with one key that are all ranked …
RANKED = 300  # … and of more, for who sees the team, only so many
LAST = "\U0010ffff"
Hits = Select[tuple[int]]
Rows = Select[tuple[Customer]]

# Built once: every message that says 王总 asks them, for each way of address it has. Of a list of ways SQLite would
# read everybody in the team.
_KEYED = select(SearchKey.customer_id).where(
    SearchKey.team_id == bindparam("team"), SearchKey.key == bindparam("key"), SearchKey.kind == "name"
)
_OWN = select(Customer.customer_id).where(
    Customer.team_id == bindparam("team"), Customer.owner_id == bindparam("owner"), Customer.deleted_at.is_(None)
)
# Each leg is a range of an index: to see which of 5,000 have the key takes longer than all else. Who is called so by
# his given name (赵王) is not among them: of thousands those of the surname are meant.
_OWN_CALLED = union(
    _OWN.where(Customer.name >= bindparam("surname"), Customer.name < bindparam("beyond")),
    _OWN.where(Customer.name == bindparam("key")),
    _OWN.where(cast(Customer.nicknames, Text) != literal_column("'[]'")),
)
_KEYED_CALLED = _KEYED.where(SearchKey.customer_id.in_(_OWN_CALLED))
# Who looks for 王总 sees 赵王, too: all own names are read, in their index, and nothing else of the rows.
_KEYED_SPOKEN = _KEYED.where(
    SearchKey.customer_id.in_(union(*_OWN_CALLED.selects, _OWN.where(Customer.name.like(bindparam("ending")))))
)
_BEYOND = _KEYED.limit(1).offset(COMMON)
_NEWEST = _KEYED.order_by(SearchKey.customer_id.desc()).limit(RANKED)


@dataclass(frozen=True, slots=True)
class Way:
    """A query of the ids of customers who fit, and one that costs little where it finds thousands."""

    hits: Hits
    if_common: Hits
    counted: Hits | None = None  # where fewer are to be counted than to be sought


def of_name(actor: Actor, way: Way, name: str) -> Way:
    """Of those whom the way finds, who is called exactly so."""

    def exactly(hits: Hits) -> Hits:
        return select(Customer.customer_id).where(Customer.customer_id.in_(hits), Customer.name == name)

    own = customers.visible_ids(actor).where(Customer.name == name)
    return Way(exactly(way.hits), exactly(way.if_common) if actor.sees_team else own, way.hits)


def of_key(actor: Actor, hits: Hits, customer_id: ColumnElement[int] | Any) -> Way:
    """Ids by one key or several."""
    if actor.sees_team:
        return Way(hits, hits.order_by(customer_id.desc()).limit(RANKED))
    return Way(hits, hits.where(customer_id.in_(customers.visible_ids(actor))))


def of_address(actor: Actor, hits: Hits, key: str) -> Way:
    """Ids by a way of address; of what thousands share, a rep's own whose names fit are asked, not all of his."""
    family = names.surname_addressed(key)
    if actor.sees_team or family is None:
        return of_key(actor, hits, SearchKey.customer_id)
    given = {"key": key, "ending": f"%{family}", **_of_family(family), **customers.scope(actor)}
    return Way(hits, _KEYED_SPOKEN.params(given))


def _of_family(family: str) -> dict[str, str]:
    return {"surname": family, "beyond": family + LAST}


def of_range(actor: Actor, hits: Hits, customer_id: ColumnElement[int] | Any, start: str = "") -> Way:
    """Ids by the keys of a range; `start`: by what the names begin with."""
    if actor.sees_team:
        return Way(hits, hits.limit(RANKED))
    own = customers.visible_ids(actor)
    if not start:
        return Way(hits, hits.where(customer_id.in_(own)))
    spelled: Sequence[Any] = (Customer.name, Customer.company)
    if start != start.upper():  # written large and small: all of his are read, as they stand in the index
        return Way(hits, own.where(or_(*(_begins(func.lower(words), start) for words in spelled))))
    begin = union(*(own.where(_begins(words, start)) for words in spelled)).subquery()  # each a range of an index
    return Way(hits, select(begin.c.customer_id))


def _begins(words: Any, start: str) -> ColumnElement[bool]:
    return and_(words >= start, words < start + LAST)


def recent_first(hits: Hits, seen: ColumnElement[bool]) -> Rows:
    """Those of the hits that are `seen`, most recently active first; read from the keys, never from the whole team."""
    found = hits.distinct().cte("hits")
    recent = CustomerSummary.last_note_at.desc().nulls_last()
    rows = (
        select(Customer)
        .join(found, found.c.customer_id == Customer.customer_id)
        .outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
    )
    return rows.where(seen).order_by(recent, Customer.customer_id.desc())


def narrowed(db: Session, way: Way) -> Hits:
    """The query to ask: of what thousands share, the cheap one."""
    counted = way.hits if way.counted is None else way.counted
    beyond = select(counted.limit(1).offset(COMMON).subquery().c[0])
    return way.hits if db.scalar(beyond) is None else way.if_common


def called(db: Session, actor: Actor, keys: Sequence[str], most: int) -> Sequence[Customer]:
    """Customers the member may see who are spoken of in one of these ways, each way's most recently active first."""
    rows: dict[int, Customer] = {}
    for left, key in zip(range(len(keys), 0, -1), keys, strict=True):
        given = {"key": key, "most": (most - len(rows)) // left, **customers.scope(actor)}
        hits = "all"
        if db.scalar(_BEYOND, given) is not None:
            family = names.surname_addressed(key)
            hits = "newest" if actor.sees_team else "own called" if family else "own"
            given |= _of_family(family or "")
        rows |= {row.customer_id: row for row in db.scalars(_CALLED[hits], given)}
    return list(rows.values())


def of_surname(db: Session, actor: Actor, call: str, most: int = 3) -> list[Customer]:
    """Customers the member may see whom a way of address may mean by the surname alone: 老陈 and 陈志强 for 陈总."""
    family = names.surname_addressed(call)
    if family is None:
        return []
    begins = and_(Customer.name >= family, Customer.name < f"{family}{LAST}")
    wanted = or_(begins, Customer.name.in_([f"{before}{family}" for before in "老小阿大"]))
    rows = db.scalars(
        recent_first(select(Customer.customer_id).where(wanted, customers.visible(actor)), true()).limit(RANKED)
    )
    return [row for row in rows if family_of(row.name) == family][:most]


def likely(db: Session, actor: Actor, call: str | None) -> list[Customer]:
    """Whom a message without a known name may mean: those of the surname, where it names nobody the one shown last."""
    if call is not None:
        return of_surname(db, actor, call)
    return customers.find_many(db, actor, [actor.current_customer_id] if actor.current_customer_id else [])


def family_of(name: str) -> str | None:
    """The surname of a person's full name or way of address; None of anything else."""
    return names.surname_addressed(name) or (names.surname(name) if names.is_full_name(name) else None)


_CALLED = {
    which: recent_first(hits, customers.VISIBLE).limit(bindparam("most"))
    for which, hits in (
        ("all", _KEYED),
        ("own", _KEYED.where(SearchKey.customer_id.in_(_OWN))),
        ("own called", _KEYED_CALLED),
        ("newest", _NEWEST),
    )
}

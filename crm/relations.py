"""Who brought whom, who lives, works or is friends with whom; and who brought the most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import customers, members, seeds
from crm.members import Actor
from crm.seeds import Brought
from crm.tables import Customer, CustomerRelation, SearchKey

KINDS = ("referred", "household", "friend", "colleague")
DEPTHS = ("business", "friend", "partner")
SHOWN = 6  # of each kind on the page of a customer
HOUSEHOLD_MOST = 30
SOURCE = "老客户转介绍"  # a name of crm.sources
BY_SOURCE = "source"  # the label of a referral that gave its customer his source


class Circle(ValueError):
    """The referrer was brought by the customer, directly or through others."""

    def __init__(self, customer: str, referrer: str) -> None:
        super().__init__(f"{customer} <- {referrer}")
        self.customer, self.referrer = customer, referrer


class SamePerson(ValueError):
    """Nobody is related to himself."""


class RelationNotFound(LookupError):
    """There is no such relation, or the member may not see both ends of it."""


class KindUnknown(ValueError):
    """No such kind of relation or depth."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A relation with both ends. `before`: who was named as referrer until now; `changed` False: it was so already."""

    relation: CustomerRelation
    customer: Customer
    other: Customer
    before: Customer | None = None
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Web:
    """All relations of a customer the member may see. `chain`: who brought him, who brought that one, and so on.

    `links`: household, friends, colleagues; `brought` counts all, `newest` shows some with what they bought.
    """

    customer: Customer
    chain: list[Customer]
    brought: Brought
    newest: list[tuple[Customer, int]]
    links: list[Linked]
    company: list[Customer]
    company_number: int
    everybody_brought: int


def link(
    db: Session, actor: Actor, customer_id: int, other_id: int, kind: str, label: str | None, now: datetime
) -> Linked:
    """The relation holds; of kind referred, `other_id` brought `customer_id` and an earlier referrer gives way.

    Raises: customers.CustomerNotFound; SamePerson; Circle; KindUnknown
    """
    if kind not in KINDS:
        raise KindUnknown(kind)
    if customer_id == other_id:
        raise SamePerson(customer_id)
    members.lock(db, actor.team_id)  # two referrals made at once must not close a circle
    customer, other = customers.get(db, actor, customer_id), customers.get(db, actor, other_id)
    first, second = (customer, other) if kind == "referred" or customer_id < other_id else (other, customer)
    earlier = _present(db, first.customer_id, second.customer_id, kind)
    if earlier is not None and earlier.other_id == second.customer_id:
        earlier.label = label or earlier.label
        return Linked(earlier, first, second, changed=False)
    if kind == "referred":
        _refuse_circle(db, customer, other)
    row = CustomerRelation(team_id=actor.team_id, customer_id=first.customer_id, other_id=second.customer_id, kind=kind)
    row.label, row.created_by_id, row.created_at = (label or "")[:8] or None, actor.member_id, now
    before = None
    if earlier is not None:
        before = next(iter(customers.find_many(db, actor, [earlier.other_id])), None)
        earlier.deleted_at, row.replaces_id, row.label = now, earlier.customer_relation_id, earlier.label
        db.flush([earlier])
    _source(row, customer)
    db.add(row)
    db.flush([row])
    return Linked(row, first, second, before)


def set_removed(
    db: Session, actor: Actor, relation_id: int, removed: bool, now: datetime, *, undo: bool = False
) -> Linked:
    """The relation is taken off, or holds again; `undo` also brings back the referrer it replaced.

    Raises: RelationNotFound; Circle when others have closed it meanwhile
    """
    members.lock(db, actor.team_id)
    found = get(db, actor, relation_id)
    row = found.relation
    if (row.deleted_at is not None) == removed:
        return Linked(row, found.customer, found.other, changed=False)
    if removed:
        row.deleted_at = now
        if row.label == BY_SOURCE and found.customer.source == SOURCE:
            found.customer.source = None
        db.flush([row])
        earlier = db.get(CustomerRelation, row.replaces_id) if undo and row.replaces_id is not None else None
        if earlier is not None and not seeds.climbs_to(db, earlier.other_id, row.customer_id):
            earlier.deleted_at = None
            _source(earlier, found.customer)
        return found
    if (present := _present(db, row.customer_id, row.other_id, row.kind)) is not None:
        if present.other_id == row.other_id:
            return Linked(present, found.customer, found.other, changed=False)
        present.deleted_at, row.replaces_id = now, present.customer_relation_id
        db.flush([present])
    if row.kind == "referred":
        _refuse_circle(db, found.customer, found.other)
        _source(row, found.customer)
    row.deleted_at = None
    return found


def get(db: Session, actor: Actor, relation_id: int) -> Linked:
    """The relation, present or taken off.

    Raises: RelationNotFound
    """
    row = db.get(CustomerRelation, relation_id)
    ends = customers.find_many(db, actor, (row.customer_id, row.other_id)) if row is not None else []
    if row is None or len(ends) != 2:
        raise RelationNotFound(relation_id)
    return Linked(row, ends[0], ends[1])


def set_depth(db: Session, actor: Actor, customer_id: int, depth: str, now: datetime) -> bool:
    """The customer is a business contact, a friend or a partner from now on; False when he was so already.

    Raises: customers.CustomerNotFound; KindUnknown
    """
    if depth not in DEPTHS:
        raise KindUnknown(depth)
    customer = customers.get(db, actor, customer_id)
    changed = customer.relation != depth
    customer.relation, customer.updated_at = depth, now if changed else customer.updated_at
    return changed


def of(db: Session, actor: Actor, customer_id: int) -> Web:
    """The relations of a customer; ends that the member may not see are left out.

    Raises: customers.CustomerNotFound
    """
    customer = customers.get(db, actor, customer_id)
    company, number = _same_company(db, actor, customer)
    return Web(
        customer=customer,
        chain=seeds.chain(db, actor, customer_id),
        brought=seeds.brought(db, actor, customer_id),
        newest=seeds.newest(db, actor, customer_id),
        links=links(db, actor, customer_id),
        company=company,
        company_number=number,
        everybody_brought=seeds.descendants(db, actor, customer_id),
    )


def links(db: Session, actor: Actor, customer_id: int, *, referred: bool = False) -> list[Linked]:
    """Household, friends and colleagues, with `referred` also who brought him and whom he brought, oldest first.

    The caller has looked the customer up; `customer` of each is the one asked for.
    """
    mine = (CustomerRelation.customer_id == customer_id) | (CustomerRelation.other_id == customer_id)
    wanted = select(CustomerRelation).where(mine, CustomerRelation.deleted_at.is_(None))
    if not referred:
        wanted = wanted.where(CustomerRelation.kind != "referred")
    rows = list(db.scalars(wanted.order_by(CustomerRelation.customer_relation_id).limit(HOUSEHOLD_MOST)))
    ends = {row.customer_id if row.other_id == customer_id else row.other_id for row in rows}
    known = {row.customer_id: row for row in customers.find_many(db, actor, [customer_id, *ends])}
    found = []
    for row in rows:
        other = known.get(row.customer_id if row.other_id == customer_id else row.other_id)
        if other is not None:
            found.append(Linked(row, known[customer_id], other))
    return found


def household(db: Session, actor: Actor, customer_id: int) -> list[Customer]:
    """The customer and everybody of his household the member may see, he first.

    Raises: customers.CustomerNotFound
    """
    customer = customers.get(db, actor, customer_id)
    found, edge = {customer_id}, [customer_id]
    while edge and len(found) < HOUSEHOLD_MOST:
        pair = (CustomerRelation.customer_id, CustomerRelation.other_id)
        near = select(*pair).where(pair[0].in_(edge) | pair[1].in_(edge), CustomerRelation.kind == "household")
        rows = db.execute(near.where(CustomerRelation.deleted_at.is_(None)))
        edge = sorted({end for row in rows for end in row} - found)
        found |= set(edge)
    others = customers.find_many(db, actor, sorted(found - {customer_id}))
    return [customer, *others]


def _source(row: CustomerRelation, customer: Customer) -> None:
    """Who was brought and has no source yet came through a customer; the relation remembers that it said so."""
    if row.kind == "referred" and not customer.source:
        customer.source, row.label = SOURCE, BY_SOURCE


def _refuse_circle(db: Session, customer: Customer, referrer: Customer) -> None:
    if seeds.climbs_to(db, referrer.customer_id, customer.customer_id):
        raise Circle(customer.name, referrer.name)


def _present(db: Session, customer_id: int, other_id: int, kind: str) -> CustomerRelation | None:
    """The relation of the two that holds; of kind referred, whoever the referrer is."""
    mine = [CustomerRelation.customer_id == customer_id, CustomerRelation.kind == kind]
    if kind != "referred":
        mine.append(CustomerRelation.other_id == other_id)
    return db.scalar(select(CustomerRelation).where(*mine, CustomerRelation.deleted_at.is_(None)))


def _same_company(db: Session, actor: Actor, customer: Customer) -> tuple[list[Customer], int]:
    """Others whose company is written alike, found by the key of its name."""
    if not customer.company:
        return [], 0
    keyed = select(SearchKey.customer_id).where(
        SearchKey.team_id == actor.team_id, SearchKey.key == customer.company.lower(), SearchKey.kind == "name"
    )
    alike = (Customer.customer_id.in_(keyed), Customer.company == customer.company, customers.visible(actor))
    others = select(Customer).where(*alike, Customer.customer_id != customer.customer_id)
    number = db.scalar(others.with_only_columns(func.count())) or 0
    return list(db.scalars(others.order_by(Customer.customer_id).limit(SHOWN))), int(number)

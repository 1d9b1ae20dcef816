"""Who brought other customers: chains of referrals, how many came through whom, and what they bought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, Select, func, literal, select
from sqlalchemy.orm import Session, aliased

from crm import customers
from crm.members import Actor
from crm.tables import Customer, CustomerRelation, CustomerSummary

CHAIN_SHOWN = 5
SHOWN = 6  # of those brought, on the page of a customer


@dataclass(frozen=True, slots=True)
class Brought:
    """Those whom one customer brought directly: their number, how many of them bought, and for how many fen net."""

    number: int
    buyers: int
    fen: int


@dataclass(frozen=True, slots=True)
class Seed:
    """A customer who brought others."""

    customer: Customer
    brought: Brought


@dataclass(frozen=True, slots=True)
class Ranking:
    """Some of those who brought others, how many there are, and what all of them brought together."""

    seeds: list[Seed]
    number: int
    brought: Brought


def top(db: Session, actor: Actor, limit: int, offset: int = 0) -> Ranking:
    """Who brought the most, then whose people bought the most; and all of them together."""
    number, buyers, fen = _sums()
    columns = (number.label("number"), buyers.label("buyers"), fen.label("fen"))
    each = (
        _referrals(actor, CustomerRelation.other_id.label("seed_id"), *columns)
        .group_by(CustomerRelation.other_id)
        .subquery()
    )
    of_all = (func.count().over(), *(func.sum(each.c[name]).over() for name in ("number", "buyers", "fen")))
    rows = select(each, *of_all).order_by(each.c.number.desc(), each.c.fen.desc(), each.c.seed_id)
    found = db.execute(rows.limit(limit).offset(offset)).all()
    named = {row.customer_id: row for row in customers.find_many(db, actor, [row.seed_id for row in found])}
    seeds = [Seed(named[row.seed_id], Brought(*map(int, row[1:4]))) for row in found if row.seed_id in named]
    number_of_all, *sums = map(int, found[0][4:]) if found else (0, 0, 0, 0)
    return Ranking(seeds, number_of_all, Brought(*sums))


def _sums() -> tuple[ColumnElement[int], ColumnElement[int], ColumnElement[int]]:
    bought = func.coalesce(CustomerSummary.purchase_days, 0) > 0
    buyers = func.coalesce(func.sum(bought.cast(Integer)), 0)
    return func.count(), buyers, func.coalesce(func.sum(CustomerSummary.total_fen), 0)


def _referrals(actor: Actor, *columns: Any) -> Select[Any]:
    """What referred customers are and bought, where the member may see both them and who brought them."""
    referrer = aliased(Customer)
    own = [] if actor.sees_team else [referrer.owner_id == actor.member_id]
    return (
        select(*columns)
        .select_from(CustomerRelation)
        .join(Customer, Customer.customer_id == CustomerRelation.customer_id)
        .join(referrer, referrer.customer_id == CustomerRelation.other_id)
        .outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .where(
            CustomerRelation.team_id == actor.team_id,
            CustomerRelation.kind == "referred",
            CustomerRelation.deleted_at.is_(None),
            customers.visible(actor),
            referrer.deleted_at.is_(None),
            *own,
        )
    )


def brought(db: Session, actor: Actor, customer_id: int) -> Brought:
    """Those whom the customer brought; the caller has looked him up."""
    number, buyers, fen = db.execute(_referrals(actor, *_sums()).where(CustomerRelation.other_id == customer_id)).one()
    return Brought(number, int(buyers), int(fen))


def newest(db: Session, actor: Actor, customer_id: int) -> list[tuple[Customer, int]]:
    """Some of those whom he brought, with the fen they bought for net, the largest first."""
    rows = _referrals(actor, Customer, func.coalesce(CustomerSummary.total_fen, 0))
    rows = rows.where(CustomerRelation.other_id == customer_id)
    ordered = rows.order_by(func.coalesce(CustomerSummary.total_fen, 0).desc(), Customer.customer_id)
    return [(row[0], int(row[1])) for row in db.execute(ordered.limit(SHOWN))]


def chain(db: Session, actor: Actor, customer_id: int) -> list[Customer]:
    """Who brought him, who brought that one, and so on, as far as the member may see."""
    found: list[Customer] = []
    at = customer_id
    while len(found) < CHAIN_SHOWN:
        above = db.scalar(
            select(CustomerRelation.other_id).where(
                CustomerRelation.customer_id == at,
                CustomerRelation.kind == "referred",
                CustomerRelation.deleted_at.is_(None),
            )
        )
        seen = customers.find_many(db, actor, [above]) if above is not None else []
        if not seen:
            break
        found.append(seen[0])
        at = seen[0].customer_id
    return found


def descendants(db: Session, actor: Actor, customer_id: int) -> int:
    """How many customers came through him, directly or through those he brought."""
    down = select(literal(customer_id, BigInteger).label("id")).cte("down", recursive=True)
    below = select(CustomerRelation.customer_id).join(down, CustomerRelation.other_id == down.c.id)
    down = down.union(below.where(CustomerRelation.kind == "referred", CustomerRelation.deleted_at.is_(None)))
    others = (Customer.customer_id.in_(select(down.c.id)), Customer.customer_id != customer_id)
    return int(db.scalar(select(func.count()).where(*others, customers.visible(actor))) or 0)


def climbs_to(db: Session, from_id: int, customer_id: int) -> bool:
    """True when the customer is `from_id` or stands above him in his chain of referrers."""
    up = select(literal(from_id, BigInteger).label("id")).cte("up", recursive=True)
    above = select(CustomerRelation.other_id).join(up, CustomerRelation.customer_id == up.c.id)
    up = up.union(above.where(CustomerRelation.kind == "referred", CustomerRelation.deleted_at.is_(None)))
    return db.scalar(select(up.c.id).where(up.c.id == customer_id)) is not None

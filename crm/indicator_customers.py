"""The customers behind a figure: those whose records make it, most of it first, of shares the misses first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import customers
from crm import indicator_sources as sources
from crm.indicator_figures import Figure, Span, named
from crm.members import Actor
from crm.tables import Customer, Member, Team


@dataclass(frozen=True, slots=True)
class Behind:
    """A customer, its owner's name, and its part of the figure: amount, of how many."""

    customer: Customer
    owner: str | None
    amount: int
    of: int


def find(db: Session, actor: Actor, code: str, days: Span, limit: int, offset: int = 0) -> list[Behind]:
    """The customers that the member may see and that the figure of these days is made of.

    Raises: FigureUnknown
    """
    figure = named(code)
    stretch = sources.stretch(db, db.get_one(Team, actor.team_id), days.first, days.last)
    if figure.kind == "hours":
        return _answered(db, actor, stretch)[offset : offset + limit]
    source = next(source for source in sources.SOURCES if figure.amount in source.columns)
    events = source.events(stretch.shape()).subquery()
    amount = func.sum(events.c[figure.amount])
    whole: Any = func.sum(events.c[figure.whole]) if figure.whole else func.count()
    rows = (
        _with_owner(events, amount, whole).where(customers.visible(actor)).group_by(Customer.customer_id, Member.name)
    )
    rows = rows.having(whole > 0) if figure.whole else rows.having(amount != 0)
    order = (whole - amount).desc() if figure.whole else amount.desc()
    rows = rows.order_by(order, Customer.customer_id).limit(limit).offset(offset)
    found = db.execute(rows, stretch.params())
    return [_behind(figure, row) for row in found]


def _with_owner(events: Any, *columns: Any) -> Any:
    rows: Any = select(Customer, Member.name, *columns).select_from(events)
    rows = rows.join(Customer, Customer.customer_id == events.c.customer_id)
    return rows.outerjoin(Member, Member.member_id == Customer.owner_id)


def _behind(figure: Figure, row: Any) -> Behind:
    customer, owner, amount, whole = row
    return Behind(customer, owner, int(amount), int(whole) if figure.whole else 0)


def _answered(db: Session, actor: Actor, stretch: sources.Stretch) -> list[Behind]:
    """The leads answered in these days, the longest wait first; amount is minutes."""
    leads = sources.answers(stretch.shape()).subquery()
    columns = (leads.c.since, leads.c.noted_at, leads.c.touched_at)
    found = []
    rows = _with_owner(leads, *columns).where(customers.visible(actor))
    for customer, owner, since, *answered in db.execute(rows, stretch.params()):
        at = min((instant for instant in answered if instant is not None), default=None)
        if at is not None and stretch.since <= at < stretch.until:
            found.append(Behind(customer, owner, int((at - since).total_seconds() // 60), 1))
    return sorted(found, key=lambda one: -one.amount)

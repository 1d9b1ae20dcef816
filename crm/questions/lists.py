"""The customers and the words behind a question: who they are, most money first, and what they said last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select, true
from sqlalchemy.orm import Session

from crm.members import Actor
from crm.questions import groups, sums
from crm.questions.groups import AT_RISK, during
from crm.tables import Complaint, Customer, CustomerSummary, Member, Note, NoteTag, Order, ScoreMovement
from nlp.questions import Question

NAMED = 6
OF_ORDERS = ("buyers", "returns")
QUOTED = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A customer of a list; `fen`: what he bought, or gave back, in the days asked for."""

    customer: Customer
    summary: CustomerSummary | None
    owner: str | None
    fen: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What was written down of a customer."""

    text: str
    customer: Customer
    owner: str | None
    at: datetime


def named(db: Session, actor: Actor, question: Question, now: datetime, offset: int) -> tuple[list[Named], int]:
    """A page of the customers who are asked for, and how many there are."""
    of_sales = question.measure in groups.SOLD
    whose = tuple(pair for pair in question.where if pair[0] != "人") if of_sales else question.where
    asked = replace(question, where=whose)  # of sales: who sold, whoever has the customer now
    sold_by = groups.sold_by(db, actor, question) if of_sales else []
    fits = (groups.fitting(db, actor, asked, now), _happened(question, actor, sold_by))
    joined = select(Customer).outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
    total = int(db.scalar(joined.with_only_columns(func.count()).where(*fits)) or 0)
    ordered = (func.coalesce(CustomerSummary.value_fen, 0).desc(), Customer.customer_id)
    ids = joined.with_only_columns(Customer.customer_id).where(*fits).order_by(*ordered)
    page = list(db.scalars(ids.limit(NAMED).offset(max(offset, 0))))  # narrow rows are sorted four times as fast
    rows = joined.add_columns(CustomerSummary, Member.name).outerjoin(Member, Member.member_id == Customer.owner_id)
    found = db.execute(rows.where(Customer.customer_id.in_(page)).order_by(*ordered))
    bought = _bought(db, question, actor, sold_by, page) if question.measure in OF_ORDERS else {}
    return [Named(row[0], row[1], row[2], bought.get(row[0].customer_id)) for row in found], total


def _bought(
    db: Session, question: Question, actor: Actor, sold_by: Sequence[ColumnElement[bool]], page: Sequence[int]
) -> dict[int, int]:
    """Of each customer of the page what he bought, or gave back, in the days."""
    rows = select(Order.customer_id, func.sum(Order.amount_fen)).join(
        Customer, Customer.customer_id == Order.customer_id
    )
    mine = (*_sold(question, actor), *sold_by, Order.customer_id.in_(page))
    return {
        customer_id: abs(int(fen)) for customer_id, fen in db.execute(rows.where(*mine).group_by(Order.customer_id))
    }


def quotes(db: Session, actor: Actor, question: Question, now: datetime) -> list[Quote]:
    """The newest notes with the intent that is asked for."""
    intents = ("complaint",) if question.measure == "complaints" else sums.NEEDS
    rows = (
        select(Note.text, Customer, Member.name, Note.created_at)
        .join(NoteTag, NoteTag.note_id == Note.note_id)
        .join(Customer, Customer.customer_id == NoteTag.customer_id)
        .outerjoin(Member, Member.member_id == Customer.owner_id)
        .where(
            NoteTag.team_id == actor.team_id,
            NoteTag.label.in_(intents),
            NoteTag.removed_at.is_(None),
            Note.deleted_at.is_(None),
            during(question.period, NoteTag.created_at, actor),
            groups.fitting(db, actor, question, now),
        )
        .order_by(Note.created_at.desc(), Note.note_id.desc())
        .limit(QUOTED * 2)  # a note may carry two of the intents
    )
    found = [Quote(*row) for row in db.execute(rows)]
    return _once(found)[:QUOTED]


def _once(found: Sequence[Quote]) -> list[Quote]:
    seen: dict[tuple[int, str], Quote] = {}
    for quote in found:
        seen.setdefault((quote.customer.customer_id, quote.text), quote)
    return list(seen.values())


def _happened(question: Question, actor: Actor, sold_by: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """True for customers of whom what is asked holds."""
    match question.measure:
        case "at_risk":
            return and_(CustomerSummary.team_id == actor.team_id, CustomerSummary.value_group.in_(AT_RISK))
        case "customers":
            return true()
        case "new":
            return during(question.period, Customer.created_at, actor)
        case "lost":
            went = (ScoreMovement.kind == "group", ScoreMovement.before.in_(sums.STABLE))
            return _some(ScoreMovement, *went, ScoreMovement.after.in_(AT_RISK), question=question, actor=actor)
        case "complaints":
            return _some(Complaint, sums.STANDS, question=question, actor=actor)
        case "needs":
            tagged = (NoteTag.label.in_(sums.NEEDS), NoteTag.removed_at.is_(None))
            return _some(NoteTag, *tagged, question=question, actor=actor)
    mine = _sold(question, actor)
    if sold_by:
        return exists().where(Order.customer_id == Customer.customer_id, *mine, *sold_by).correlate(Customer)
    return Customer.customer_id.in_(select(Order.customer_id).where(*mine))


def _sold(question: Question, actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """True of the orders that are asked of: sales or returns of the days, of the goods if any are named."""
    sold = Order.amount_fen < 0 if question.measure == "returns" else Order.amount_fen > 0
    period = question.period
    days = [Order.ordered_on.between(period.first, period.last)] if period is not None else []
    goods = groups.product(question)
    of_goods = [Order.product.icontains(goods, autoescape=True)] if goods else []
    return (Order.team_id == actor.team_id, Order.deleted_at.is_(None), sold, *days, *of_goods)


def _some(table: Any, *tests: ColumnElement[bool], question: Question, actor: Actor) -> ColumnElement[bool]:
    at = {ScoreMovement: "moved_at", Complaint: "opened_at", NoteTag: "created_at"}[table]
    rows = (table.customer_id == Customer.customer_id, *tests, during(question.period, getattr(table, at), actor))
    return exists().where(*rows).correlate(Customer)

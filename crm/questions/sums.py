"""Measures as one statement each: how much of it, for all or by what is compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, join, literal, outerjoin, select
from sqlalchemy.orm import Session, aliased

from crm import case_notes, sellers, settings, sources
from crm.members import Actor
from crm.questions import groups
from crm.questions.groups import AT_RISK as AT_RISK
from crm.questions.groups import during
from crm.sources import OwnSource
from crm.tables import (
    AccountEntry,
    Complaint,
    Customer,
    CustomerSummary,
    Member,
    Note,
    NoteTag,
    Order,
    ScoreMovement,
    Task,
    Team,
)
from nlp.questions import Question

NEEDS = ("need_explicit", "need_latent")
STABLE = ("high_stable", "low_stable")
STANDS = case_notes.complaint_stands()
CUSTOMERS = 6  # that are compared one by one
OF_NOBODY = ("money", "received", "orders", "returns")  # told also of what is no colleague's
TOPICS = ("quality", "price", "delivery", "service", "product", "billing", "support", "trial")


@dataclass(frozen=True, slots=True)
class Line:
    """`value` of the measure for one that is compared, or for all.

    Of a rate: `part` of `whole`; of money: `part` orders; of returns: `part` fen; else both are 0.
    """

    key: Any
    name: str
    value: float
    part: int = 0
    whole: int = 0


@dataclass(frozen=True, slots=True)
class _Source:
    """Rows that a measure counts, None: the customers themselves. `who`: whose deed or customer a row is."""

    rows: Any
    value: ColumnElement[Any]
    tests: Sequence[ColumnElement[bool]] = ()
    part: ColumnElement[Any] = field(default_factory=lambda: literal(0))
    whole: ColumnElement[Any] = field(default_factory=lambda: literal(0))
    who: Any = Customer.owner_id
    topic: Any = None  # the tag of the same note that says of what it speaks


def lines(db: Session, actor: Actor, question: Question, now: datetime) -> list[Line]:
    """The measure for each that is compared, most first, least first where that is asked; nameless ones left out.

    But what counts for no colleague comes last, with the key None: the parts make up the whole.
    """
    source, is_sold = _source(question, actor, now), question.measure in groups.SOLD
    rows = _grouped(db, actor, question, now, source)
    if question.by == "customer":  # of very many only the first are named
        key = _key(question, source)
        rows = rows.order_by(source.value if question.least else source.value.desc(), key).limit(CUSTOMERS)
    every = [tuple(row) for row in db.execute(rows)]
    found = [row for row in every if row[0] not in (None, "") and (row[1] or question.least or not is_sold)]
    names = _names(db, question.by, [row[0] for row in found])
    made = [Line(k, names.get(k, str(k)), float(v or 0), int(p or 0), int(w or 0)) for k, v, p, w in found]
    if question.by == "source":
        made = _by_source(made, settings.of(db.get_one(Team, actor.team_id)).own_sources, question.measure)
    sign = 1 if question.least else -1
    made.sort(key=lambda line: (sign * line.value, -line.whole, line.name))
    if question.by == "rep" and question.measure in OF_NOBODY:
        made += [Line(None, "", float(v), int(p or 0)) for k, v, p, _ in every if k is None and v]
    return made


def how_many(db: Session, actor: Actor, question: Question, now: datetime) -> int:
    """How many customers a comparison of customers has, named or not: most first only those who have some of it."""
    source = _source(question, actor, now)
    rows = _grouped(db, actor, question, now, source)
    if not question.least:
        rows = rows.having(source.value > 0)
    return int(db.scalar(select(func.count()).select_from(rows.subquery())) or 0)


def _grouped(db: Session, actor: Actor, question: Question, now: datetime, source: _Source) -> Select[Any]:
    key = _key(question, source)
    columns = (source.value.label("value"), source.part.label("part"), source.whole.label("whole"))
    rows = select(key.label("key"), *columns).select_from(_joined(source))
    return rows.where(*source.tests, groups.fitting(db, actor, question, now, _whose(question, source))).group_by(key)


def _by_source(found: Sequence[Line], own: Sequence[OwnSource], measure: str) -> list[Line]:
    """What people wrote for one source together, as in /sources; a rate of all of them."""
    merged: dict[str, Line] = {}
    for line in found:
        name = sources.name_of(line.name, own)
        have = merged.get(name, Line(name, name, 0.0))
        part, whole = have.part + line.part, have.whole + line.whole
        amounts = {"conversion": part / whole if whole else 0.0, "average": _mean(have, line)}
        merged[name] = Line(name, name, amounts.get(measure, have.value + line.value), part, whole)
    return list(merged.values())


def _mean(one: Line, other: Line) -> float:
    """The average of both, each by its orders."""
    orders = one.part + other.part
    return (one.value * one.part + other.value * other.part) / orders if orders else 0.0


def total(db: Session, actor: Actor, question: Question, now: datetime) -> Line:
    """The measure over all."""
    source = _source(question, actor, now)
    rows = select(source.value, source.part, source.whole).select_from(_joined(source))
    fits = groups.fitting(db, actor, question, now, _whose(question, source))
    row = db.execute(rows.where(*source.tests, fits)).one()
    return Line(None, "", float(row[0] or 0), int(row[1] or 0), int(row[2] or 0))


def _source(question: Question, actor: Actor, now: datetime) -> _Source:
    if question.measure in groups.SOLD:
        return _sold(question, actor)
    if question.measure == "received":
        return _received(question, actor)
    if question.measure in ("customers", "new", "at_risk", "conversion", "repeat"):
        return _of_customers(question, actor)
    return _of_deeds(question, actor, now)


def _whose(question: Question, source: _Source) -> Any:
    """What was sold or came in is looked at by whom it counts for, all else by who has the customer."""
    is_of_money = question.measure in (*groups.SOLD, "received") and question.shape != "list"
    return source.who if is_of_money else Customer.owner_id


def _sold(question: Question, actor: Actor) -> _Source:
    tests = [Order.team_id == actor.team_id, Order.deleted_at.is_(None)]
    if question.period is not None:
        tests.append(Order.ordered_on.between(question.period.first, question.period.last))
    if product := groups.product(question):
        tests.append(Order.product.icontains(product, autoescape=True))
    fen, sales = func.coalesce(func.sum(Order.amount_fen), 0), func.count().filter(Order.amount_fen > 0)
    buyers = func.count(case((Order.amount_fen > 0, Order.customer_id)).distinct())
    value: dict[str, ColumnElement[Any]] = {
        "money": fen,
        "orders": sales,
        "buyers": buyers,
        "returns": func.count().filter(Order.amount_fen < 0),
        "average": fen * 1.0 / func.nullif(sales, 0),
    }
    taken_back = -func.coalesce(func.sum(case((Order.amount_fen < 0, Order.amount_fen))), 0)
    part = taken_back if question.measure == "returns" else sales
    return _Source(Order, value[question.measure], tests, part=part, who=sellers.SELLER)


def _received(question: Question, actor: Actor) -> _Source:
    """Money that came in by the ledger, on the day on which it did, and that of orders that were paid at once."""
    columns = ("customer_id", "seller_id", "amount_fen")
    booked = select(*(getattr(AccountEntry, name) for name in columns)).where(
        AccountEntry.team_id == actor.team_id, AccountEntry.kind == "payment", AccountEntry.deleted_at.is_(None)
    )
    at_once = select(*(getattr(Order, name) for name in columns)).where(
        Order.team_id == actor.team_id, Order.is_paid.is_(True), Order.deleted_at.is_(None)
    )
    if question.period is not None:
        booked = booked.where(AccountEntry.entry_on.between(question.period.first, question.period.last))
        at_once = at_once.where(Order.ordered_on.between(question.period.first, question.period.last))
    rows = booked.union_all(at_once).subquery()
    fen, payments = func.coalesce(func.sum(rows.c.amount_fen), 0), func.count(rows.c.customer_id)
    return _Source(rows, fen, part=payments, who=func.coalesce(rows.c.seller_id, Customer.owner_id))


def _of_customers(question: Question, actor: Actor) -> _Source:
    number = func.count(Customer.customer_id)
    made = during(question.period, Customer.created_at, actor)
    match question.measure:
        case "new":
            return _Source(None, number, [made])
        case "at_risk":
            money = func.coalesce(func.sum(CustomerSummary.value_fen), 0)
            tests = [CustomerSummary.team_id == actor.team_id, CustomerSummary.value_group.in_(AT_RISK)]
            return _Source(CustomerSummary, number, tests, part=money)
        case "conversion":
            won = func.count().filter(CustomerSummary.first_purchase_on.is_not(None))
            return _Source(CustomerSummary, won * 1.0 / func.nullif(number, 0), [made], won, number)
        case "repeat":
            again = func.count().filter(CustomerSummary.purchase_days >= 2)
            tests = [CustomerSummary.purchase_days > 0]
            if question.period is not None:
                tests.append(CustomerSummary.last_purchase_on.between(question.period.first, question.period.last))
            return _Source(CustomerSummary, again * 1.0 / func.nullif(number, 0), tests, again, number)
    return _Source(None, number)


def _of_deeds(question: Question, actor: Actor, now: datetime) -> _Source:
    team, period = actor.team_id, question.period
    match question.measure:
        case "lost":
            went = (ScoreMovement.kind == "group", ScoreMovement.before.in_(STABLE), ScoreMovement.after.in_(AT_RISK))
            tests = [ScoreMovement.team_id == team, *went, during(period, ScoreMovement.moved_at, actor)]
            return _Source(ScoreMovement, func.count(ScoreMovement.customer_id.distinct()), tests)
        case "complaints" if question.by != "topic" and question.shape != "quotes":
            opened = during(period, Complaint.opened_at, actor)
            tests = [Complaint.team_id == team, opened, STANDS]
            return _Source(Complaint, func.count(Complaint.complaint_id), tests)
        case "complaints" | "needs":
            return _tagged(question, actor)
        case "notes":
            tests = [Note.team_id == team, Note.deleted_at.is_(None), Note.import_id.is_(None)]
            tests.append(during(period, Note.created_at, actor))
            return _Source(Note, func.count(Note.note_id), tests, who=Note.author_id)
    today = datetime.combine(actor.today(now), time(0), actor.zone)
    is_late = (Task.done_at.is_(None), Task.cancelled_at.is_(None), Task.due_at < today)
    return _Source(Task, func.count(Task.task_id), [Task.team_id == team, *is_late], who=Task.assignee_id)


def _tagged(question: Question, actor: Actor) -> _Source:
    """Notes that carry the intent; by topic, each topic of such a note counts once."""
    intents = ("complaint",) if question.measure == "complaints" else NEEDS
    tests = [
        NoteTag.team_id == actor.team_id,
        NoteTag.label.in_(intents),
        NoteTag.removed_at.is_(None),
        during(question.period, NoteTag.created_at, actor),
    ]
    topic = aliased(NoteTag) if question.by == "topic" else None
    if topic is not None:
        tests += [topic.label.in_(TOPICS), topic.removed_at.is_(None)]
    return _Source(NoteTag, func.count(NoteTag.note_id.distinct()), tests, topic=topic)


def _joined(source: _Source) -> Any:
    if source.rows is None:
        return Customer
    rows = source.rows
    if rows is CustomerSummary:
        return outerjoin(Customer, rows, rows.customer_id == Customer.customer_id)
    columns = rows.c if isinstance(rows, Subquery) else rows
    found = join(rows, Customer, Customer.customer_id == columns.customer_id)
    topic = source.topic
    return found if topic is None else found.join(topic, topic.note_id == rows.note_id)


def _key(question: Question, source: _Source) -> Any:
    if question.by == "topic" and source.topic is not None:
        return source.topic.label
    return {
        "source": Customer.source,
        "industry": Customer.industry,
        "region": Customer.region,
        "customer": Customer.customer_id,
        "product": Order.product,
    }.get(question.by or "", source.who)


def _names(db: Session, by: str | None, keys: Sequence[Any]) -> dict[Any, str]:
    """The names of members and customers; what is compared by a name has it already."""
    if by == "rep":
        return {
            row[0]: row[1]
            for row in db.execute(select(Member.member_id, Member.name).where(Member.member_id.in_(keys)))
        }
    return {}

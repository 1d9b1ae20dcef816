"""What customers need and complain about, over many cases: by topic, product and time, with the newest words.

`summary` is one look at a stretch of time, `who` the customers behind one of its figures. Both count cases of
customers the member may see; the room of questions calls them too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from crm import case_notes, customers
from crm.members import Actor
from crm.tables import Complaint, Customer, CustomerSummary, Member, Need, Note

Kind = Literal["both", "complaint", "need"]
GROUPS = {"high": ("high_stable", "high_at_risk"), "low": ("low_stable", "low_at_risk"), "none": ("no_value",)}
MONTHS = 6
QUOTES = 3
UNNAMED = ""  # the product of a case that names none


@dataclass(frozen=True, slots=True)
class Scope:
    """Cases opened from `since` until before `until`, of that kind, of customers in one of the groups if given."""

    since: datetime
    until: datetime
    kind: Kind = "both"
    groups: tuple[str, ...] = ()  # high | low | none, or a group's own code

    @property
    def tables(self) -> tuple[type[Complaint | Need], ...]:
        """The tables of the kind."""
        return {"both": (Complaint, Need), "complaint": (Complaint,), "need": (Need,)}[self.kind]


class Quote(NamedTuple):
    """What a customer said, newest first: kind is complaint | need."""

    kind: str
    at: datetime
    topic: str | None
    product: str | None
    text: str
    customer: Customer
    owner: str | None


@dataclass(slots=True)
class Voices:
    """The figures of a scope. Counters are by topic (None: none given), product (UNNAMED) and first day of a month."""

    scope: Scope
    complaints: int = 0
    needs: int = 0
    complaints_before: int = 0  # in as long a time before
    needs_before: int = 0
    complaints_open: int = 0  # now, whenever they were opened
    needs_waiting: int = 0
    topics: Counter[str | None] = field(default_factory=Counter)
    products: Counter[str] = field(default_factory=Counter)
    cells: Counter[tuple[str | None, str]] = field(default_factory=Counter)
    months: list[datetime] = field(default_factory=list)  # their beginnings, the last one still goes on
    by_month: Counter[tuple[str | None, datetime]] = field(default_factory=Counter)
    quotes: list[Quote] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All cases of the scope."""
        return self.complaints + self.needs


class Voice(NamedTuple):
    """A customer behind a figure: how many cases, and what was said last."""

    customer: Customer
    owner: str | None
    cases: int
    at: datetime
    text: str
    kind: str
    case_id: int


def summary(
    db: Session,
    actor: Actor,
    since: datetime,
    until: datetime,
    *,
    kind: Kind = "both",
    groups: Sequence[str] = (),
    quotes: int = QUOTES,
) -> Voices:
    """The needs and complaints opened from `since` until before `until`, each case once.

    >>> # 高价值客户最近抱怨什么: summary(db, actor, now - 30 days, now, kind="complaint", groups=("high",))
    """
    made = Voices(Scope(since, until, kind, tuple(groups)))
    made.months = _months(actor, until)
    for table in made.scope.tables:
        _count(db, actor, made, table)
        _count_months(db, actor, made, table)
    _count_open(db, actor, made)
    made.quotes = newest(db, actor, made.scope, quotes)
    return made


def newest(
    db: Session, actor: Actor, scope: Scope, limit: int, topic: str | None = None, product: str | None = None
) -> list[Quote]:
    """The newest words of the scope, of one topic or product if given ("" of a product: those that name none)."""
    found: list[Quote] = []
    for table in scope.tables:
        rows = select(table, Note.text, Customer, Member.name).join(Note, Note.note_id == table.note_id)
        rows = rows.join(Customer, Customer.customer_id == table.customer_id)
        rows = rows.outerjoin(Member, Member.member_id == Customer.owner_id)
        rows = rows.where(*_within(actor, scope, table), *_about(table, topic, product))
        for row in db.execute(rows.order_by(table.opened_at.desc()).limit(limit)):
            one = row[0]
            found.append(Quote(kind_of(table), one.opened_at, one.topic, one.product, row[1], row[2], row[3]))
    return sorted(found, key=lambda quote: quote.at, reverse=True)[:limit]


def who(
    db: Session,
    actor: Actor,
    scope: Scope,
    topic: str | None = None,
    product: str | None = None,
    limit: int = 6,
    offset: int = 0,
) -> tuple[list[Voice], int]:
    """The customers behind a figure, most cases first and then the newest, and how many customers there are."""
    parts = [
        select(
            table.customer_id.label("customer_id"),
            table.opened_at.label("opened_at"),
            table.note_id.label("note_id"),
            literal(kind_of(table)).label("kind"),
            _id_of(table).label("case_id"),
        )
        .join(Customer, Customer.customer_id == table.customer_id)
        .where(*_within(actor, scope, table), *_about(table, topic, product))
        for table in scope.tables
    ]
    told = union_all(*parts).subquery()
    number, last = func.count(), func.max(told.c.opened_at)
    each = select(told.c.customer_id, number.label("cases"), last.label("at")).group_by(told.c.customer_id)
    total = db.scalar(select(func.count()).select_from(each.subquery())) or 0
    page = db.execute(each.order_by(number.desc(), last.desc()).limit(limit).offset(offset)).all()
    rows = {row.customer_id: row for row in page}
    return _voices(db, told, rows), int(total)


def kind_of(table: type[Complaint | Need]) -> str:
    """complaint | need"""
    return "complaint" if table is Complaint else "need"


def _voices(db: Session, told: Any, page: dict[int, Any]) -> list[Voice]:
    last = (
        select(told, Note.text, Customer, Member.name)
        .join(Note, Note.note_id == told.c.note_id)
        .join(Customer, Customer.customer_id == told.c.customer_id)
        .outerjoin(Member, Member.member_id == Customer.owner_id)
        .where(told.c.customer_id.in_(list(page)))
        .order_by(told.c.opened_at)
    )
    found = {row.customer_id: row for row in db.execute(last)}  # the newest of each stays
    return [
        Voice(
            found[key].Customer,
            found[key].name,
            row.cases,
            row.at,
            found[key].text,
            found[key].kind,
            found[key].case_id,
        )
        for key, row in page.items()
        if key in found
    ]


def _count(db: Session, actor: Actor, made: Voices, table: type[Complaint | Need]) -> None:
    scope = made.scope
    earlier = Scope(scope.since - (scope.until - scope.since), scope.until, scope.kind, scope.groups)
    is_now = case((table.opened_at >= scope.since, 1), else_=0)
    number = func.count()
    rows = _rows(select(table.topic, table.product, is_now, number), actor, earlier, table)
    now = before = 0
    for topic, product, in_time, cases in db.execute(rows.group_by(table.topic, table.product, is_now)):
        if not in_time:
            before += cases
            continue
        now += cases
        made.topics[topic] += cases
        made.products[product or UNNAMED] += cases
        made.cells[topic, product or UNNAMED] += cases
    if table is Complaint:
        made.complaints, made.complaints_before = now, before
    else:
        made.needs, made.needs_before = now, before


def _count_months(db: Session, actor: Actor, made: Voices, table: type[Complaint | Need]) -> None:
    bounds = made.months
    past = Scope(bounds[0], made.scope.until, made.scope.kind, made.scope.groups)
    month = case(*((table.opened_at < end, at) for at, end in enumerate(bounds[1:])), else_=len(bounds) - 1)
    rows = _rows(select(table.topic, month, func.count()), actor, past, table)
    for topic, at, cases in db.execute(rows.group_by(table.topic, month)):
        made.by_month[topic, bounds[int(at)]] += cases


def _count_open(db: Session, actor: Actor, made: Voices) -> None:
    for table in made.scope.tables:
        rows = select(func.count()).select_from(table).join(Customer, Customer.customer_id == table.customer_id)
        rows = rows.where(table.team_id == actor.team_id, table.closed_at.is_(None), customers.visible(actor))
        number = db.scalar(rows.where(*_grouped(made.scope))) or 0
        if table is Complaint:
            made.complaints_open = number
        else:
            made.needs_waiting = number


def _rows(query: Select[Any], actor: Actor, scope: Scope, table: type[Complaint | Need]) -> Select[Any]:
    joined = query.select_from(table).join(Customer, Customer.customer_id == table.customer_id)
    return joined.where(*_within(actor, scope, table))


def _within(actor: Actor, scope: Scope, table: type[Complaint | Need]) -> tuple[ColumnElement[bool], ...]:
    """Cases of the scope that stand: a need whose note was taken back does not; its complaint does not either."""
    opened = (table.team_id == actor.team_id, table.opened_at >= scope.since, table.opened_at < scope.until)
    stands = (
        or_(Need.closed_at.is_(None), Need.outcome.is_not(None)) if table is Need else case_notes.complaint_stands()
    )
    return (*opened, stands, customers.visible(actor), *_grouped(scope))


def _grouped(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    if not scope.groups:
        return ()
    codes = [code for group in scope.groups for code in GROUPS.get(group, (group,))]
    mine = and_(CustomerSummary.customer_id == Customer.customer_id, CustomerSummary.value_group.in_(codes))
    return (exists().where(mine).correlate(Customer),)


def _about(table: type[Complaint | Need], topic: str | None, product: str | None) -> tuple[ColumnElement[bool], ...]:
    found: list[ColumnElement[bool]] = []
    if topic is not None:
        found.append(table.topic.is_(None) if topic == "" else table.topic == topic)
    if product is not None:
        found.append(table.product.is_(None) if product == UNNAMED else table.product == product)
    return tuple(found)


def _id_of(table: type[Complaint | Need]) -> Any:
    return Complaint.complaint_id if table is Complaint else Need.need_id


def _months(actor: Actor, until: datetime) -> list[datetime]:
    """The beginnings of the last six months on the member's wall clock, that of `until` the last."""
    last = actor.local(until)
    number = last.year * 12 + last.month - 1
    firsts = [divmod(number - back, 12) for back in range(MONTHS - 1, -1, -1)]
    return [datetime.combine(last.date().replace(year=y, month=m + 1, day=1), time(0), actor.zone) for y, m in firsts]

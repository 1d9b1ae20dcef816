"""How good the records are: what is missing, stale, contradictory or doubled, a score per rep, and odd orders.

A rep's own records are looked at each time. Those of a team of LARGE customers or more are looked at once a day: the
findings are kept as the team's report, and those that are shown are checked again.
"""

from __future__ import annotations

import contextlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from crm import customers
from crm.members import Actor
from crm.tables import Customer, CustomerPhone, CustomerSummary, Member, Order, TeamReport
from scoring import data_quality
from scoring.data_quality import Finding, OrderSums, Record

KIND = "quality"
LARGE = 3_000
GOOD_FOR = timedelta(days=1)
KEPT = 60  # customers of a report, those with the most money first
FIELDS: Mapping[str, str] = {"area": "region"}  # what the rules call otherwise than the records


@dataclass(frozen=True, slots=True)
class Quality:
    """The report for a member. `scores` by owner's name, worst first, only for who sees the team."""

    customers: int
    score: float | None
    scores: list[tuple[str, float]]
    counts: Counter[tuple[str, str]]
    """(kind, what) → how many records."""
    orders: dict[str, float]
    worst: list[int]
    """Ids of customers with findings, those with the most money first, at most KEPT."""
    findings: dict[int, list[Finding]]
    made_at: datetime
    is_new: bool = False


def of(db: Session, actor: Actor, now: datetime) -> Quality:
    """The report on the records that the member may see; nothing is written."""
    row = db.get(TeamReport, (actor.team_id, KIND)) if actor.sees_team else None
    if row is not None and row.report["customers"] >= LARGE and row.made_at <= now < row.made_at + GOOD_FOR:
        return _read(row.report, row.made_at)
    return _made(db, actor, now)


def put(db: Session, actor: Actor, found: Quality) -> None:
    """The report is the team's of today, if it is of the whole team and new."""
    if actor.sees_team and found.is_new:
        db.merge(TeamReport(team_id=actor.team_id, kind=KIND, made_at=found.made_at, report=_record(found)))


def page(
    db: Session, actor: Actor, found: Quality, now: datetime, limit: int, offset: int
) -> list[tuple[Customer, list[Finding]]]:
    """Customers of the report with what is wrong with them now."""
    shown = customers.find_many(db, actor, found.worst[offset : offset + limit])
    ids = [row.customer_id for row in shown]
    fresh = data_quality.check(_records(db, actor, ids), actor.today(now)).findings
    by_id: dict[int, list[Finding]] = defaultdict(list)
    for one in fresh:
        if one.kind != "duplicate":
            by_id[one.customer_id].append(one)
    for customer_id in ids:
        by_id[customer_id] += [one for one in found.findings[customer_id] if one.kind == "duplicate"]
    return [(row, by_id[row.customer_id]) for row in shown if by_id[row.customer_id]]


def field(what: str) -> str:
    """The field of a record that a missing thing is."""
    return FIELDS.get(what, what)


def _made(db: Session, actor: Actor, now: datetime) -> Quality:
    records, today = _records(db, actor), actor.today(now)
    report = data_quality.check(records, today)
    findings: dict[int, list[Finding]] = defaultdict(list)
    for one in report.findings:
        findings[one.customer_id].append(one)
    money = {record.customer_id: record.total_fen for record in records}
    worst = sorted(findings, key=lambda one: (-money[one], -len(findings[one]), one))[:KEPT]
    return Quality(
        report.customers,
        _overall(records, report.scores),
        _by_name(db, actor, report.scores),
        Counter((one.kind, one.what) for one in report.findings),
        data_quality.order_faults(_order_sums(db, actor, today), list(money.values())),
        worst,
        {one: findings[one] for one in worst},
        now,
        is_new=True,
    )


_COLUMNS = (
    *(Customer.customer_id, Customer.name, Customer.owner_id, Customer.company, Customer.industry, Customer.region),
    *(Customer.solar_year, Customer.solar_month, Customer.solar_day, Customer.lunar_month),
    *(CustomerSummary.last_note_at, CustomerSummary.first_purchase_on, CustomerSummary.last_purchase_on),
    CustomerSummary.total_fen,
)


def _records(db: Session, actor: Actor, ids: Sequence[int] | None = None) -> list[Record]:
    number = select(func.min(CustomerPhone.phone)).where(CustomerPhone.customer_id == Customer.customer_id)
    rows = (
        select(*_COLUMNS, number.correlate(Customer).scalar_subquery().label("phone"))
        .join(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .where(customers.visible(actor))
    )
    if ids is not None:
        rows = rows.where(Customer.customer_id.in_(ids))
    return [_as_record(row, actor) for row in db.execute(rows)]


def _as_record(row: Row[Any], actor: Actor) -> Record:
    noted = row.last_note_at
    return Record(
        customer_id=row.customer_id,
        name=row.name,
        owner_id=row.owner_id,
        phone=row.phone,
        company=row.company,
        industry=row.industry,
        area=row.region,
        birthday=_birthday(row),
        last_contact_on=noted.astimezone(actor.zone).date() if noted else None,
        first_purchase_on=row.first_purchase_on,
        last_purchase_on=row.last_purchase_on,
        total_fen=row.total_fen,
    )


def _birthday(row: Row[Any]) -> date | str | None:
    if row.solar_year and row.solar_month and row.solar_day:
        with contextlib.suppress(ValueError):  # 29 February of another year
            return date(row.solar_year, row.solar_month, row.solar_day)
    return "known" if row.solar_month or row.lunar_month else None


def _order_sums(db: Session, actor: Actor, today: date) -> OrderSums:
    """Sums over the orders of the customers that the member may see: three statements."""
    mine = (Order.deleted_at.is_(None), customers.visible(actor))
    future = func.coalesce(func.sum(case((Order.ordered_on > today, 1), else_=0)), 0)
    sums = select(func.count(), future, func.min(Order.amount_fen), func.max(Order.amount_fen))
    joined = sums.select_from(Order).join(Customer, Customer.customer_id == Order.customer_id)
    number, in_future, smallest, largest = db.execute(joined.where(*mine)).one()
    earlier = aliased(Order)
    bought = exists().where(
        earlier.customer_id == Order.customer_id,
        earlier.amount_fen > 0,
        earlier.ordered_on <= Order.ordered_on,
        earlier.deleted_at.is_(None),
    )
    back = select(func.count()).select_from(Order).join(Customer, Customer.customer_id == Order.customer_id)
    first = db.scalar(back.where(*mine, and_(Order.amount_fen < 0, ~bought))) or 0
    days = select(Order.customer_id).join(Customer, Customer.customer_id == Order.customer_id).where(*mine)
    crowded = days.group_by(Order.customer_id, Order.ordered_on).having(func.count() >= data_quality.CROWDED)
    days_found = db.scalar(select(func.count()).select_from(crowded.subquery())) or 0
    return OrderSums(number, in_future, first, smallest or 0, largest or 0, days_found)


def _overall(records: Sequence[Record], scores: Mapping[int | None, float]) -> float | None:
    owned = Counter(record.owner_id for record in records)
    total = sum(owned.values())
    return round(sum(scores[owner] * count for owner, count in owned.items()) / total, 1) if total else None


def _by_name(db: Session, actor: Actor, scores: Mapping[int | None, float]) -> list[tuple[str, float]]:
    if not actor.sees_team:
        return []
    names = {
        row.member_id: row.name
        for row in db.execute(select(Member.member_id, Member.name).where(Member.team_id == actor.team_id))
    }
    found = [(names.get(owner, "") if owner is not None else "", score) for owner, score in scores.items()]
    return sorted(found, key=lambda one: (one[1], one[0]))


def _record(found: Quality) -> dict[str, Any]:
    return {
        "customers": found.customers,
        "score": found.score,
        "scores": [list(one) for one in found.scores],
        "counts": [[kind, what, number] for (kind, what), number in found.counts.items()],
        "orders": found.orders,
        "worst": [[one, [[f.kind, f.what, list(f.with_ids)] for f in found.findings[one]]] for one in found.worst],
    }


def _read(record: Mapping[str, Any], made_at: datetime) -> Quality:
    findings = {
        one: [Finding(kind, one, what, tuple(others)) for kind, what, others in found] for one, found in record["worst"]
    }
    return Quality(
        record["customers"],
        record["score"],
        [(name, score) for name, score in record["scores"]],
        Counter({(kind, what): number for kind, what, number in record["counts"]}),
        dict(record["orders"]),
        [one for one, _ in record["worst"]],
        findings,
        made_at,
    )

"""The histories that scoring reads, gathered by a handful of statements whatever the number of customers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from crm.tables import Customer, CustomerSummary, Note, NoteTag, Order
from scoring.groups import VALUE_WINDOW_DAYS, WINDOW_DAYS
from scoring.history import Histories

NOTES_COUNT_FOR = timedelta(days=90)
LIKELY = 0.5  # a sign of leaving that is less probable than not stays on its note and speaks against nobody
CHUNK = 500


def of_team(db: Session, team_id: int, today: date, zone: ZoneInfo, now: datetime) -> tuple[list[int], Histories]:
    """The ids of all living customers of the team, ascending, and their histories."""
    return _gathered(db, team_id, today, zone, now, None)


def of_customers(
    db: Session, team_id: int, customer_ids: Sequence[int], today: date, zone: ZoneInfo, now: datetime
) -> tuple[list[int], Histories]:
    """As of_team, for up to 500 customers; the statements touch their rows only."""
    return _gathered(db, team_id, today, zone, now, list(customer_ids)[:CHUNK])


def _gathered(
    db: Session, team_id: int, today: date, zone: ZoneInfo, now: datetime, only: list[int] | None
) -> tuple[list[int], Histories]:
    rows = _summaries(db, team_id, only)
    year, before = _money(db, team_id, today, only)
    angry, leaving = _negative(db, team_id, now, only), _leaving(db, team_id, zone, now, only)
    columns: dict[str, list[float | None]] = {
        "recency_days": [_days(today, row[2]) for row in rows],
        "first_days": [_days(today, row[1]) for row in rows],
        "purchase_days": [row[3] for row in rows],
        "longest_gap_days": [row[4] for row in rows],
        "mean_gap_days": [(row[2] - row[1]).days / (row[3] - 1) if row[3] > 1 else None for row in rows],
        "net_fen_total": [row[5] for row in rows],
        "open_complaints": [row[6] for row in rows],
        "days_since_contact": [_days(today, row[7].astimezone(zone).date()) if row[7] else None for row in rows],
        "net_fen_year": [year.get(row[0], 0) for row in rows],
        "previous_year_fen": [before.get(row[0], 0) for row in rows],
        "negative_notes_90d": [angry.get(row[0], 0) for row in rows],
        "churn_notes_90d": [leaving.get(row[0], 0) for row in rows],
    }
    return [row[0] for row in rows], Histories.of(columns)  # type: ignore[arg-type]  # None becomes nan


def _days(today: date, day: date | None) -> int | None:
    return None if day is None else max(0, (today - day).days)


def _summaries(db: Session, team_id: int, only: list[int] | None) -> Sequence[Any]:
    columns = select(
        CustomerSummary.customer_id,
        CustomerSummary.first_purchase_on,
        CustomerSummary.last_purchase_on,
        CustomerSummary.purchase_days,
        CustomerSummary.longest_gap_days,
        CustomerSummary.total_fen,
        CustomerSummary.open_complaints,
        CustomerSummary.last_note_at,
    ).join(Customer, Customer.customer_id == CustomerSummary.customer_id)
    living = (CustomerSummary.team_id == team_id, Customer.deleted_at.is_(None))
    chosen = [] if only is None else [CustomerSummary.customer_id.in_(only)]
    return db.execute(columns.where(*living, *chosen).order_by(CustomerSummary.customer_id)).all()


def _money(db: Session, team_id: int, today: date, only: list[int] | None) -> tuple[dict[int, float], dict[int, float]]:
    """Net fen of the last 365 days, today among them (ages 0 to 364), and of ages 365 to 730."""
    start, oldest = today - timedelta(days=WINDOW_DAYS - 1), today - timedelta(days=VALUE_WINDOW_DAYS)
    inside = case((Order.ordered_on >= start, Order.amount_fen), else_=0)
    sums = select(Order.customer_id, func.sum(inside), func.sum(Order.amount_fen - inside)).where(
        _of(Order, team_id, only),
        Order.deleted_at.is_(None),
        Order.ordered_on.between(oldest, today),
    )
    rows = db.execute(sums.group_by(Order.customer_id)).all()
    return {row[0]: float(row[1]) for row in rows}, {row[0]: float(row[2]) for row in rows}


def _negative(db: Session, team_id: int, now: datetime, only: list[int] | None) -> dict[int, int]:
    """How many negative notes each customer has of the last 90 days."""
    angry = select(Note.customer_id, func.count()).where(*_recent(team_id, now, only), Note.sentiment == "negative")
    return {row[0]: int(row[1]) for row in db.execute(angry.group_by(Note.customer_id))}


def _leaving(db: Session, team_id: int, zone: ZoneInfo, now: datetime, only: list[int] | None) -> dict[int, int]:
    """How many notes with a sign of leaving each customer has of the last 90 days; who buys takes earlier ones back."""
    signs = (
        select(Note.customer_id, Note.created_at)
        .join(NoteTag, NoteTag.note_id == Note.note_id)
        .where(*_recent(team_id, now, only))
        .where(NoteTag.label == "churn", NoteTag.removed_at.is_(None), NoteTag.probability >= LIKELY)
    )
    told = db.execute(signs).all()
    bought = _bought(db, team_id, sorted({row[0] for row in told}), (now - NOTES_COUNT_FOR).date())
    counted: dict[int, int] = {}
    for customer_id, at in told:
        day = at.astimezone(zone).date()
        if not any((on, entered) > (day, at) for on, entered in bought.get(customer_id, ())):
            counted[customer_id] = counted.get(customer_id, 0) + 1
    return counted


def _bought(db: Session, team_id: int, ids: list[int], since: date) -> dict[int, list[tuple[date, datetime]]]:
    """Of each of these customers the day of every order since, and when it was entered."""
    found: dict[int, list[tuple[date, datetime]]] = {}
    for start in range(0, len(ids), CHUNK):
        orders = select(Order.customer_id, Order.ordered_on, Order.created_at).where(
            *(Order.team_id == team_id, Order.customer_id.in_(ids[start : start + CHUNK])),
            *(Order.amount_fen > 0, Order.deleted_at.is_(None), Order.ordered_on >= since),
        )
        for customer_id, on, entered in db.execute(orders):
            found.setdefault(customer_id, []).append((on, entered))
    return found


def _recent(team_id: int, now: datetime, only: list[int] | None) -> tuple[ColumnElement[bool], ...]:
    return _of(Note, team_id, only), Note.created_at >= now - NOTES_COUNT_FOR, Note.deleted_at.is_(None)


def _of(table: type[Order | Note], team_id: int, only: list[int] | None) -> ColumnElement[bool]:
    return table.team_id == team_id if only is None else table.customer_id.in_(only)

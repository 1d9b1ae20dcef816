"""What the models foresee for every customer of a team, from its orders and notes: for a full run in the background.

`figures` of a customer, as stored in CustomerScore: on (ISO day), method, horizon_days, purchases and lifetime_fen
(expected, low, high), amount_fen (of one purchase), next_days (expected, earliest, latest after `on`; from three order
days on), order_days, growth, margin and profit_fen (where costs are known), rfm (five quintiles), why (reasons, the
heaviest first, either way).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import note_evidence, order_columns, why
from crm.order_columns import OrderColumns
from crm.tables import Customer, Order, Team
from scoring import churn
from scoring.history import Column, Histories

if TYPE_CHECKING:
    from scoring.portfolio import Portfolio
    from scoring.value import Expected

Ids = npt.NDArray[np.int64]
Figures = dict[str, Any]

VERSION = "7.1"  # of the models, told with every snapshot
EXPLAINED = 3_000  # customers whose reasons a full run measures, by money at stake; the others' are when shown
NO_ORDERS = "no_orders"
RFM = ("recency", "frequency", "monetary", "area", "industry")
YEAR, NOTICE = 365, 30
NO_SIGNAL_THRESHOLD = 2.0  # no probability reaches it: without signal nobody is at risk


@dataclass(frozen=True)
class Outlook:
    """Columns and lists have a place for each of the customers of the histories."""

    gone: Column
    """P(no purchase within the horizon); 1 for who never bought."""
    base: list[float | None]
    """P(purchase), by the orders alone."""
    figures: list[Figures]
    reasons: dict[int, list[dict[str, Any]]]
    """By place: what speaks against a purchase, for those whose reasons were measured."""
    year_days: Column
    """Order days of the last 365 days."""
    leaving_fen: Column
    """Net fen of the last 365 days that leave them within the next 30."""
    leaving_days: Column
    horizon_days: int | None
    record: dict[str, Any]

    @property
    def has_signal(self) -> bool:
        return bool(self.record["method"] != "base_rate")


def of_team(db: Session, team: Team, customer_ids: Sequence[int], histories: Histories, now: datetime) -> Outlook:
    """The outlook of all these customers; heavy: seconds for a hundred thousand."""
    today = now.astimezone(ZoneInfo(team.zone)).date()
    ids = np.asarray(customer_ids, dtype=np.int64)
    lines = order_columns.of_team(db, team.team_id, today)
    if not (lines.fen >= 0).any():
        return _empty(ids.size, today)
    from scoring import portfolio  # scipy: a second that only a run with orders pays

    made = portfolio.score(lines.customers, lines.days, lines.fen, today.toordinal(), explain=EXPLAINED)
    place = np.searchsorted(ids, made.purchases.ids[made.facts.rows].astype(np.int64))
    weights = note_evidence.weigh(db, team, made)
    gone = np.ones(ids.size)
    gone[place] = 1 - made.purchase_probability
    if made.model.method != "base_rate":
        held = {code: churn.occurrences(histories, code) for code in note_evidence.FACTS}
        gone = churn.shifted(gone, note_evidence.shift(held, weights))
    base: list[float | None] = [None] * ids.size
    for at, chance in zip(place.tolist(), made.purchase_probability.tolist(), strict=True):
        base[at] = float(chance)
    year_days, leaving_fen, leaving_days = window(lines, ids, today)
    record = _record(made, weights, today)
    figures = _figures(made, place, ids.size, today)
    _add_rfm(db, team.team_id, ids, histories, year_days, figures, record)
    _add_profit(db, team.team_id, ids, histories, figures)
    reasons = _add_reasons(made, place, figures, histories, weights)
    return Outlook(gone, base, figures, reasons, year_days, leaving_fen, leaving_days, made.horizon_days, record)


def _empty(size: int, today: date) -> Outlook:
    nothing = np.zeros(size)
    record = {"version": VERSION, "method": NO_ORDERS, "on": today.isoformat(), "hash": "", "weights": {}}
    none: list[float | None] = [None] * size
    return Outlook(np.ones(size), none, [{} for _ in none], {}, nothing, nothing, nothing, None, record)


def window(lines: OrderColumns, ids: Ids, today: date) -> tuple[Column, Column, Column]:
    """Order days of the last 365 days; fen and order days of them that leave within 30."""
    place, age = np.searchsorted(ids, lines.customers), today.toordinal() - lines.days
    inside = (lines.fen > 0) & (age < YEAR)
    day = np.unique(np.column_stack([place[inside], age[inside]]), axis=0)
    soon = (age < YEAR) & (age >= YEAR - NOTICE)
    fen = np.bincount(place[soon], lines.fen[soon], ids.size).astype(np.float64)
    old = day[day[:, 1] >= YEAR - NOTICE, 0]
    whole = np.bincount(day[:, 0], minlength=ids.size).astype(np.float64)
    return whole, fen, np.bincount(old, minlength=ids.size).astype(np.float64)


def _record(made: Portfolio, weights: dict[str, dict[str, Any]], today: date) -> dict[str, Any]:
    """What the run was: for updates between runs, and for [口径]."""
    from scoring import contributions, forecasts, updates, value

    return {
        **updates.record(made.model),
        "version": VERSION,
        "on": today.isoformat(),
        "hash": made.purchases.fingerprint(),
        "held_out": asdict(made.model.held_out),
        "needed": [forecasts.LEAST_LEARNERS, forecasts.LEAST_OF_EACH],
        "usual": asdict(contributions.usual(made.facts)),
        "weights": weights,
        "lifetime": [value.LIFETIME_DAYS, value.YEARLY_DISCOUNT],
        "buyers": int(made.facts.rows.size),
    }


def _figures(made: Portfolio, place: Ids, size: int, today: date) -> list[Figures]:
    found: list[Figures] = [{} for _ in range(size)]
    for row, at in enumerate(place.tolist()):
        days = int(made.facts.purchase_days[row])
        following = made.next_order
        found[at] = {
            "on": today.isoformat(),
            "method": str(made.model.method),
            "horizon_days": made.horizon_days,
            "purchases": three(made.number, row, 2),
            "amount_fen": round(float(made.amounts[row])),
            "lifetime_fen": three(made.lifetime, row, 0),
            "next_days": [round(float(c[row])) for c in (following.expected, following.earliest, following.latest)]
            if days >= LEAST_DAYS
            else None,
            "order_days": days,
        }
    return found


LEAST_DAYS = 3  # scoring.next_orders.LEAST_PURCHASE_DAYS, without its second of imports


def three(found: Expected, row: int, digits: int) -> list[float]:
    """Expected, low and high of one customer."""
    return [round(float(column[row]), digits) for column in (found.mean, found.low, found.high)]


def _add_rfm(
    db: Session,
    team_id: int,
    ids: Ids,
    histories: Histories,
    year_days: Column,
    figures: list[Figures],
    record: dict[str, Any],
) -> None:
    """The quintiles are in the figures, their cut-offs in the record."""
    from scoring import rfm

    places = select(Customer.customer_id, Customer.region, Customer.industry).where(Customer.team_id == team_id)
    where = {row[0]: (row[1], row[2]) for row in db.execute(places)}
    areas, industries = ([where.get(one, (None, None))[at] for one in ids.tolist()] for at in (0, 1))
    made = rfm.score(histories.recency_days, year_days, histories.net_fen_year, areas, industries)
    columns = [getattr(made, name) for name in RFM]
    record["rfm_cuts"] = {name: list(column.cuts) for name, column in zip(RFM, columns, strict=True)}
    for at, one in enumerate(figures):
        if one:
            one["rfm"] = [int(column.scores[at]) for column in columns]


def _add_profit(db: Session, team_id: int, ids: Ids, histories: Histories, figures: list[Figures]) -> None:
    """Growth, and past profit where costs are known; lifetime value counts the margin then."""
    from scoring import value

    known = (Order.team_id == team_id, Order.cost_fen.is_not(None), Order.deleted_at.is_(None))
    sums = select(Order.customer_id, func.sum(Order.amount_fen), func.sum(Order.cost_fen)).where(*known)
    costs = {row[0]: (float(row[1]), float(row[2])) for row in db.execute(sums.group_by(Order.customer_id))}
    revenue, cost = (np.array([costs.get(one, (0.0, 0.0))[at] for one in ids.tolist()]) for at in (0, 1))
    margins, growth = value.margins(revenue, cost), value.growth(histories.net_fen_year, histories.previous_year_fen)
    for at, one in enumerate(figures):
        if not one:
            continue
        one["growth"] = round(float(growth[at]), 3) if np.isfinite(growth[at]) else None
        one["profit_fen"] = round(float(revenue[at] - cost[at])) if revenue[at] > 0 else None
        one["margin"] = round(float(margins[at]), 4) if costs else None
        if costs:
            one["lifetime_fen"] = [round(amount * float(margins[at])) for amount in one["lifetime_fen"]]


def _add_reasons(
    made: Portfolio,
    place: Ids,
    figures: list[Figures],
    histories: Histories,
    weights: dict[str, dict[str, Any]],
) -> dict[int, list[dict[str, Any]]]:
    """The reasons either way are in the figures of who was explained; the result: those against a purchase."""
    from scoring import contributions

    usual = contributions.usual(made.facts)
    found: dict[int, list[dict[str, Any]]] = {}
    for order, row in enumerate(made.explained.tolist()):
        at = int(place[row])
        notes = why.noted(histories, at, weights)
        both = why.told(made.reasons.reasons(order, limit=9), made.facts, row, usual)
        figures[at]["why"] = why.heaviest(both, notes)
        found[at] = why.against(both, notes)
    return found

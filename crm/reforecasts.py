"""A customer's own forecast between two full runs: moved by the closed form of the last one, in milliseconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import note_evidence, order_columns, outlooks, why
from crm.outlooks import Figures
from crm.tables import CustomerScore, Team
from scoring import churn
from scoring.history import Histories

if TYPE_CHECKING:
    from scoring.closed_form import ClosedForm
    from scoring.forecasts import Model


@dataclass(frozen=True, slots=True)
class Foreseen:
    """P(no purchase within the horizon), the figures and reasons of now, and what the tiers ask for."""

    gone: float
    figures: Figures
    reasons: list[Any]
    year_days: float = 0.0
    leaving_fen: float = 0.0
    leaving_days: float = 0.0


def of_customers(
    db: Session, team: Team, ids: Sequence[int], histories: Histories, model: dict[str, Any], now: datetime
) -> list[Foreseen]:
    """What is foreseen of these customers; `model` is the record of the last full run, one with orders."""
    zone = ZoneInfo(team.zone)
    today = now.astimezone(zone).date()
    run_at = datetime.fromisoformat(team.settings["scores"]["at"])
    lines = order_columns.of_customers(db, ids, today)
    known = order_columns.of_customers(db, ids, today, run_at)
    held = {row.customer_id: row for row in db.scalars(select(CustomerScore).where(CustomerScore.customer_id.in_(ids)))}
    facts = {code: churn.occurrences(histories, code) for code in note_evidence.FACTS}
    shift = note_evidence.shift(facts, model["weights"])
    columns = outlooks.window(lines, np.asarray(ids, dtype=np.int64), today)
    found = []
    for index, customer_id in enumerate(ids):
        score = held.get(customer_id)
        before = score.base_probability if score is not None else None
        one = _one(model, lines.of(customer_id), known.of(customer_id), today.toordinal(), before)
        if one is None:
            found.append(Foreseen(1.0, {}, why.noted(histories, index, model["weights"])))
            continue
        chance, figures, both = one
        gone = 1 - chance
        if model["method"] != "base_rate":
            gone = float(churn.shifted(np.array([gone]), shift[index : index + 1])[0])
        notes = why.noted(histories, index, model["weights"])
        figures |= {"on": today.isoformat(), "why": why.heaviest(both, notes)}
        if score is not None and score.figures.get("amount_fen") is not None:
            figures = _by_amount(figures, score.figures)
        year_days, leaving_fen, leaving_days = (float(column[index]) for column in columns)
        found.append(Foreseen(gone, figures, why.against(both, notes), year_days, leaving_fen, leaving_days))
    return found


def _one(
    model: dict[str, Any],
    lines: order_columns.OrderColumns,
    known: order_columns.OrderColumns,
    today: int,
    before: float | None,
) -> tuple[float, Figures, list[dict[str, Any]]] | None:
    """P(purchase), figures and reasons of one customer; None without an order day."""
    from scoring import contributions, lives, next_orders, purchases, updates, value

    bought = purchases.gather(lines.customers, lines.days, lines.fen)
    seen = purchases.gather(known.customers, known.days, known.fen)
    chance = updates.updated(model, seen, bought, today, before)
    closed = updates.closed_form(model)
    window = replace(closed.window, cutoff=today + 1)
    facts = lives.known(bought, window)
    if chance is None or not facts.rows.size:
        return None
    amounts = facts.money / facts.purchase_days
    frozen = _frozen(model, replace(closed, window=window))
    usual = contributions.Usual(**model["usual"])
    pairs = contributions.measure(frozen, bought, facts, usual).reasons(0, limit=9)
    following = next_orders.foretell(closed.repeat, facts.lives(), window.horizon_days)
    days = int(facts.purchase_days[0])
    figures: Figures = {
        "method": model["method"],
        "horizon_days": window.horizon_days,
        "purchases": outlooks.three(value.purchases_ahead(closed.repeat, facts, window.horizon_days), 0, 2),
        "amount_fen": round(float(amounts[0])),
        "lifetime_fen": outlooks.three(value.lifetime(closed.repeat, facts, amounts), 0, 0),
        "next_days": [round(float(c[0])) for c in (following.expected, following.earliest, following.latest)]
        if days >= outlooks.LEAST_DAYS
        else None,
        "order_days": days,
    }
    return chance, figures, why.told(pairs, facts, 0, usual)


def _frozen(model: dict[str, Any], closed: ClosedForm) -> Model:
    """The closed form of the last full run as a model that contributions can ask; the base rate where that speaks."""
    from scoring.features import Population
    from scoring.forecasts import HeldOut, Method, Model

    method = Method.BASE_RATE if model["method"] == "base_rate" else Method.CLOSED_FORM
    return Model(method, closed.window, Population(closed, {}), None, HeldOut(0, 0), float(model["base_rate"]))


def _by_amount(figures: Figures, held: Figures) -> Figures:
    """The money of one purchase, shrunk to the team's, and the margin are those of the last full run."""
    own, kept = figures["amount_fen"], held["amount_fen"]
    factor = (kept / own if own else 0.0) * (held.get("margin") or 1.0)
    return {**figures, "amount_fen": kept, "lifetime_fen": [round(fen * factor) for fen in figures["lifetime_fen"]]}

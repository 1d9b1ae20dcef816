"""All scores of a team from its order lines in one go: forecast, reasons, value, next order. For a background run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scoring import contributions, forecasts, lives, next_orders, purchases, value
from scoring.contributions import Contributions
from scoring.forecasts import Model
from scoring.lives import Facts, Window
from scoring.next_orders import NextOrder
from scoring.purchases import Column, Integers, Purchases
from scoring.value import Expected

EXPLAINED = 300
LEAST_REGULARS, REGULAR_DAYS, DEFAULT_HORIZON_DAYS = 20, 3, 90


@dataclass(frozen=True)
class Portfolio:
    """Columns of shape (n_buyers,), for `purchases.ids[facts.rows]`: the customers with a purchase day."""

    purchases: Purchases
    facts: Facts
    model: Model
    purchase_probability: Column
    number: Expected
    """Purchase days within the horizon."""
    amounts: Column
    """Money of one purchase day, in the unit of the amounts."""
    money: Expected
    """Money within the horizon."""
    lifetime: Expected
    """Discounted money of the next value.LIFETIME_DAYS, margin 1."""
    next_order: NextOrder
    explained: Integers
    """Places (in these columns) whose reasons were measured."""
    reasons: Contributions
    """In the order of `explained`."""

    @property
    def horizon_days(self) -> int:
        return self.model.window.horizon_days


def score(
    customers: npt.ArrayLike,
    days: npt.ArrayLike,
    amounts: npt.ArrayLike,
    today: int,
    horizon_days: int | None = None,
    explain: int = EXPLAINED,
) -> Portfolio:
    """The portfolio at the end of `today` (a day number); later orders are not looked at.

    Without a wish the horizon is by the team's rhythm. Reasons are measured for the `explain` customers with the most
    money at stake: money expected of one purchase times the probability of none.
    """
    bought = purchases.gather(customers, days, amounts).before(today + 1)
    horizon = horizon_days or rhythm_horizon(bought, today + 1)
    model, facts = forecasts.fit(bought, today + 1, horizon)
    probability = model.probability(facts)
    closed = model.population.closed.repeat
    number = value.purchases_ahead(closed, facts, horizon)
    each = value.amount(bought, facts)
    explained = np.argsort(-(each * (1 - probability)), kind="stable")[:explain]
    some = bought.of(facts.rows[explained])
    few = lives.known(some, model.window)
    order = np.argsort(np.argsort(facts.rows[explained]))
    measured = contributions.measure(model, some, few, contributions.usual(facts))
    return Portfolio(
        purchases=bought,
        facts=facts,
        model=model,
        purchase_probability=probability,
        number=number,
        amounts=each,
        money=value.money_ahead(number, each),
        lifetime=value.lifetime(closed, facts, each),
        next_order=next_orders.foretell(closed, facts.lives(), horizon),
        explained=explained,
        reasons=measured.at(order),
    )


def explain_one(portfolio: Portfolio, place: int, limit: int = 3) -> list[tuple[str, float]]:
    """The reasons of one customer by place in the columns, measured now; heaviest first."""
    some = portfolio.purchases.of(portfolio.facts.rows[place : place + 1])
    few = lives.known(some, portfolio.model.window)
    found = contributions.measure(portfolio.model, some, few, contributions.usual(portfolio.facts))
    return found.reasons(0, limit)


def rhythm_horizon(bought: Purchases, cutoff: int) -> int:
    """Two median gaps of customers with three purchase days or more, in whole 30 days, 30 to 360.

    90 with fewer than 20 such customers. The same rule as churn.rhythm.
    """
    facts = lives.known(bought, Window(cutoff, DEFAULT_HORIZON_DAYS, bought.starts_on()))
    gaps = facts.mean_gap()[facts.purchase_days >= REGULAR_DAYS]
    if gaps.size < LEAST_REGULARS:
        return DEFAULT_HORIZON_DAYS
    return int(np.clip(30 * np.ceil(2 * np.median(gaps) / 30), 30, 360))

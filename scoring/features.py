"""Facts turned into unit-free numbers: what was learned on an earlier, shorter window means the same on a later one.

Times are shares of the unit of time, money and frequency are places in the population (0 to 1 on a stored grid, so
that one customer can be placed without the others), and the label-free forecasts come along as log-odds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from scoring import closed_form
from scoring.closed_form import ClosedForm
from scoring.lives import HALF_LIFE_SHARES, Facts, Window
from scoring.purchases import Column
from scoring.repeat_purchase import RepeatPurchase

Matrix = npt.NDArray[np.float64]

GRID = np.linspace(0, 1, 401)
RANKED: dict[str, Callable[[Facts], Column]] = {
    "recency": lambda facts: -facts.recency,
    "tenure": lambda facts: facts.first,
    "purchase_days": lambda facts: facts.purchase_days,
    "money": lambda facts: facts.money,
    "money_a_day": lambda facts: facts.money / facts.purchase_days,
    "last_money": lambda facts: facts.last_money,
    "most_money": lambda facts: facts.most_money,
    "lines_a_day": lambda facts: facts.lines / facts.purchase_days,
    "last_lines": lambda facts: facts.last_lines,
    "faded_money_short": lambda facts: facts.faded_money[0],
    "faded_money_long": lambda facts: facts.faded_money[1],
}


@dataclass(frozen=True)
class Population:
    """What the customers of one cutoff have in common."""

    closed: ClosedForm
    grids: dict[str, Column]
    """Quantiles of each ranked fact, shape (401,)."""

    def features(self, facts: Facts) -> Matrix:
        """Shape (n_buyers, n_features), always finite."""
        columns = [*self._ranks(facts), *_times(facts), *_habits(facts), *self._label_free(facts)]
        return np.nan_to_num(np.column_stack(columns), nan=0.0, posinf=30.0, neginf=-30.0)

    def _ranks(self, facts: Facts) -> list[Column]:
        return [_place(self.grids[name], fact(facts)) for name, fact in RANKED.items()]

    def _label_free(self, facts: Facts) -> list[Column]:
        alive = special.logit(np.clip(self.closed.repeat.alive_probability(facts.lives()), 0.0025, 0.9975))
        logits = self.closed.faded_logits(facts)
        return [*logits, *self.closed.rates(facts), self.closed.repeat_logit(facts), alive]


def describe(facts: Facts) -> Population:
    """The population of `facts`; a made-up one of nobody."""
    if not facts.rows.size:
        return nobody(facts.window)
    grids = {name: np.quantile(fact(facts), GRID) for name, fact in RANKED.items()}
    return Population(closed_form.fit(facts), grids)


def nobody(window: Window) -> Population:
    """The population of a team without customers."""
    flat = np.zeros(GRID.size)
    unknown = ClosedForm(window, (90.0,) * len(HALF_LIFE_SHARES), RepeatPurchase(1, 1.0, 90.0, 1.0, 1.0))
    return Population(unknown, dict.fromkeys(RANKED, flat))


def _place(grid: Column, values: Column) -> Column:
    """The middle of the places in the grid that a value takes, 0 to 1."""
    low, high = np.searchsorted(grid, values, "left"), np.searchsorted(grid, values, "right")
    return (low + high) / (2.0 * grid.size)


def _times(facts: Facts) -> list[Column]:
    unit = facts.window.unit_days
    older = [np.where(np.isfinite(age), np.log(np.maximum(age, 1) / unit), 0.5) for age in facts.earlier]
    return [
        np.log(facts.recency / unit),
        np.log(facts.first / unit),
        facts.recency / facts.first,
        facts.recency / unit,
        facts.first / unit,
        np.where(facts.last_gap > 0, np.log((facts.last_gap + 1) / unit), 0.0),
        *older,
    ]


def _habits(facts: Facts) -> list[Column]:
    many = facts.purchase_days > 1
    gap = np.maximum(np.nan_to_num(facts.mean_gap(), nan=1.0), 1.0)
    ratio = np.where(facts.money > 0, facts.returned / np.maximum(facts.money, 1e-9), 0.0)
    rising = np.log((np.maximum(facts.last_money, 0) + 1) / (np.maximum(facts.first_money, 0) + 1))
    return [
        np.log(facts.purchase_days),
        (facts.purchase_days == 1).astype(np.float64),
        (facts.purchase_days == 2).astype(np.float64),
        np.log(facts.purchase_days / (facts.first / facts.window.unit_days + 0.1)),
        np.where(many, np.log((facts.recency + 1) / gap), 0.0),
        np.where(many, np.log((facts.recency + 1) / np.maximum(facts.longest_gap, 1)), 0.0),
        facts.gap_spread,
        np.log1p(np.clip(ratio, 0, 5)),
        (facts.returned > 0).astype(np.float64),
        np.clip(rising, -10, 10),
        *(np.log1p(count) for count in facts.recent),
        np.log(facts.active_periods),
    ]

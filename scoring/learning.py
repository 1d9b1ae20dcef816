"""A model learned on earlier windows of the same orders: logistic regression and boosting beside the closed form.

Each earlier window ends before the cutoff, so its customers are known to have bought again or not. When the history is
shorter than five horizons, the windows are shortened in proportion (a history of 39 weeks foretelling 39 weeks is
learned from 19.5 weeks foretelling 19.5): the features are unit-free for that reason. The forecast is the average of
three log-odds: logistic regression, gradient boosting and the closed form.

Source: the average of own logistic, own boosting and label-free log-odds had the best area under the curve on windows
before the test windows of both data sets; so were the constants chosen (`python -m benchmarks scoring --earlier`).
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from scoring import features, lives
from scoring.features import Matrix, Population
from scoring.lives import Facts, Window
from scoring.purchases import Column, Integers, Purchases

SHARES = (1.0, 0.9, 0.8, 0.7, 0.6)
FULL_HORIZONS = 5.0
LEAST_HISTORY_DAYS, LEAST_HORIZON_DAYS = 14, 7
ROWS_A_WINDOW = 12_000
BAGS = 2
CAUTION = 0.01
BOOSTING: dict[str, Any] = {
    "learning_rate": 0.045,
    "max_iter": 100,
    "max_leaf_nodes": 10,
    "min_samples_leaf": 80,
    "max_features": 0.3,
    "l2_regularization": 5.0,
    "early_stopping": False,
}


@dataclass(frozen=True)
class Example:
    """An earlier window with what came of it."""

    facts: Facts
    population: Population
    again: Integers
    """1 where the customer bought within the window's horizon, shape (n_buyers,)."""


@dataclass(frozen=True)
class Learned:
    """A fitted model; the arrays have shape (n_features,)."""

    low: Column
    high: Column
    centre: Column
    spread: Column
    weights: Column
    intercept: float
    boosters: tuple[Any, ...]

    def logits(self, table: Matrix) -> tuple[Column, Column]:
        """Log-odds of the logistic regression and of the boosting, each of shape (n_buyers,)."""
        held = (np.clip(table, self.low, self.high) - self.centre) / self.spread
        with threadpool_limits(1):
            boosted = np.mean([booster.decision_function(table) for booster in self.boosters], axis=0)
        return held @ self.weights + self.intercept, boosted


def earlier_windows(start: int, cutoff: int, horizon_days: int) -> list[Window]:
    """Windows whose horizon ends at the cutoff or before it, the latest first."""
    history = cutoff - start
    if history >= FULL_HORIZONS * horizon_days:
        ends = [cutoff - round(horizon_days * (1 + step / 2)) for step in range(len(SHARES))]
        return [Window(end, horizon_days, start) for end in ends]
    ratio = horizon_days / max(history, 1)
    found = []
    for share in SHARES:
        length = history * share / (1 + ratio)
        if length >= LEAST_HISTORY_DAYS and length * ratio >= LEAST_HORIZON_DAYS:
            found.append(Window(start + int(length), int(length * ratio), start))
    return found


def example(purchases: Purchases, window: Window) -> Example:
    """The window as it stood at its cutoff, and what came of it."""
    facts = lives.known(purchases, window)
    counts = purchases.counted(window.cutoff, window.horizon_days)[facts.rows]
    return Example(facts, features.describe(facts), (counts > 0).astype(np.int64))


def learn(examples: Sequence[Example], bags: int = BAGS, rows: int = ROWS_A_WINDOW) -> Learned:
    """The model of these windows, of `rows` customers each at most. Both outcomes must occur."""
    rng = np.random.default_rng(0)
    tables, labels = zip(*(_rows(one, rng, rows) for one in examples), strict=True)
    table, again = np.vstack(tables), np.concatenate(labels)
    low, high = np.percentile(table, [0.5, 99.5], axis=0)
    held = np.clip(table, low, high)
    centre, spread = held.mean(axis=0), held.std(axis=0)
    spread[spread < 1e-9] = 1.0
    from sklearn.ensemble import HistGradientBoostingClassifier  # 1 s that only learning pays
    from sklearn.linear_model import LogisticRegression

    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an optimiser that stops at its limit has still a usable answer
        logistic = LogisticRegression(C=CAUTION, max_iter=300).fit((held - centre) / spread, again)
        boosters = tuple(
            HistGradientBoostingClassifier(**BOOSTING, random_state=seed).fit(table, again) for seed in range(bags)
        )
    return Learned(low, high, centre, spread, logistic.coef_[0], float(logistic.intercept_[0]), boosters)


def _rows(one: Example, rng: np.random.Generator, rows: int) -> tuple[Matrix, Integers]:
    chosen = np.arange(one.again.size)
    if chosen.size > rows:
        chosen = rng.choice(chosen.size, rows, replace=False)
    return one.population.features(one.facts)[chosen], one.again[chosen]

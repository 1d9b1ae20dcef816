"""How well a team's own past would have been foretold: every method on windows that have ended, and simple scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from scoring import features, learning, lives, ranking
from scoring.lives import Facts, Window
from scoring.purchases import Column, Purchases
from scoring.ranking import Flags

WINDOWS = 3
LEAST_CUSTOMERS, LEAST_OF_EACH = 50, 10


@dataclass(frozen=True)
class Row:
    """One method on one window; `brier` is None for scores that are no probabilities."""

    cutoff: int
    horizon_days: int
    method: str
    """recency, rfm_sum, closed_form, logistic, boosting or average."""
    customers: int
    again: float
    """Share that bought again."""
    area: float
    error: float
    brier: float | None
    worst_gone: float | None
    """Share truly gone among the worst tenth of customers with three purchase days; None with fewer than 30 of them."""


def run(purchases: Purchases, cutoff: int, horizon_days: int, windows: int = WINDOWS) -> list[Row]:
    """The rows of the latest windows that have ended, the latest first; none where the history is too short.

    Each window is foretold by models taught only on what had ended before it.
    """
    past = purchases.before(cutoff)
    found: list[Row] = []
    for window in learning.earlier_windows(past.starts_on(), cutoff, horizon_days)[:windows]:
        facts = lives.known(past, window)
        again = past.counted(window.cutoff, window.horizon_days)[facts.rows] > 0
        if again.size < LEAST_CUSTOMERS or min(again.sum(), (~again).sum()) < LEAST_OF_EACH:
            continue
        for method, score in _scores(past.before(window.cutoff), window, facts).items():
            found.append(_row(window, facts, again, method, score))
    return found


def _scores(past: Purchases, window: Window, facts: Facts) -> dict[str, Column]:
    """Log-odds of the models and plain numbers of the simple scores."""
    population = features.describe(facts)
    closed = population.closed.logit(facts)
    scores = {"recency": -facts.recency, "rfm_sum": _rfm_sum(facts), "closed_form": closed}
    windows = learning.earlier_windows(window.start, window.cutoff, window.horizon_days)
    examples = [learning.example(past, one) for one in windows]
    examples = [one for one in examples if one.again.size]
    sides = np.concatenate([one.again for one in examples]) if examples else np.zeros(0)
    if min(sides.sum(), (1 - sides).sum()) >= LEAST_CUSTOMERS:
        logistic, boosted = learning.learn(examples, bags=1).logits(population.features(facts))
        scores |= {"logistic": logistic, "boosting": boosted, "average": (closed + logistic + boosted) / 3}
    return scores


def _row(window: Window, facts: Facts, again: Flags, method: str, score: Column) -> Row:
    area = ranking.area(score, again)
    error = ranking.area_error(area, int(again.sum()), int((~again).sum()))
    chance = None if method in ("recency", "rfm_sum") else special.expit(score)
    brier = None if chance is None else float(((chance - again) ** 2).mean())
    regular = np.flatnonzero(facts.purchase_days >= 3)
    worst = regular[np.argsort(score[regular], kind="stable")[: regular.size // 10]]
    gone = float(1 - again[worst].mean()) if regular.size >= 30 else None
    share = float(again.mean())
    return Row(window.cutoff, window.horizon_days, method, again.size, share, area, error, brier, gone)


def _rfm_sum(facts: Facts) -> Column:
    """Sum of the places of recency, purchase days and net money, in fifths."""
    total = np.zeros(facts.rows.size)
    for column in (-facts.recency, facts.purchase_days, facts.money - facts.returned):
        cuts = np.quantile(column, (0.2, 0.4, 0.6, 0.8), method="inverted_cdf")
        total += np.searchsorted(cuts, column, side="left")
    return total

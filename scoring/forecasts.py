"""Will a customer buy within the horizon: the better of two models on held-out earlier time, or the base rate.

1. The latest earlier window is held out. The closed form and the learned model (taught on windows that end before the
   held-out one begins) foretell it; the one with the larger area under the curve is used from then on.
2. The learned model needs 500 customers in the held-out window and 100 of them on either side; else the closed form.
3. If the area of the closed form there is not above one half by three standard errors (Hanley & McNeil 1982), the
   orders carry no usable signal: everybody gets the base rate, the share that bought in the held-out window brought to
   the horizon as if all days were alike. That takes 50 customers and 10 on either side; with 200 customers or
   more of whom fewer than 10 differ there is no signal either. Smaller teams get the closed form untested.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import special

from scoring import features, learning, lives, ranking
from scoring.features import Population
from scoring.learning import Example, Learned
from scoring.lives import Facts, Window
from scoring.purchases import Column, Integers, Purchases

LEAST_LEARNERS, LEAST_OF_EACH = 500, 100
LEAST_TESTED, LEAST_TESTED_OF_EACH, MANY = 50, 10, 200
ERRORS = 3.0
ALERT_SHARE, ALERT_PURCHASE_DAYS = 0.1, 3
JUDGED_ROWS = 8_000
"""Customers of each window that the judged model is taught on: it only has to show which kind is better."""


class Method(StrEnum):
    """Which model speaks."""

    CLOSED_FORM = "closed_form"
    AVERAGE = "average"
    BASE_RATE = "base_rate"


@dataclass(frozen=True)
class HeldOut:
    """What the latest earlier window said."""

    customers: int
    again: int
    closed_area: float | None = None
    """Area under the curve of the closed form; None if it could not be judged."""
    learned_area: float | None = None
    error: float | None = None
    """Standard error of `closed_area`."""

    @property
    def fewer_side(self) -> int:
        return min(self.again, self.customers - self.again)


@dataclass(frozen=True)
class Model:
    """A fitted forecast of one team at one cutoff."""

    method: Method
    window: Window
    population: Population
    learned: Learned | None
    held_out: HeldOut
    base_rate: float

    def logits(self, facts: Facts) -> Column:
        """Log-odds of a purchase within the horizon, shape (n_buyers,)."""
        if self.method is Method.BASE_RATE:
            return np.full(facts.rows.size, special.logit(np.clip(self.base_rate, 1e-6, 1 - 1e-6)))
        return _logits(self.population, self.learned, facts)

    def probability(self, facts: Facts) -> Column:
        """P(purchase within the horizon), in [0, 1], never nan."""
        found: Column = special.expit(self.logits(facts))
        return found


def fit(purchases: Purchases, cutoff: int, horizon_days: int, labels: bool = True) -> tuple[Model, Facts]:
    """The model, and the facts of who bought before the cutoff; nothing of the cutoff day or later is read.

    Without `labels` nothing is learned; the held-out window then only tells whether there is signal at all.
    """
    past = purchases.before(cutoff)
    window = Window(cutoff, horizon_days, past.starts_on())
    facts = lives.known(past, window)
    population = features.describe(facts)
    windows = learning.earlier_windows(window.start, cutoff, horizon_days)
    examples = [learning.example(past, one) for one in windows[:1]]
    examples = [one for one in examples if one.facts.rows.size]
    if not examples:
        return Model(Method.CLOSED_FORM, window, population, None, HeldOut(0, 0), 0.0), facts
    held_out, learned = _judge(past, examples[0], labels)
    base = _base_rate(examples[0], horizon_days)
    if not has_signal(held_out):
        return Model(Method.BASE_RATE, window, population, None, held_out, base), facts
    if learned:
        examples += [learning.example(past, one) for one in windows[1:]]
        return Model(Method.AVERAGE, window, population, learning.learn(examples), held_out, base), facts
    return Model(Method.CLOSED_FORM, window, population, None, held_out, base), facts


def alerts(model: Model, facts: Facts, share: float = ALERT_SHARE) -> Integers:
    """Places (in the columns of `facts`) of who is likeliest not to buy, the worst first; shape (n_alerts,).

    The share is taken among customers with three purchase days or more: fewer show no habit that could be broken.
    Without usable signal there is no alert.
    """
    if model.method is Method.BASE_RATE:
        return np.zeros(0, dtype=np.int64)
    regular = np.flatnonzero(facts.purchase_days >= ALERT_PURCHASE_DAYS)
    order = np.argsort(model.logits(facts)[regular], kind="stable")
    return regular[order[: int(regular.size * share)]]


def has_signal(held_out: HeldOut) -> bool:
    """The past says something about the future, or too few customers are there to tell."""
    if held_out.closed_area is None or held_out.error is None:
        return held_out.customers < MANY
    return held_out.closed_area - ERRORS * held_out.error > 0.5


def _judge(past: Purchases, newest: Example, labels: bool) -> tuple[HeldOut, bool]:
    """How the candidates did on the newest window, and whether the learned one is better."""
    customers, again = newest.again.size, int(newest.again.sum())
    held_out = HeldOut(customers, again)
    if customers < LEAST_TESTED or held_out.fewer_side < LEAST_TESTED_OF_EACH:
        return held_out, False
    closed = ranking.area(newest.population.closed.logit(newest.facts), newest.again > 0)
    error = ranking.area_error(closed, again, customers - again)
    held_out = HeldOut(customers, again, closed, None, error)
    if not labels or customers < LEAST_LEARNERS or held_out.fewer_side < LEAST_OF_EACH:
        return held_out, False
    learned = _taught_before(past, newest)
    if learned is None:
        return held_out, False
    area = ranking.area(_logits(newest.population, learned, newest.facts), newest.again > 0)
    return HeldOut(customers, again, closed, area, error), area > closed


def _taught_before(past: Purchases, newest: Example) -> Learned | None:
    """A model that has seen nothing after the newest window's cutoff; None where that is not enough."""
    at = newest.facts.window
    known = past.before(at.cutoff)
    earlier = [learning.example(known, one) for one in learning.earlier_windows(at.start, at.cutoff, at.horizon_days)]
    sides = np.concatenate([one.again for one in earlier]) if earlier else np.zeros(0, dtype=np.int64)
    if sides.size < LEAST_LEARNERS or min(sides.sum(), sides.size - sides.sum()) < LEAST_OF_EACH:
        return None
    return learning.learn(earlier, bags=1, rows=JUDGED_ROWS)


def _logits(population: Population, learned: Learned | None, facts: Facts) -> Column:
    closed = population.closed.logit(facts)
    if learned is None:
        return closed
    return (sum(learned.logits(population.features(facts)), closed)) / 3


def _base_rate(newest: Example, horizon_days: int) -> float:
    """The share that bought in the held-out window, brought to the horizon as if all days were alike."""
    quiet = 1 - (newest.again.sum() + 0.5) / (newest.again.size + 1)
    return float(1 - quiet ** (horizon_days / newest.facts.window.horizon_days))

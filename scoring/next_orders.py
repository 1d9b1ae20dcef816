"""When the next order comes, for a customer who buys within the horizon, with an interval.

MBG/CNBD-k gives the chance of a purchase within h days for every h; divided by the chance within the whole horizon it
is the distribution of the day, and its quantiles are the answer: the median as the date, the 10th and 90th percentile
as an interval that should hold in 80 of 100 cases (`python -m benchmarks scoring` counts how often it does).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.purchases import Column
from scoring.repeat_purchase import Lives, RepeatPurchase

INTERVAL = (0.1, 0.9)
HALVINGS = 14
LEAST_PURCHASE_DAYS = 3
"""From so many purchase days on the date is worth telling: fewer show no rhythm."""


@dataclass(frozen=True)
class NextOrder:
    """Days from the cutoff, each of shape (n_customers,), given that a purchase comes within the horizon."""

    expected: Column
    earliest: Column
    latest: Column


def foretell(model: RepeatPurchase, lives: Lives, horizon_days: int) -> NextOrder:
    """The next order of every customer, within 0 to `horizon_days`, earliest <= expected <= latest."""
    low, high = INTERVAL
    return NextOrder(
        quantile(model, lives, horizon_days, 0.5),
        np.floor(quantile(model, lives, horizon_days, low)),
        np.ceil(quantile(model, lives, horizon_days, high)),
    )


def quantile(model: RepeatPurchase, lives: Lives, horizon_days: int, share: float) -> Column:
    """The day by which that share of the purchases within the horizon has come, by halving the interval."""
    wanted = share * model.probability(lives, float(horizon_days))
    low, high = np.zeros(wanted.size), np.full(wanted.size, float(horizon_days))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        early = model.probability(lives, middle) < wanted
        low, high = np.where(early, middle, low), np.where(early, high, middle)
    found: Column = (low + high) / 2
    return found

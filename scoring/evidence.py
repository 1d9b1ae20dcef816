"""Does a fact from the notes say more about leaving than the orders already do: a test on the team's own past.

One coefficient is fitted: log-odds of being gone = what the orders said at the time + weight x how often the fact held.
It is switched on when at least 20 customers had the fact, the weight is above 0 by two standard errors, and is then
shrunk towards 0 as if a prior of standard deviation 0.5 had been there. Customers judged by hand ([已流失], [有误])
may be given as outcomes like any other.

Source: logistic regression with an offset and a normal prior, Newton's method; Wald test.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

Column = npt.NDArray[np.float64]

LEAST_CUSTOMERS = 20
ERRORS = 2.0
PRIOR_DEVIATION = 0.5
STEPS = 25


@dataclass(frozen=True)
class Weight:
    """Log-odds of leaving per occurrence; `supported` says whether it may be used."""

    log_odds: float
    error: float
    customers: int
    """Who had the fact."""
    supported: bool


def weigh(gone_logit: Column, occurrences: Column, gone: npt.NDArray[np.bool_]) -> Weight:
    """The weight of a fact; all of shape (n_customers,). `gone_logit` is the forecast of not buying at the time."""
    fact = np.nan_to_num(occurrences)
    held = int((fact > 0).sum())
    if not held:
        return Weight(0.0, PRIOR_DEVIATION, 0, False)
    weight, information = 0.0, 1.0
    for _ in range(STEPS):
        chance = special.expit(np.clip(gone_logit, -15, 15) + weight * fact)
        gradient = float((fact * (gone - chance)).sum()) - weight / PRIOR_DEVIATION**2
        information = float((fact**2 * chance * (1 - chance)).sum()) + 1 / PRIOR_DEVIATION**2
        weight = float(np.clip(weight + gradient / information, -5, 5))
    error = information**-0.5
    return Weight(weight, error, held, held >= LEAST_CUSTOMERS and weight > ERRORS * error)

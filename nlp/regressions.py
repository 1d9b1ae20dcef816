"""Logistic regressions of few inputs over many notes. Only training imports it.

Source: T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning, 4.4.1 (Newton's method; with a
penalty, and each step halved until it helps).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

_MOST_STEPS: Final = 50
_MOST_HALVINGS: Final = 30
_SMALL: Final = 1e-4
"""The step behind one of this size would be its square: none."""
Doubles = NDArray[np.float64]


def fit(inputs: Doubles, answers: Doubles, cost: float) -> tuple[Doubles, float]:
    """Coefficients (n_inputs,) and bias: of inputs (n_notes, n_inputs) the log-odds of the answers (n_notes,), 0 or 1.

    Both answers must be there. cost: what a note's lost log-likelihood weighs against half the squared coefficients;
    the bias is free.
    """
    seen = np.vstack([inputs.T, np.ones(len(inputs))])
    penalty = np.append(np.ones(inputs.shape[1]), 0)
    found = np.zeros(len(seen))
    odds = found @ seen
    loss = _loss(odds, answers, cost, found[:-1])
    for _ in range(_MOST_STEPS):
        likely = 0.5 + 0.5 * np.tanh(odds / 2)
        slope = cost * (seen @ (likely - answers)) + penalty * found
        curve = cost * ((seen * (likely * (1 - likely))) @ seen.T) + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        for _ in range(_MOST_HALVINGS):
            odds = (found - step) @ seen
            if (after := _loss(odds, answers, cost, (found - step)[:-1])) <= loss:
                break
            step /= 2
        found, loss = found - step, after
        if np.abs(step).max() < _SMALL:
            break
    return found[:-1], float(found[-1])


def _loss(odds: Doubles, answers: Doubles, cost: float, coefficients: Doubles) -> float:
    lost = np.log1p(np.exp(-np.abs(odds))).sum() + np.maximum(odds, 0).sum() - answers @ odds
    return float(cost * lost + coefficients @ coefficients / 2)

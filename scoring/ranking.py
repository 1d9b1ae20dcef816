"""How well a score puts those who did before those who did not."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def area(score: Column, positive: Flags) -> float:
    """Area under the ROC curve, ties counted half; 0.5 when all are alike.

    Source: Hanley & McNeil, Radiology 143, 1982 (rank form).

    >>> area(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True]))
    0.75
    """
    hits = int(positive.sum())
    if not hits or hits == positive.size:
        return 0.5
    _, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[positive].sum() - hits * (hits + 1) / 2) / (hits * (positive.size - hits)))


def area_error(found: float, positives: int, negatives: int) -> float:
    """Standard error of an area. Source: Hanley & McNeil 1982, equation 2."""
    if not positives or not negatives:
        return 0.5
    both, pair = found / (2 - found), 2 * found**2 / (1 + found)
    spread = found * (1 - found) + (positives - 1) * (both - found**2) + (negatives - 1) * (pair - found**2)
    return float(np.sqrt(max(spread, 0.0) / (positives * negatives)))

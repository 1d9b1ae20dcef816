"""A table of customers made ready for clustering: holes filled, extremes capped, columns scaled, collinearity reported.

Missing values become the column's median. Values outside the middle 95 % are set to its edges. Then columns are scaled
to ranks and z-scores (the default: no outlier can make a cluster of its own), z-scores of the values, or 0 to 1. A
column that hardly varies is left out. The variance inflation factor of a column is 1 / (1 - R^2) of its regression on
the others; while the largest is above 10 that column is left out, and the report says so.

Source: Belsley, Kuh & Welsch, Regression Diagnostics, 1980 (VIF, the bound 10 by Marquardt 1970); ranks + z-scores had
the largest bootstrap ARI on Online Retail (benchmarks/scoring_groups.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import stats

Column = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]

BAND = (0.025, 0.975)
MOST_INFLATION = 10.0
LEAST_SPREAD = 1e-9


class Scaling(StrEnum):
    """How columns are made comparable."""

    RANK = "rank"
    Z_SCORE = "z_score"
    MIN_MAX = "min_max"


@dataclass(frozen=True)
class Prepared:
    """The scaled table and what was done to get it; counts and factors by column name."""

    names: tuple[str, ...]
    """The columns that are left."""
    table: Matrix
    """Scaled, shape (n_customers, n_columns)."""
    columns: tuple[str, ...]
    """All columns, those left out too."""
    raw: Matrix
    """All columns with holes filled, not capped or scaled: for profiles."""
    filled: dict[str, int]
    capped: dict[str, int]
    inflation: dict[str, float]
    """Variance inflation factors of the columns that are left."""
    left_out: dict[str, str]
    """'constant' or 'collinear' by column."""
    scaling: Scaling


def prepare(names: Sequence[str], table: npt.ArrayLike, scaling: Scaling = Scaling.RANK) -> Prepared:
    """The table of shape (n_customers, n_columns) ready for clustering; nothing in it is nan or infinite."""
    values = np.asarray(table, dtype=np.float64).reshape(-1, len(names))
    whole, filled = _filled(names, values)
    held, capped = _capped(names, whole)
    spread = np.ptp(held, axis=0) if held.size else np.zeros(len(names))
    kept = [at for at in range(len(names)) if spread[at] > LEAST_SPREAD]
    left_out = {names[at]: "constant" for at in range(len(names)) if at not in kept}
    scaled = _scaled(held, scaling)
    kept, inflation = _uncorrelated(scaled, kept)
    left_out |= {name: "collinear" for at, name in enumerate(names) if at not in kept and name not in left_out}
    return Prepared(
        names=tuple(names[at] for at in kept),
        table=scaled[:, kept],
        columns=tuple(names),
        raw=whole,
        filled=filled,
        capped=capped,
        inflation={names[at]: factor for at, factor in zip(kept, inflation, strict=True)},
        left_out=left_out,
        scaling=scaling,
    )


def inflation_factors(table: Matrix) -> list[float]:
    """The variance inflation factor of each column, at least 1; infinite ones are given as 1e9.

    >>> inflation_factors(np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 0.0], [1.0, 1.0]]))
    [1.0, 1.0]
    """
    if table.shape[1] < 2:
        return [1.0] * table.shape[1]
    correlation = np.corrcoef(table, rowvar=False)
    try:
        inverse = np.linalg.inv(correlation)
    except np.linalg.LinAlgError:
        return [1e9] * table.shape[1]
    return [float(np.clip(factor, 1.0, 1e9)) for factor in np.round(np.diag(inverse), 6)]


def _filled(names: Sequence[str], values: Matrix) -> tuple[Matrix, dict[str, int]]:
    known = np.where(np.isfinite(values), values, np.nan)
    whole = known.copy()
    counts = {}
    for at, name in enumerate(names):
        holes = np.isnan(known[:, at])
        counts[name] = int(holes.sum())
        whole[holes, at] = np.median(known[~holes, at]) if (~holes).any() else 0.0
    return whole, counts


def _capped(names: Sequence[str], whole: Matrix) -> tuple[Matrix, dict[str, int]]:
    if not whole.size:
        return whole, dict.fromkeys(names, 0)
    low, high = np.quantile(whole, BAND, axis=0)
    outside = ((whole < low) | (whole > high)).sum(axis=0)
    return np.clip(whole, low, high), dict(zip(names, outside.tolist(), strict=True))


def _scaled(held: Matrix, scaling: Scaling) -> Matrix:
    if not held.size:
        return held
    if scaling is Scaling.MIN_MAX:
        span = np.ptp(held, axis=0)
        return np.asarray((held - held.min(axis=0)) / np.where(span > LEAST_SPREAD, span, 1.0))
    values = stats.rankdata(held, axis=0) if scaling is Scaling.RANK else held
    spread = values.std(axis=0)
    return np.asarray((values - values.mean(axis=0)) / np.where(spread > LEAST_SPREAD, spread, 1.0))


def _uncorrelated(scaled: Matrix, kept: list[int]) -> tuple[list[int], list[float]]:
    """The columns without the most inflated one, as long as it is above the bound."""
    while True:
        factors = inflation_factors(scaled[:, kept])
        if len(kept) < 2 or max(factors) <= MOST_INFLATION:
            return kept, factors
        worst = len(factors) - 1 - int(np.argmax(factors[::-1]))  # of equals the last: the first columns matter most
        kept = kept[:worst] + kept[worst + 1 :]

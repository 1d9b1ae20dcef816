"""RFM-AI: recency, frequency, monetary, area and industry in quintiles 1 to 5, with the cut-offs shown.

Cut-offs are the values at places ceil(m k / 5), k = 1..4, counted from the smallest of the m customers that have a
score; the score is one plus the number of cut-offs that lie strictly below the value, so ties share a score and a
column where all are equal gives everybody a 1. Recency is turned round: 5 is the most recent. Frequency is the number
of purchase days and monetary the net money (returns subtracted) within the window; a zero amount is no purchase day.
Who has no purchase day within the window has no score (0), whatever was bought before it.

Area and industry are scored by the money of their *other* customers: the mean, leaving the customer out, shrunk to the
team's mean by n / (n + 5). Customers without an area, or alone in it, count as the team's mean. So a small area does
not look rich because of the one customer who is being judged.

Source: Hughes, Strategic Database Marketing, 1994 (quintiles); James & Stein 1961 for the shrinkage, with 5 imagined
customers at the team's mean.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.float64]
Scores = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]

WINDOW_DAYS = 365
IMAGINED = 5.0
MOST_MONEY = 1e15
"""Beyond it money is a slip of the keyboard; sums stay finite."""


@dataclass(frozen=True)
class Scored:
    """A quintile column of shape (n_customers,), 0 for who has none, with its four cut-offs (or none)."""

    scores: Scores
    cuts: tuple[float, ...]


@dataclass(frozen=True)
class RfmAi:
    """The five columns."""

    recency: Scored
    frequency: Scored
    monetary: Scored
    area: Scored
    industry: Scored

    @property
    def total(self) -> npt.NDArray[np.int64]:
        """Sum of recency, frequency and monetary, 3 to 15; 0 without a score."""
        parts = (self.recency.scores, self.frequency.scores, self.monetary.scores)
        total: npt.NDArray[np.int64] = np.sum(np.array(parts, dtype=np.int64), axis=0)
        return total


def score(
    recency_days: Column,
    purchase_days: Column,
    money: Column,
    areas: Sequence[Hashable | None] | None = None,
    industries: Sequence[Hashable | None] | None = None,
    window_days: int = WINDOW_DAYS,
) -> RfmAi:
    """RFM-AI of every customer; all of shape (n_customers,), recency nan where nothing was bought."""
    bought = np.isfinite(recency_days) & (recency_days <= window_days) & (np.nan_to_num(purchase_days) > 0)
    worth = np.clip(np.nan_to_num(money, nan=0.0, posinf=0.0, neginf=0.0), -MOST_MONEY, MOST_MONEY)
    back = quintiles(-recency_days, bought)
    return RfmAi(
        recency=Scored(back.scores, tuple(-cut for cut in back.cuts)),
        frequency=quintiles(purchase_days, bought),
        monetary=quintiles(worth, bought),
        area=quintiles(others_mean(areas, worth, bought), bought) if areas else _none(worth.size),
        industry=quintiles(others_mean(industries, worth, bought), bought) if industries else _none(worth.size),
    )


def quintiles(values: Column, scored: Flags) -> Scored:
    """The quintile of each value among those that are scored.

    >>> quintiles(np.array([1.0, 2.0, 2.0, 4.0, 5.0]), np.ones(5, dtype=bool)).scores.tolist()
    [1, 2, 2, 4, 5]
    """
    among = values[scored]
    if not among.size:
        return _none(values.size)
    places = [-(-among.size * k // 5) - 1 for k in (1, 2, 3, 4)]
    cuts = np.partition(among, places)[places].astype(np.float64)
    scores = np.zeros(values.size, dtype=np.int8)
    scores[scored] = 1 + np.searchsorted(cuts, among, side="left")
    return Scored(scores, tuple(float(cut) for cut in cuts))


def others_mean(groups: Sequence[Hashable | None], money: Column, counted: Flags) -> Column:
    """Mean money of the other counted customers of a customer's group, shrunk to the team's; shape (n_customers,)."""
    names: dict[Hashable | None, int] = {}
    place = np.array([names.setdefault(group, len(names)) for group in groups], dtype=np.int64)
    weight = counted.astype(np.float64)
    mean = float(money[counted].mean()) if counted.any() else 0.0
    number = np.bincount(place, weight, len(names))[place] - weight
    total = np.bincount(place, money * weight, len(names))[place] - money * weight
    found = (total + IMAGINED * mean) / (number + IMAGINED)
    unknown = np.array([group is None or group == "" for group in groups], dtype=bool)
    return np.where(unknown, mean, found)


def _none(size: int) -> Scored:
    return Scored(np.zeros(size, dtype=np.int8), ())

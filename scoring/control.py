"""Natural limits of a figure of days, weeks or months: what is usual, and which value is not.

One method, the individuals chart (XmR): mean ± 2.66 × mean moving range of the history. It is drawn on a scale on which
the history is not skewed (counts: square root; sums and hours: that of plain, root and cube root with the least
skewness), widened while the history is short, and never narrower than chance alone makes a count (Poisson) or a
share (binomial). Where over a third of the history is zero, what was seen before is usual.

Source: D. J. Wheeler, Understanding Variation, 1993 (2.66 = 3 / 1.128); F. J. Anscombe, Biometrika 35, 1948 (root of a
count); D. B. Laney, Quality Engineering 14(4), 2002 (shares by their own moving range).
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

LEAST_POINTS: Final = 12
FACTOR: Final = 2.66
TAIL: Final = 0.00135  # of a normal distribution beyond three sigma
MOSTLY_ZERO: Final = 1 / 3
SEASONAL: Final = 2.326  # sigma: weekdays differ by more than one chance in a hundred
_FREEDOM: Final = 0.62  # degrees of freedom of a mean moving range, per point. Source: Palm & Wheeler, 1990.

Place = Literal["below", "usual", "above"]


class NotEnoughHistory(ValueError):
    """Fewer than twelve points, or points that never differ: `points` is how many there are."""

    def __init__(self, points: int) -> None:
        super().__init__(f"{points} of {LEAST_POINTS} points")
        self.points = points


@dataclass(frozen=True, slots=True)
class Band:
    """What is usual, by so many points of history."""

    low: float
    centre: float
    high: float
    points: int

    def place(self, value: float) -> Place:
        """Where the value stands.

        >>> band([10, 12, 9, 11, 10, 12, 11, 9, 10, 11, 12, 10], counts=True).place(30)
        'above'
        """
        return "below" if value < self.low else "above" if value > self.high else "usual"


@dataclass(frozen=True, slots=True)
class _Scale:
    there: Callable[[float], float]
    back: Callable[[float], float]


_COUNTS = _Scale(lambda value: math.sqrt(max(value, 0.0) + 0.375), lambda root: max(0.0, max(root, 0.0) ** 2 - 0.375))
_SUMS = (
    _Scale(lambda value: value, lambda value: value),
    _Scale(lambda value: math.copysign(math.sqrt(abs(value)), value), lambda root: math.copysign(root * root, root)),
    _Scale(math.cbrt, lambda root: root**3),
)


def band(
    history: Sequence[float],
    *,
    counts: bool = False,
    seasons: Sequence[Hashable] = (),
    season: Hashable = None,
) -> Band:
    """The natural limits of the value that follows the history, oldest first.

    `seasons`: the weekday of each point, `season` that of the value to be judged; used only where weekdays differ by
    more than chance. Limits of what was never negative are not either. Raises: NotEnoughHistory
    """
    points = len(history)
    if points < LEAST_POINTS:
        raise NotEnoughHistory(points)
    scale, means, rest = _fitted(history, _COUNTS if counts else None, seasons)
    allowance = _allowance(points, len(means))
    width = FACTOR * _moving_range(rest) * ((1 + allowance) / 2 if counts else allowance)  # chance guards counts, too
    if not counts and width == 0:
        raise NotEnoughHistory(points)
    centre = means.get(season, means.get(None, 0.0)) if season in means or None in means else _mean(means.values())
    low, middle, high = (scale.back(centre + side * width) for side in (-1, 0, 1))
    if counts:
        expected = _expected(history, seasons if len(means) > 1 else (), season)
        low, high = min(low, _poisson(TAIL, expected)), max(high, _poisson(1 - TAIL, expected))
    if sum(value == 0 for value in history) > MOSTLY_ZERO * points:
        low, high = min(low, *history), max(high, *history)
    return Band(max(low, 0.0) if min(history) >= 0 else low, middle, high, points)


def share_band(history: Sequence[tuple[float, float]], of: float) -> Band:
    """The natural limits of a share `of` so many, by the history of (part, whole), oldest first; empty days count not.

    Raises: NotEnoughHistory
    """
    filled = [(part, whole) for part, whole in history if whole > 0]
    if len(filled) < LEAST_POINTS:
        raise NotEnoughHistory(len(filled))
    mean = sum(part for part, _ in filled) / sum(whole for _, whole in filled)
    spread = math.sqrt(mean * (1 - mean))
    if spread == 0 or of <= 0:
        tries = sum(whole for _, whole in filled) + 1
        mean, spread = (mean * (tries - 1) + 0.5) / tries, 0.0
    scores = [(part / whole - mean) * math.sqrt(whole) / spread if spread else 0.0 for part, whole in filled]
    width = FACTOR * _moving_range(scores) * _allowance(len(filled), 1) * spread / math.sqrt(max(of, 1.0))
    tries = round(max(of, 1.0))
    low = min(mean - width, _binomial(TAIL, tries, mean) / tries)
    high = max(mean + width, _binomial(1 - TAIL, tries, mean) / tries)
    return Band(max(0.0, low), mean, min(1.0, high), len(filled))


def _fitted(
    history: Sequence[float], only: _Scale | None, seasons: Sequence[Hashable]
) -> tuple[_Scale, dict[Hashable, float], list[float]]:
    """The scale with the least skewness, the mean of each season on it (of all: None), and what is left."""
    fits = []
    for scale in (only,) if only else _SUMS:
        values = [scale.there(value) for value in history]
        means = _seasons(values, seasons)
        labels = seasons if len(means) > 1 else [None] * len(values)
        rest = [value - means[label] for value, label in zip(values, labels, strict=True)]
        fits.append((_skewness(rest), scale, means, rest))
    _, scale, means, rest = min(fits, key=lambda fit: fit[0])
    return scale, means, rest


def _seasons(values: Sequence[float], seasons: Sequence[Hashable]) -> dict[Hashable, float]:
    """The mean of each season, or of all under None where they differ by no more than chance."""
    whole: dict[Hashable, float] = {None: _mean(values)}
    groups: dict[Hashable, list[float]] = {}
    for label, value in zip(seasons, values, strict=False):
        groups.setdefault(label, []).append(value)
    between, within = len(groups) - 1, len(values) - len(groups)
    if between < 1 or within < LEAST_POINTS or min(map(len, groups.values())) < 4:
        return whole
    means = {label: _mean(group) for label, group in groups.items()}
    inner = sum((value - means[label]) ** 2 for label, group in groups.items() for value in group) / within
    outer = sum(len(group) * (means[label] - whole[None]) ** 2 for label, group in groups.items()) / between
    return means if _sigmas(outer, inner, between, within) > SEASONAL else whole


def _sigmas(outer: float, inner: float, between: int, within: int) -> float:
    """How far a ratio of variances is from chance, in sigma. Source: E. Paulson, Ann. Math. Stat. 13(2), 1942."""
    if inner <= 0:
        return math.inf if outer > 0 else 0.0
    root = math.cbrt(outer / inner)
    one, two = 2 / (9 * between), 2 / (9 * within)
    return ((1 - two) * root - (1 - one)) / math.sqrt(two * root * root + one)


def _allowance(points: int, means: int) -> float:
    """How much wider than from an endless history: mean and moving range are estimates, too.

    Student's t at three sigma (Cornish–Fisher expansion) over three, times the error of the mean.
    """
    freedom = _FREEDOM * (points - means)
    t = 3 + 30 / (4 * freedom) + 1656 / (96 * freedom**2) + 11592 / (384 * freedom**3)
    return t / 3 * math.sqrt((1 + means / points) / (1 - (means - 1) / points))


def _moving_range(values: Sequence[float]) -> float:
    return _mean([abs(after - before) for before, after in itertools.pairwise(values)])


def _mean(values: Iterable[float]) -> float:
    return statistics.fmean(values)


def _skewness(values: Sequence[float]) -> float:
    mean = _mean(values)
    spread = _mean([(value - mean) ** 2 for value in values])
    return abs(_mean([(value - mean) ** 3 for value in values])) / spread**1.5 if spread > 0 else 0.0


def _expected(history: Sequence[float], seasons: Sequence[Hashable], season: Hashable) -> float:
    """What a count would be on average; half a case more than was seen, for what may be was not seen yet."""
    same = [value for value, label in zip(history, seasons, strict=False) if label == season] or list(history)
    return (sum(same) + 0.5) / len(same)


def _poisson(tail: float, mean: float) -> float:
    """The least count that is not exceeded with this probability; of a thousand and more by the normal curve."""
    if mean > 1_000:
        return mean + math.copysign(3.0, tail - 0.5) * math.sqrt(mean)
    count, chance = 0, math.exp(-mean)
    total = chance
    while total < tail:
        count += 1
        chance *= mean / count
        total += chance
        if chance == 0.0:
            break
    return float(count)


def _binomial(tail: float, tries: int, share: float) -> float:
    """As _poisson, of so many tries."""
    if tries > 1_000:
        return tries * share + math.copysign(3.0, tail - 0.5) * math.sqrt(tries * share * (1 - share))
    total = 0.0
    for count in range(tries + 1):
        total += math.comb(tries, count) * share**count * (1 - share) ** (tries - count)
        if total >= tail:
            return float(count)
    return float(tries)

"""How often the control bands are wrong about a stable series, and how soon they see one that moved.

Run: python -m benchmarks control. 500 simulated series of each kind and length; of each, the next 10 points are judged,
each by the points of history before it. 'plain' is mean ± 3 standard deviations, 'XmR' mean ± 2.66 × mean moving range
as it stands in books. 'found': a lasting shift of three standard deviations is outside within 1, 3, 5 points.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from scoring import control

SERIES, AHEAD = 500, 10
LENGTHS = (12, 24, 60)
SEED = 2_026
Judge = Callable[[Sequence[float]], tuple[float, float]]
Draw = Callable[[np.random.Generator, int], list[float]]


def _sums(rng: np.random.Generator, size: int) -> list[float]:
    """Money of days: a few orders of very different amounts."""
    return [float(rng.lognormal(8, 1, count).sum()) for count in rng.poisson(4, size)]


def _weekdays(rng: np.random.Generator, size: int) -> list[float]:
    """Five weekdays, the first twice as busy as the last."""
    return [float(rng.normal(100 - 12.5 * (at % 5), 15)) for at in range(size)]


KINDS: dict[str, tuple[Draw, bool]] = {
    "normal": (lambda rng, size: list(rng.normal(100, 15, size)), False),
    "Poisson, mean 0.3": (lambda rng, size: [float(n) for n in rng.poisson(0.3, size)], True),
    "Poisson, mean 3": (lambda rng, size: [float(n) for n in rng.poisson(3, size)], True),
    "Poisson, mean 12": (lambda rng, size: [float(n) for n in rng.poisson(12, size)], True),
    "counts, bursts": (lambda rng, size: [float(n) for n in rng.negative_binomial(2.5, 1 / 3, size)], True),
    "skewed: exponential": (lambda rng, size: list(rng.exponential(100, size)), False),
    "skewed: lognormal": (lambda rng, size: list(rng.lognormal(8, 0.8, size)), False),
    "skewed: order sums": (_sums, False),
    "weekdays": (_weekdays, False),
}


def ours(counts: bool) -> Judge:
    """The room's own limits; each point is judged as the weekday that follows."""

    def judge(history: Sequence[float]) -> tuple[float, float]:
        try:
            days = [at % 5 for at in range(len(history))]
            found = control.band(history, counts=counts, seasons=days, season=len(history) % 5)
        except control.NotEnoughHistory:
            return -np.inf, np.inf
        return found.low, found.high

    return judge


def plain(history: Sequence[float]) -> tuple[float, float]:
    """Mean ± 3 standard deviations."""
    mean, spread = statistics.fmean(history), statistics.stdev(history)
    return mean - 3 * spread, mean + 3 * spread


def classic(history: Sequence[float]) -> tuple[float, float]:
    """Mean ± 2.66 × mean moving range."""
    mean = statistics.fmean(history)
    width = control.FACTOR * statistics.fmean(abs(after - before) for before, after in pairwise(history))
    return mean - width, mean + width


def false_alarms(draw: Draw, judge: Judge, length: int, series: int = SERIES) -> float:
    """The share of points of stable series outside the limits of the history before them."""
    rng = np.random.default_rng(SEED)
    outside = 0
    for _ in range(series):
        values = draw(rng, length + AHEAD)
        for at in range(length, length + AHEAD):
            low, high = judge(values[at - length : at])
            outside += not low <= values[at] <= high
    return outside / series / AHEAD


def found_within(points: int, length: int, shift: float = 3.0, series: int = SERIES) -> float:
    """The share of normal series whose lasting shift, in standard deviations, is outside within so many points."""
    rng = np.random.default_rng(SEED)
    seen = 0
    for _ in range(series):
        low, high = ours(False)(list(rng.normal(100, 15, length)))
        seen += any(not low <= value <= high for value in rng.normal(100 + 15 * shift, 15, points))
    return seen / series


def found_in_a_week(weeks: int, shift: float = 3.0, series: int = SERIES) -> float:
    """The same of the sum of five days beside the sums of so many weeks."""
    rng = np.random.default_rng(SEED)
    seen = 0
    for _ in range(series):
        low, high = ours(False)(list(rng.normal(100, 15, (weeks, 5)).sum(axis=1)))
        seen += not low <= float(rng.normal(100 + 15 * shift, 15, 5).sum()) <= high
    return seen / series


def main(options: tuple[str, ...] = ()) -> None:
    """Prints both tables."""
    print(f"False alarms on {SERIES} stable series, {AHEAD} points each, by points of history: ours | plain | XmR")
    heads = " ".join(f"{f'{length} points':>26}" for length in LENGTHS)
    print(f"{'':22} {heads}")
    total = 0.0
    for name, (draw, counts) in KINDS.items():
        told = []
        for length in LENGTHS:
            rates = [false_alarms(draw, judge, length) for judge in (ours(counts), plain, classic)]
            total += rates[0]
            told.append(" | ".join(f"{rate:6.2%}" for rate in rates))
        print(f"{name:22} " + " ".join(f"{words:>26}" for words in told), flush=True)
    print(f"{'all':22} {total / len(KINDS) / len(LENGTHS):6.2%} ours")
    for length in LENGTHS:
        found = ", ".join(f"{points} points {found_within(points, length):.1%}" for points in (1, 3, 5))
        print(f"shift of 3 sigma after {length} points found within: {found}")
    weeks = ", ".join(f"{weeks} weeks {found_in_a_week(weeks):.1%}" for weeks in (12, 26, 52))
    print(f"the same shift in the sum of the first week, after {weeks}")

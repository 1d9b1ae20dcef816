"""A closed form for buying again: customers buy at their own steady rate until, after some purchase, they leave.

The MBG/CNBD-k model. Times between purchases are Erlang-k with a rate drawn from Gamma(r, alpha) over customers; after
every purchase, the first too, a customer leaves with a probability drawn from Beta(a, b). k = 1 is MBG/NBD. With x
repeat purchases, the last at time t of the customer's own life of length T, the likelihood has two parts:

    alive(T) = B(a, b + x + 1) / B(a, b)  sum over j < k of  G(r + kx + j) (T - t)^j / j! / (alpha + T)^(r + kx + j)
    dead     = B(a + 1, b + x) / B(a, b)  G(r + kx) / (alpha + t)^(r + kx)

so P(alive) = alive(T) / (alive(T) + dead), and P(no purchase until T + h, still alive) = alive(T + h) / (the same sum).
k = 1 or 2, whichever is likelier. The four parameters are those of the whole population (maximum likelihood): a
customer with little history is shrunk to it. No labels are used.

Source: Batislam, Denizel & Filiztekin, IJRM 24, 2007 (MBG/NBD); Platzer & Reutterer, Marketing Science 35, 2016, and
Reutterer, Platzer & Schroeder, IJRM 38, 2021 (CNBD-k).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special
from threadpoolctl import threadpool_limits

from scoring.purchases import Column

FITTED = 10_000
"""Customers of the sample that the parameters are fitted on: more change them by less than their error."""
LEAST_REPEATERS = 20
BOUND = 6.0
PRIOR = 0.5
"""Weight of the pull of each log parameter towards 0, as if that much of a customer: keeps tiny teams finite."""


@dataclass(frozen=True)
class Lives:
    """Shape (n_customers,), days: repeat purchases, the time of the last one and the length of the customer's life."""

    repeats: Column
    last: Column
    length: Column
    log_gaps: Column
    """Sum of the logarithms of the gaps between purchase days."""


@dataclass(frozen=True)
class RepeatPurchase:
    """The population: plain numbers."""

    k: int
    r: float
    alpha: float
    a: float
    b: float

    def alive_probability(self, lives: Lives) -> Column:
        """P(still a customer at the cutoff)."""
        alive, dead = self._parts(lives, 0.0)
        found: Column = special.expit(alive - dead)
        return found

    def probability(self, lives: Lives, horizon_days: float | Column) -> Column:
        """P(at least one purchase within the horizon)."""
        alive, dead = self._parts(lives, 0.0)
        quiet, _ = self._parts(lives, horizon_days)
        whole = np.logaddexp(alive, dead)
        found: Column = np.clip(np.exp(alive - whole) - np.exp(quiet - whole), 0.0, 1.0)
        return found

    def expected(self, lives: Lives, horizons: Sequence[float], steps: int = 12) -> Column:
        """Expected number of purchase days within each horizon (days), shape (n_horizons, n_customers).

        Given alive, the rate is Gamma(r + kx, alpha + T) and the leaving probability p is Beta(a, b + x + 1):
        E[(1 - exp(-rate p h / k)) / p], closed over the rate, is averaged over p at `steps` Gauss-Legendre nodes of
        its distribution (exact for k = 1, by the mean rate for k = 2).
        """
        nodes, weights = special.roots_legendre(steps)
        repeats, place = np.unique(lives.repeats, return_inverse=True)
        quantiles = special.betaincinv(self.a, self.b + repeats[:, None] + 1, (nodes + 1) / 2)
        leave = np.maximum(quantiles, 1e-12)[place]
        shape, scale = (self.r + self.k * lives.repeats)[:, None], (self.alpha + lives.length)[:, None]
        alive = self.alive_probability(lives)
        found = []
        for days in horizons:
            log_left = -shape * np.log1p(leave * (days / self.k) / scale)
            found.append(alive * ((-np.expm1(log_left) / leave) @ (weights / 2)))
        return np.array(found).reshape(len(horizons), lives.repeats.size)

    def _parts(self, lives: Lives, ahead: float | Column) -> tuple[Column, Column]:
        x, last, until = lives.repeats, lives.last, lives.length + ahead
        shape = self.r + self.k * x
        quiet = np.log(np.maximum(until - last, 1e-9))
        steps = [
            special.gammaln(shape + j) + j * quiet - special.gammaln(j + 1) - (shape + j) * np.log(self.alpha + until)
            for j in range(self.k)
        ]
        whole = special.betaln(self.a, self.b)
        alive = np.logaddexp.reduce(np.array(steps), axis=0) + special.betaln(self.a, self.b + x + 1) - whole
        dead = (
            special.gammaln(shape) - shape * np.log(self.alpha + last) + special.betaln(self.a + 1, self.b + x) - whole
        )
        return alive, dead


def fit(lives: Lives) -> RepeatPurchase:
    """The parameters of the population, always finite; k = 2 only with 20 repeat buyers or more and if likelier."""
    if lives.repeats.size > FITTED:
        chosen = np.random.default_rng(0).choice(lives.repeats.size, FITTED, replace=False)
        lives = Lives(*(column[chosen] for column in vars(lives).values()))
    unit = max(float(lives.length.mean()), 1.0) if lives.length.size else 1.0
    orders = (1, 2) if (lives.repeats > 0).sum() >= LEAST_REPEATERS else (1,)
    with threadpool_limits(1):
        found = [_fitted(lives, k, unit) for k in orders]
    return max(found, key=lambda pair: pair[0])[1]


def _fitted(lives: Lives, k: int, unit: float) -> tuple[float, RepeatPurchase]:
    """Log-likelihood and parameters for a k; equal lives are counted once."""
    table = np.round(np.column_stack([lives.repeats, lives.last / unit, lives.length / unit]), 2)
    distinct, counts = np.unique(table, axis=0, return_counts=True)
    repeats, last, length = (np.ascontiguousarray(column) for column in distinct.T)
    unique = Lives(repeats, last, length, log_gaps=np.zeros(repeats.size))
    total = max(float(counts.sum()), 1.0)

    from scipy import optimize  # 24 MB that a bot at rest, which updates but never fits, can do without

    def loss(logs: Column) -> float:
        model = RepeatPurchase(k, *(float(value) for value in np.exp(logs)))
        alive, dead = model._parts(unique, 0.0)
        constant = model.r * np.log(model.alpha) - special.gammaln(model.r)
        return float((-(counts * (np.logaddexp(alive, dead) + constant)).sum() + PRIOR * (logs**2).sum()) / total)

    start = np.log([0.5, 1.0, 0.5, 1.0])
    best = optimize.minimize(loss, start, method="L-BFGS-B", bounds=[(-BOUND, BOUND)] * 4)
    r, alpha, a, b = (float(value) for value in np.exp(best.x))
    gaps = (k - 1) * lives.log_gaps.sum() - (special.gammaln(k) + (k - 1) * np.log(unit)) * lives.repeats.sum()
    return -best.fun * total + float(gaps), RepeatPurchase(k, r, alpha * unit, a, b)

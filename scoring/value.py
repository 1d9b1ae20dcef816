"""What a customer is worth: past profit, expected purchases and money with intervals, lifetime value, growth.

Number    MBG/CNBD-k, see scoring/repeat_purchase.py. The interval: no purchase with 1 - P(buys); else one purchase and
          a negative binomial number more, of the same mean and of shape r + x. 80 of 100 should lie inside.
Amount    money of a purchase day, the customer's mean shrunk to the population's by its credibility n / (n + kappa),
          kappa = variance within customers / variance between them (Buehlmann, ASTIN Bulletin 4, 1967). Purchase days
          above the 99th percentile count as that, so that one great order does not set everybody's level.
Lifetime  sum over 30-day steps of expected purchases x amount x margin, each discounted to today at a yearly rate:
          2 years and 10 % unless told otherwise. The interval takes the number's bounds, the amount as expected.
Growth    net money of the last 365 days over that of the 365 before, less one; none without money before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from scoring.lives import Facts
from scoring.purchases import Column, Purchases
from scoring.repeat_purchase import RepeatPurchase

YEARLY_DISCOUNT = 0.10
LIFETIME_DAYS = 730
STEP_DAYS = 30
INTERVAL = (0.1, 0.9)
CAP = 0.99
DEFAULT_KAPPA = 2.0


@dataclass(frozen=True)
class Expected:
    """Columns of shape (n_customers,): expected value, and the bounds of an 80 % interval."""

    mean: Column
    low: Column
    high: Column


def purchases_ahead(model: RepeatPurchase, facts: Facts, horizon_days: int) -> Expected:
    """How many purchase days the horizon brings."""
    lives = facts.lives()
    mean = model.expected(lives, [float(horizon_days)])[0]
    some = np.clip(model.probability(lives, float(horizon_days)), 1e-9, 1.0)
    more = np.maximum(mean / some - 1, 1e-9)
    shape = model.r + model.k * lives.repeats
    bounds = []
    for share in INTERVAL:
        place = np.clip((share - (1 - some)) / some, 0.0, 1 - 1e-9)
        number = 1 + _quantile(place, shape, shape / (shape + more))
        bounds.append(np.where(share <= 1 - some, 0.0, np.nan_to_num(number, nan=1.0)))
    return Expected(mean, bounds[0], bounds[1])


def _quantile(share: Column, shape: Column, chance: Column) -> Column:
    """The least whole number that a negative binomial does not exceed with that probability.

    As scipy.stats.nbinom.ppf, whose module would cost the bot 23 MB at rest.
    """
    number = np.maximum(np.ceil(special.nbdtrik(share, shape, chance)), 0.0)
    lower = np.maximum(number - 1, 0.0)
    found: Column = np.where(special.betainc(shape, lower + 1, chance) >= share, lower, number)
    return found


def amount(purchases: Purchases, facts: Facts) -> Column:
    """Money expected of one purchase day, in the unit of the amounts; never negative."""
    past = purchases.before(facts.window.cutoff)
    if not past.money.size:
        return np.zeros(facts.rows.size)
    money = np.minimum(past.money, np.quantile(past.money, CAP))
    count = np.bincount(past.rows, minlength=past.n_customers)
    mean = np.bincount(past.rows, money, past.n_customers) / np.maximum(count, 1)
    within = ((money - mean[past.rows]) ** 2).sum() / max(float((count[count > 0] - 1).sum()), 1.0)
    own = mean[facts.rows]
    between = own.var() - (within / count[facts.rows]).mean()
    kappa = within / between if within > 0 and between > 0 else DEFAULT_KAPPA
    trust = count[facts.rows] / (count[facts.rows] + np.clip(kappa, 0.1, 100.0))
    found: Column = trust * own + (1 - trust) * own.mean()
    return found


def money_ahead(number: Expected, amounts: Column) -> Expected:
    """Expected money within the horizon."""
    return Expected(number.mean * amounts, number.low * amounts, number.high * amounts)


def lifetime(
    model: RepeatPurchase,
    facts: Facts,
    amounts: Column,
    margins: Column | float = 1.0,
    days: int = LIFETIME_DAYS,
    yearly_discount: float = YEARLY_DISCOUNT,
) -> Expected:
    """Discounted profit of the next `days`; `margins` is the share of money that is profit, 1 if costs are unknown."""
    ends = np.append(np.arange(STEP_DAYS, days, STEP_DAYS), days).astype(np.float64)
    numbers = model.expected(facts.lives(), ends.tolist())
    steps = np.diff(numbers, axis=0, prepend=np.zeros((1, facts.rows.size)))
    middles = ends - np.diff(ends, prepend=0.0) / 2
    discounts = (1 + yearly_discount) ** (-middles / 365)
    worth = amounts * margins
    mean: Column = (discounts @ steps) * worth
    whole = purchases_ahead(model, facts, days)
    factor = np.where(whole.mean > 0, (discounts @ steps) / np.maximum(whole.mean, 1e-12), 0.0)
    return Expected(mean, whole.low * factor * worth, whole.high * factor * worth)


def margins(revenue: Column, cost: Column) -> Column:
    """Share of a customer's money that is profit, shape (n_customers,), within -1 to 1.

    `revenue` is the money of lines whose cost is known (0 where none is), `cost` their cost. Who has none gets the
    team's share; 1 for all where no cost is known at all: then value is money, not profit, and must be called so.

    >>> margins(np.array([100.0, 300.0, 0.0]), np.array([60.0, 240.0, 0.0])).tolist()
    [0.4, 0.2, 0.25]
    """
    known = (revenue > 0) & np.isfinite(cost)
    if not known.any():
        return np.ones(revenue.size)
    team = 1 - cost[known].sum() / revenue[known].sum()
    own = 1 - np.where(known, cost, 0.0) / np.where(known, revenue, 1.0)
    return np.clip(np.round(np.where(known, own, team), 12), -1.0, 1.0)


def growth(year: Column, year_before: Column) -> Column:
    """Share by which the year's net money grew, shape (n_customers,); nan without money before.

    >>> growth(np.array([120.0, 50.0]), np.array([100.0, 0.0])).tolist()
    [0.2, nan]
    """
    known = (year_before > 0) & np.isfinite(year)
    return np.where(known, np.round(year / np.where(known, year_before, 1.0) - 1, 12), np.nan)


@dataclass(frozen=True)
class Concentration:
    """How few customers make how much of the money."""

    shares: tuple[tuple[float, float], ...]
    """Share of the customers, the largest first, and the share of the money they make, in tenths."""
    customers_of_80: float
    """Share of the customers that makes 80 % of the money."""
    largest: float
    """Share of the largest customer."""


def concentration(money: Column) -> Concentration | None:
    """The 80/20 curve over customers with money above 0; None without any.

    >>> concentration(np.array([80.0, 10.0, 5.0, 5.0, 0.0])).customers_of_80
    0.25
    """
    given = np.sort(money[np.isfinite(money) & (money > 0)])[::-1]
    if not given.size:
        return None
    sums = np.cumsum(given / given.sum())
    tenths = [(tenth / 10, float(sums[max(1, -(-given.size * tenth // 10)) - 1])) for tenth in range(1, 11)]
    enough = int(np.searchsorted(sums, 0.8 - 1e-12)) + 1
    return Concentration(tuple(tenths), enough / given.size, float(sums[0]))

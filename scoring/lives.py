"""What is known of each customer at a cutoff, in plain numbers: dates as ages in days, money as it was given."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.purchases import Column, Integers, Purchases
from scoring.repeat_purchase import Lives

RECENT_SHARES = (0.08, 0.16, 0.33, 0.5, 0.75)
HALF_LIFE_SHARES = (0.125, 0.25, 0.5, 1.0, 2.0)
MONEY_SHARES = (0.25, 0.75)
PERIODS = 10
UNIT_HORIZONS = 4.0
"""The unit of time is the length of the history, but at most this many horizons."""


@dataclass(frozen=True)
class Window:
    """A cutoff day, the horizon after it and the day that observation began."""

    cutoff: int
    horizon_days: int
    start: int

    @property
    def unit_days(self) -> float:
        return float(max(1.0, min(self.cutoff - self.start, UNIT_HORIZONS * self.horizon_days)))


@dataclass(frozen=True)
class Facts:
    """Columns of shape (n_buyers,), of the customers with a purchase day before the cutoff; ages are 1 or more."""

    rows: Integers
    """Index into Purchases.ids."""
    window: Window
    purchase_days: Column
    recency: Column
    first: Column
    earlier: tuple[Column, Column, Column]
    """Ages of the second, third and fourth last purchase day; nan if there are fewer."""
    longest_gap: Column
    last_gap: Column
    gap_spread: Column
    """Standard deviation of the gaps over their mean; 0 with fewer than two."""
    log_gaps: Column
    money: Column
    last_money: Column
    first_money: Column
    most_money: Column
    lines: Column
    last_lines: Column
    returned: Column
    recent: tuple[Column, ...]
    """Purchase days within each of RECENT_SHARES of the unit."""
    active_periods: Column
    faded: tuple[Column, ...]
    """Purchase days after the first, faded with a half-life of each of HALF_LIFE_SHARES of the unit."""
    faded_money: tuple[Column, ...]

    def lives(self) -> Lives:
        """The same for the closed form."""
        return Lives(self.purchase_days - 1, self.first - self.recency, self.first, self.log_gaps)

    def mean_gap(self) -> Column:
        """Days between purchase days; nan with one of them."""
        gaps = self.purchase_days - 1
        return np.where(gaps > 0, (self.first - self.recency) / np.maximum(gaps, 1), np.nan)


def known(purchases: Purchases, window: Window) -> Facts:
    """The facts of every customer with a purchase day before the window's cutoff; nothing after it is used."""
    past = purchases.before(window.cutoff)
    size, unit, row = past.n_customers, window.unit_days, past.rows
    age = np.minimum(window.cutoff - past.days, max(1, window.cutoff - window.start)).astype(np.float64)
    count = np.bincount(row, minlength=size)
    ends = np.cumsum(count)
    who = np.flatnonzero(count > 0)

    def summed(values: Column) -> Column:
        total: Column = np.bincount(row, values, size)[who].astype(np.float64)
        return total

    def nth_last(n: int) -> Column:
        place = np.maximum(ends[who] - n, 0)
        return np.where(count[who] >= n, age[place] if age.size else np.nan, np.nan)

    newest, oldest = ends[who] - 1, ends[who] - count[who]
    first_age = age[oldest]
    return Facts(
        rows=who,
        window=window,
        purchase_days=count[who].astype(np.float64),
        recency=age[newest],
        first=first_age,
        earlier=(nth_last(2), nth_last(3), nth_last(4)),
        **_gaps(past, age, who),
        **_amounts(past, who, newest, oldest),
        recent=tuple(summed((age <= share * unit).astype(np.float64)) for share in RECENT_SHARES),
        active_periods=_active(past, age, unit, who),
        faded=tuple(
            np.maximum(summed(2.0 ** (-age / (share * unit))) - 2.0 ** (-first_age / (share * unit)), 0.0)
            for share in HALF_LIFE_SHARES
        ),
        faded_money=tuple(summed(past.money * 2.0 ** (-age / (share * unit))) for share in MONEY_SHARES),
    )


def _amounts(past: Purchases, who: Integers, newest: Integers, oldest: Integers) -> dict[str, Column]:
    """Money and lines; `newest` and `oldest` are the places of each buyer's last and first purchase day."""
    size, most = past.n_customers, np.zeros(past.n_customers)
    np.maximum.at(most, past.rows, past.money)
    return {
        "money": np.bincount(past.rows, past.money, size)[who].astype(np.float64),
        "last_money": past.money[newest],
        "first_money": past.money[oldest],
        "most_money": most[who],
        "lines": np.bincount(past.rows, past.lines, size)[who].astype(np.float64),
        "last_lines": past.lines[newest],
        "returned": np.bincount(past.return_rows, past.returned, size)[who].astype(np.float64),
    }


def _active(past: Purchases, age: Column, unit: float, who: Integers) -> Column:
    """In how many tenths of the unit, the oldest open-ended, the customer bought."""
    period = np.minimum((age - 1) // (unit / PERIODS), PERIODS - 1).astype(np.int64)
    seen = np.unique(past.rows * PERIODS + period)
    return np.bincount(seen // PERIODS, minlength=past.n_customers)[who].astype(np.float64)


def _gaps(past: Purchases, age: Column, who: Integers) -> dict[str, Column]:
    """What the gaps between neighbouring purchase days say; 0 where there is none."""
    same = past.rows[1:] == past.rows[:-1]
    row, gap = past.rows[1:][same], (age[:-1] - age[1:])[same]
    size = past.n_customers
    longest, last = np.zeros(size), np.zeros(size)
    np.maximum.at(longest, row, gap)
    last[row] = gap
    number = np.bincount(row, minlength=size)
    mean = np.bincount(row, gap, size) / np.maximum(number, 1)
    square = np.bincount(row, gap**2, size) / np.maximum(number, 1)
    spread = np.sqrt(np.maximum(square - mean**2, 0)) / np.maximum(mean, 1)
    logs = np.bincount(row, np.log(np.maximum(gap, 1)), size)
    return {
        "longest_gap": longest[who],
        "last_gap": last[who],
        "gap_spread": np.where(number[who] >= 2, spread[who], 0.0),
        "log_gaps": logs[who],
    }

"""Order lines in, histories out: the full computation that a summary row kept order by order must agree with."""

import numpy as np
import numpy.typing as npt

from scoring.history import Histories

Integers = npt.NDArray[np.int64]


def summarize(
    customers: npt.ArrayLike, days: npt.ArrayLike, amounts_fen: npt.ArrayLike, today: int
) -> tuple[npt.NDArray[np.generic], Histories]:
    """Distinct customers in ascending order and their histories as of `today`.

    All three columns have shape (n_orders,); days and `today` are day numbers (date.toordinal()); returns have
    negative amounts. Orders after `today` are left out, customers with nothing before it stay with an empty history.

    >>> ids, histories = summarize(["a", "a"], [100, 130], [500, 700], today=140)
    >>> histories.recency_days, histories.mean_gap_days, histories.net_fen_total
    (array([10.]), array([30.]), array([1200.]))
    """
    ids, rows = np.unique(np.asarray(customers), return_inverse=True)
    ages = today - np.asarray(days, dtype=np.int64)
    amounts = np.asarray(amounts_fen, dtype=np.int64)
    past = ages >= 0
    rows, ages, amounts = rows[past], ages[past], amounts[past]
    columns = _purchases(*_purchase_days(rows, ages, amounts), len(ids))
    for name, low, high in (("net_fen_year", 0, 364), ("previous_year_fen", 365, 730), ("net_fen_total", 0, None)):
        inside = (ages >= low) & ((ages <= high) if high is not None else True)
        columns[name] = np.bincount(rows[inside], amounts[inside], len(ids)).astype(np.float64)
    return ids, Histories.of(columns)


def _purchase_days(rows: Integers, ages: Integers, amounts: Integers) -> tuple[Integers, Integers]:
    """Rows and ages of the days with a net positive amount, by row and then oldest first."""
    order = np.lexsort((-ages, rows))
    rows, ages, amounts = rows[order], ages[order], amounts[order]
    starts = np.flatnonzero(np.concatenate(([True], (np.diff(rows) != 0) | (np.diff(ages) != 0)))[: rows.size])
    net = np.add.reduceat(amounts, starts) if starts.size else amounts
    kept = starts[net > 0]
    return rows[kept], ages[kept]


def _purchases(rows: Integers, ages: Integers, size: int) -> dict[str, npt.NDArray[np.float64]]:
    count = np.bincount(rows, minlength=size).astype(np.float64)
    first, last, longest = (np.full(size, np.nan) for _ in range(3))
    last[rows] = ages  # the newest of a row is written last
    first[rows[::-1]] = ages[::-1]
    inner = rows[1:] == rows[:-1]
    np.fmax.at(longest, rows[1:][inner], -np.diff(ages)[inner].astype(np.float64))
    gaps = np.where(count >= 2, count - 1, np.nan)
    return {
        "recency_days": last,
        "first_days": first,
        "purchase_days": count,
        "longest_gap_days": longest,
        "mean_gap_days": (first - last) / gaps,
    }

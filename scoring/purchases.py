"""Order lines gathered into purchase days by customer: what the forecasts read, at any day of the past.

A purchase day is a day with at least one line whose amount is not negative (zero and unknown amounts are orders too);
a negative amount is a return: it lowers the money and never counts as a purchase.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

MOST_MONEY = 1e15


@dataclass(frozen=True)
class Purchases:
    """Purchase days by customer and then oldest first; `ids` has shape (n_customers,), the rest (n_days,)."""

    ids: npt.NDArray[Any]
    rows: Integers
    """Index into `ids`."""
    days: Integers
    """Day numbers (date.toordinal())."""
    money: Column
    """What was bought on the day, in the unit of the amounts, 0 or more."""
    lines: Column
    """How many order lines the day has."""
    return_rows: Integers
    return_days: Integers
    returned: Column
    """Money given back, positive; these three have shape (n_returns,)."""

    @property
    def n_customers(self) -> int:
        return int(self.ids.size)

    def before(self, cutoff: int) -> Self:
        """Nothing of the day `cutoff` or later; the customers stay, perhaps with no day left."""
        return self._with(self.days < cutoff, self.return_days < cutoff)

    def of(self, chosen: Integers) -> Self:
        """Only the days of these customers (places in `ids`); the others stay with none."""
        wanted = np.zeros(self.n_customers, dtype=bool)
        wanted[chosen] = True
        return self._with(wanted[self.rows], wanted[self.return_rows])

    def _with(self, kept: npt.NDArray[np.bool_], back: npt.NDArray[np.bool_]) -> Self:
        return type(self)(
            self.ids,
            self.rows[kept],
            self.days[kept],
            self.money[kept],
            self.lines[kept],
            self.return_rows[back],
            self.return_days[back],
            self.returned[back],
        )

    def counted(self, cutoff: int, horizon_days: int) -> Integers:
        """Purchase days of each customer in [cutoff, cutoff + horizon_days); shape (n_customers,)."""
        inside = (self.days >= cutoff) & (self.days < cutoff + horizon_days)
        return np.bincount(self.rows[inside], minlength=self.n_customers)

    def fingerprint(self) -> str:
        """A short hash of all that the forecasts read: the same orders give the same one."""
        columns = (self.rows, self.days, self.money, self.lines, self.return_rows, self.return_days, self.returned)
        digest = hashlib.sha256("\n".join(map(str, self.ids.tolist())).encode())
        for column in columns:
            digest.update(np.ascontiguousarray(column).tobytes())
        return digest.hexdigest()[:16]

    def starts_on(self) -> int:
        """The day that observation begins: the day by which one in a thousand purchase days has passed.

        One order dated 1900 by mistake does not make the history a century long.
        """
        return int(np.partition(self.days, self.days.size // 1000)[self.days.size // 1000]) if self.days.size else 0


def gather(customers: npt.ArrayLike, days: npt.ArrayLike, amounts: npt.ArrayLike) -> Purchases:
    """Order lines stand by customer and day; all three of shape (n_lines,). Amounts that are not finite count as 0,
    those beyond 1e15 as that: sums and squares stay finite.

    >>> gather(["b", "a", "a"], [5, 9, 9], [1.0, 2.0, -3.0]).rows
    array([0, 1])
    """
    ids, rows = np.unique(np.asarray(customers), return_inverse=True)
    when = np.asarray(days, dtype=np.int64)
    stated = np.asarray(amounts, dtype=np.float64)
    money = np.where(np.isfinite(stated), np.clip(stated, -MOST_MONEY, MOST_MONEY), 0.0)
    bought = money >= 0
    order = np.lexsort((when[bought], rows[bought]))
    row, day, paid = rows[bought][order], when[bought][order], money[bought][order]
    starts = np.flatnonzero(np.concatenate(([True], (np.diff(row) != 0) | (np.diff(day) != 0)))[: row.size])
    sums = np.add.reduceat(paid, starts) if starts.size else paid
    lines = np.diff(np.append(starts, row.size)).astype(np.float64)
    return Purchases(ids, row[starts], day[starts], sums, lines, rows[~bought], when[~bought], np.abs(money[~bought]))

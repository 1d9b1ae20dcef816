"""One row of plain facts per customer: all that scoring knows, kept up to date by whoever owns the orders."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.float64]

UNKNOWN_IS_NAN = frozenset({"recency_days", "first_days", "longest_gap_days", "mean_gap_days", "days_since_contact"})
MONEY = frozenset({"net_fen_year", "net_fen_total", "previous_year_fen"})


class RaggedColumns(ValueError):
    """The columns of a history differ in length."""


@dataclass(frozen=True)
class Histories:
    """Columns of shape (n_customers,), float64. Days count back from the day of scoring (0 = today), money is fen.

    A purchase day is a distinct day whose amounts, returns subtracted, add up to more than zero. Returns made on
    another day leave the purchase day standing but lower the money columns.
    """

    recency_days: Column
    """Days since the last purchase day; nan if none."""
    purchase_days: Column
    """Number of purchase days, ever."""
    first_days: Column
    """Days since the first purchase day; nan if none."""
    net_fen_year: Column
    """Net of returns, the last 365 days: ages 0 to 364."""
    net_fen_total: Column
    previous_year_fen: Column
    """Net of returns, ages 365 to 730 days."""
    longest_gap_days: Column
    """Longest gap between neighbouring purchase days; nan with fewer than two."""
    mean_gap_days: Column
    """(first_days - recency_days) / (purchase_days - 1); nan with fewer than two."""
    open_complaints: Column
    negative_notes_90d: Column
    churn_notes_90d: Column
    days_since_contact: Column
    """nan if there was none, or none is known."""

    @classmethod
    def of(cls, columns: Mapping[str, npt.ArrayLike]) -> Self:
        """Clean histories stand ready; columns left out are unknown (days) or zero (counts, money).

        Days before today's start (orders dated ahead) count as today, first_days is never less than recency_days,
        infinite and missing numbers become unknown or zero, larger ones than MOST become that. Raises: RaggedColumns.

        >>> Histories.of({"recency_days": [3, None], "purchase_days": [2, 0]}).first_days
        array([ 3., nan])
        """
        given = {name: np.atleast_1d(np.asarray(values, dtype=np.float64)) for name, values in columns.items()}
        size = max((column.size for column in given.values()), default=0)
        if any(column.shape != (size,) for column in given.values()):
            raise RaggedColumns(", ".join(f"{name}: {column.shape}" for name, column in given.items()))
        return cls(**_clean({name: given.get(name, _absent(name, size)) for name in COLUMNS}))

    @property
    def n_customers(self) -> int:
        return int(self.recency_days.size)

    def row(self, index: int) -> Self:
        """The history of one customer, as columns of shape (1,)."""
        return type(self)(**{name: getattr(self, name)[index : index + 1] for name in COLUMNS})

    def bought(self) -> npt.NDArray[np.bool_]:
        """Who has at least one purchase day; shape (n_customers,)."""
        return (self.purchase_days >= 1) & np.isfinite(self.recency_days)


MOST = 1e15
"""Of days, counts and fen: sums and products of such numbers are still finite."""
COLUMNS = tuple(field.name for field in fields(Histories))


def _absent(name: str, size: int) -> Column:
    return np.full(size, np.nan if name in UNKNOWN_IS_NAN else 0.0)


def _clean(columns: Mapping[str, Column]) -> dict[str, Column]:
    clean: dict[str, Column] = {}
    for name, column in columns.items():
        unknown = np.nan if name in UNKNOWN_IS_NAN else 0.0
        finite = np.where(np.isfinite(column), column, unknown)
        clean[name] = np.clip(finite, -MOST, MOST) if name in MONEY else np.clip(finite, 0.0, MOST)
    clean["first_days"] = np.fmax(clean["first_days"], clean["recency_days"])
    return clean

"""The figures by name: of what they are made, and in which direction they are good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal["count", "money", "share", "hours"]
Stretch = tuple[date, date]  # days, both included
MINUTES = 60


class FigureUnknown(LookupError):
    """No figure has this code."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`amount` and `whole` are columns of IndicatorDay; a share is amount of whole, hours are minutes per case."""

    code: str
    kind: Kind
    amount: str
    whole: str = ""
    good: Literal["above", "below", ""] = "above"

    def of_row(self, row: Any) -> tuple[int, int]:
        """Amount and whole of a row of IndicatorDay, or of anything with its columns."""
        return getattr(row, self.amount), getattr(row, self.whole) if self.whole else 0

    def of_counts(self, counts: Mapping[str, int]) -> tuple[int, int]:
        """The same of plain counts."""
        return counts.get(self.amount, 0), counts.get(self.whole, 0) if self.whole else 0

    def value(self, amount: float, whole: float) -> float | None:
        """The figure: cases, fen, a share of 1, or hours; None of nothing."""
        if not self.whole:
            return float(amount)
        if whole <= 0:
            return None
        return amount / whole / (MINUTES if self.kind == "hours" else 1)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures: the team's, a rep's, a group's of customers, a product's. See IndicatorDay."""

    dimension: str = "team"
    key: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Days that are looked at, both included. `name`: today | day | week | month."""

    name: str
    first: date
    last: date
    is_over: bool = True

    @property
    def is_day(self) -> bool:
        """One day."""
        return self.first == self.last


FIGURES: tuple[Figure, ...] = (
    Figure("fen", "money", "fen"),
    Figure("orders", "count", "orders"),
    Figure("new_customers", "count", "new_customers"),
    Figure("notes", "count", "notes"),
    Figure("touches", "count", "touches", good=""),
    Figure("active", "count", "active"),
    Figure("won", "count", "won"),
    Figure("lost", "count", "lost", good="below"),
    Figure("response", "hours", "answer_minutes", "leads_answered", good="below"),
    Figure("promises", "share", "promises_kept", "promises_due"),
    Figure("tasks", "share", "tasks_on_time", "tasks_due"),
    Figure("complaints_opened", "count", "complaints_opened", good="below"),
    Figure("complaints_closed", "count", "complaints_closed"),
    Figure("at_risk", "count", "at_risk", good="below"),
)
_BY_CODE = {figure.code: figure for figure in FIGURES}


def named(code: str) -> Figure:
    """The figure of that code.

    Raises: FigureUnknown
    """
    if code not in _BY_CODE:
        raise FigureUnknown(code)
    return _BY_CODE[code]

"""What a member's day is made of: things to do, each with what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crm.tables import Complaint, Customer, CustomerSummary, Task

VALUES = {"high_stable": 3.0, "high_at_risk": 3.0, "low_stable": 2.0, "low_at_risk": 2.0}
PLAIN_VALUE = 1.5  # no customer, or one not scored yet
EASE = {"task": 1.2, "birthday": 1.5, "risk": 1.0, "complaint": 0.9, "debt": 1.0}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do. `kind`: task | birthday | complaint | risk | debt; `is_late`: of a task.

    `on`: of a birthday, or since when money is due, and `fen` how much of it.
    `held`: why nobody was reminded of it, a reason of crm.held.
    """

    kind: str
    score: float
    customer: Customer | None
    task: Task | None = None
    complaint: Complaint | None = None
    words: str = ""
    on: date | None = None
    summary: CustomerSummary | None = None
    is_late: bool = False
    held: str | None = None
    fen: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """The things of a day in order, the two most worthwhile overdue ones among them; `overdue` more lie behind."""

    items: list[Item]
    overdue: int = 0


def value(summary: CustomerSummary | None) -> float:
    """What a customer is worth to the day's order."""
    if summary is None or summary.value_group is None:
        return PLAIN_VALUE
    return VALUES.get(summary.value_group, 1.0)

"""Words when a verb may be about several customers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from crm.tables import Customer
from handlers.buttons import Press
from handlers.say import Button, Say
from handlers.texts import customers

ONE = "是这位客户吗？不是就不用点，什么都没记。"


def which(
    found: Sequence[Customer], press: Callable[[int], Press], apart: Mapping[int, tuple[str, str]] | None = None
) -> Say:
    """A choice, one customer a row; `apart`: number and owner of each, said of those who look alike else."""
    seen = Counter(customers.label(row) for row in found)
    made = tuple((Button(_label(row, seen, apart or {}), press(row.customer_id)),) for row in found)
    return Say("找到这几位，是哪一位？" if len(made) > 1 else ONE, made)


def _label(row: Customer, seen: Counter[str], apart: Mapping[int, tuple[str, str]]) -> str:
    label = customers.label(row)
    if seen[label] < 2:
        return _cut(label)
    number, owner = apart.get(row.customer_id, ("", ""))
    told = [f"尾号{number[-4:]}" if number else "没有电话", *([owner] if owner else [])]
    return f"{_cut(label)[:16]} {' '.join(told)}"


def _cut(text: str) -> str:
    return text if len(text) <= 28 else text[:27] + "…"

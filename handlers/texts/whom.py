"""Words when a verb may be about several customers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crm.tables import Customer
from handlers.buttons import Press
from handlers.say import Button, Say
from handlers.texts import customers

ONE = "是这位客户吗？不是就不用点，什么都没记。"


def which(found: Sequence[Customer], press: Callable[[int], Press]) -> Say:
    """A choice, one customer a row."""
    made = tuple((Button(_cut(customers.label(row)), press(row.customer_id)),) for row in found)
    return Say("找到这几位，是哪一位？" if len(made) > 1 else ONE, made)


def _cut(text: str) -> str:
    return text if len(text) <= 28 else text[:27] + "…"

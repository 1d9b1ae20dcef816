"""Buttons of what was bought in a period. Days are ordinals of the calendar."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("Zs")
class ShowSheet(Press):
    """The sheet of the customer, his household or his company; days 0: this month."""

    customer_id: int
    scope: str
    first: int
    last: int


@button("Zd")
class DefineSheet(Press):
    """How its sums come about."""

    customer_id: int
    scope: str
    first: int
    last: int

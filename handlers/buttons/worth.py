"""Buttons of a customer's worth."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("wo")
class ShowWorth(Press):
    """Every number of the customer's snapshot."""

    customer_id: int


@button("wd")
class DefineWorth(Press):
    """What each of the numbers means."""

    customer_id: int

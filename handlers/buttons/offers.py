"""Buttons of offers."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("og")
class SuggestTo(Press):
    """What to offer the customer."""

    customer_id: int


@button("oq")
class DefineOffers(Press):
    """How offers are found; back to the customer's, 0 to nobody's."""

    customer_id: int

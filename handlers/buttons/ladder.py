"""Buttons of untouched leads, and of customers given to a colleague."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("yl")
class ShowLadder(Press):
    """The untouched leads from `offset`."""

    offset: int


@button("yo")
class OfferCustomer(Press):
    """Who is to have the customer is asked."""

    customer_id: int


@button("yg")
class GiveCustomer(Press):
    """The customer is the colleague's."""

    customer_id: int
    member_id: int

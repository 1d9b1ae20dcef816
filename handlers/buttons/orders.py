"""Buttons of orders."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("ou")
class UndoOrder(Press):
    """The order is taken back."""

    order_id: int


@button("or")
class RestoreOrder(Press):
    """The order taken back counts again."""

    order_id: int


@button("op")
class OrderPaid(Press):
    """The order was paid at once (1), or was not (0)."""

    order_id: int
    is_paid: int


@button("oc")
class OrderOf(Press):
    """The drafted order is this customer's."""

    draft_id: int
    customer_id: int


@button("oe")
class OrderByPiece(Press):
    """The drafted order is this customer's, and the number told is the price of one piece."""

    draft_id: int
    customer_id: int


@button("on")
class OrderOfNew(Press):
    """The drafted order is of a customer who is made now, by the name in the draft."""

    draft_id: int


@button("oh")
class ChangeOrder(Press):
    """Of several orders this one is what the draft makes of it."""

    draft_id: int
    order_id: int


@button("ow")
class UndoOrderChange(Press):
    """The order is as it was before the change."""

    draft_id: int


@button("od")
class RemindOfDelivery(Press):
    """What goes out of the order on a day (a proleptic ordinal) becomes a task."""

    order_id: int
    on: int
    what: str

"""Buttons of customers."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("cs")
class ShowCustomer(Press):
    """The customer's card is shown in place."""

    customer_id: int


@button("cu")
class UndoCustomer(Press):
    """The customer just made is taken back."""

    customer_id: int


@button("cr")
class RestoreCustomer(Press):
    """The customer taken back is there again."""

    customer_id: int


@button("ce")
class EditCustomer(Press):
    """Which field to change is asked; `page` of the fields."""

    customer_id: int
    page: int


@button("cf")
class EditField(Press):
    """The next text is the field's value."""

    customer_id: int
    field: str


@button("cn")
class NotThisPerson(Press):
    """Whose the entry is, is asked."""

    customer_id: int


@button("cm")
class FoldCustomer(Press):
    """The new customer is the one known already."""

    customer_id: int
    into_id: int


@button("ca")
class AskAbout(Press):
    """The next text is a note, a reminder or an order of the customer; `what` is its name in handlers.answers."""

    customer_id: int
    what: str


@button("cz")
class MoreOfCustomer(Press):
    """What else can be done with the customer, or more of his notes from `offset`."""

    customer_id: int
    offset: int


@button("cx")
class FindMore(Press):
    """The next hits of a search; the draft holds the query."""

    draft_id: int
    offset: int


@button("cv")
class UndoChange(Press):
    """The fields say again what they said before; the draft holds it."""

    draft_id: int

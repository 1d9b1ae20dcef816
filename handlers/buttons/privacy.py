"""Buttons of privacy: the log, and the end of what is held of a customer."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("au")
class MoreAudit(Press):
    """Acts from `offset` on."""

    offset: int


@button("ae")
class AskErase(Press):
    """What would be gone is shown before anything is."""

    customer_id: int


@button("ay")
class Erase(Press):
    """The customer is gone for good."""

    customer_id: int


@button("an")
class KeepCustomer(Press):
    """Nothing is erased."""

    customer_id: int


@button("ah")
class ShowHeld(Press):
    """Everything held of the customer, as a file."""

    customer_id: int

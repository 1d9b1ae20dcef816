"""Buttons of drafts."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("dt")
class DraftToCustomer(Press):
    """What was typed belongs to this customer."""

    draft_id: int
    customer_id: int


@button("dn")
class DraftAsCustomer(Press):
    """What was typed is a new customer."""

    draft_id: int


@button("dy")
class DraftAnyway(Press):
    """What was typed is a new customer, though another has the number."""

    draft_id: int


@button("da")
class DraftAs(Press):
    """What was typed is this: an action of crm.meanings."""

    draft_id: int
    action: str


@button("dp")
class DraftAsPayment(Press):
    """What was typed tells of money that pays for what was sold before."""

    draft_id: int


@button("dx")
class DropDraft(Press):
    """What was typed is not saved."""

    draft_id: int

"""Buttons of lead qualification."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("ls")
class ShowLead(Press):
    """The case of a lead."""

    customer_id: int


@button("lf")
class SetLeadFact(Press):
    """The member says yes, no or unknown of a fact."""

    customer_id: int
    fact: str
    value: str


@button("lc")
class ShowCheckpoints(Press):
    """Desire and ability of a lead, each to be corrected."""

    customer_id: int


@button("ll")
class ListLeads(Press):
    """The best leads, from `offset`."""

    offset: int


@button("ld")
class DefineLead(Press):
    """How case and score come about; the customer to go back to, 0 for the list."""

    customer_id: int

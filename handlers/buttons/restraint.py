"""Buttons of restraint: who is to be left alone."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("ql")
class ListRestrained(Press):
    """The customers who are left alone, from `offset`."""

    offset: int


@button("qs")
class ShowRestraint(Press):
    """What holds for the customer, with a button to change each."""

    customer_id: int


@button("qn")
class SetNoContact(Press):
    """The customer is left alone, or not."""

    customer_id: int
    holds: bool


@button("qb")
class SetBadPayer(Press):
    """The customer gets no offers, or may."""

    customer_id: int
    holds: bool


@button("qm")
class SetMourning(Press):
    """Nothing cheerful is said to the customer for a time, or may be again."""

    customer_id: int
    holds: bool

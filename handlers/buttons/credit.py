"""Buttons of credit."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("bs")
class ShowCredit(Press):
    """The credit standing of a customer."""

    customer_id: int


@button("bl")
class ListOverdue(Press):
    """The customers who are overdue, from `offset`."""

    offset: int


@button("bd")
class DefineCredit(Press):
    """How the grade and the hints come about; the customer to go back to, 0 for the list."""

    customer_id: int


@button("bu")
class UndoEntry(Press):
    """A debt or payment is taken back."""

    entry_id: int


@button("br")
class RestoreEntry(Press):
    """A debt or payment counts again."""

    entry_id: int


@button("bo")
class EntryOf(Press):
    """The debt or payment of the draft is this customer's."""

    draft_id: int
    customer_id: int


@button("bp")
class UndoPlan(Press):
    """All that was booked of the plan of payments in the draft is taken back."""

    draft_id: int


@button("bq")
class RestorePlan(Press):
    """All that was booked of the plan of payments in the draft counts again."""

    draft_id: int


@button("bc")
class ChangeEntry(Press):
    """Of several debts or payments this one is what the draft makes of it."""

    draft_id: int
    entry_id: int


@button("bt")
class ChangeReturn(Press):
    """Of several returns this one is what the draft makes of it."""

    draft_id: int
    order_id: int


@button("bx")
class UndoEntryChange(Press):
    """The debt or payment has its sum of before."""

    draft_id: int

"""Buttons of who knows whom, and of asking for a referral."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("Gs")
class ShowRelations(Press):
    """Everybody a customer is related to."""

    customer_id: int


@button("Gl")
class ListSeeds(Press):
    """Who brought the most customers, from `offset`."""

    offset: int


@button("Gd")
class DefineRelations(Press):
    """How these figures come about; the customer to go back to, 0 for the list."""

    customer_id: int


@button("Gp")
class SetDepth(Press):
    """A business contact, a friend or a partner."""

    customer_id: int
    depth: str


@button("Gr")
class Relate(Press):
    """The two customers that were meant; of kind referred the second brought the first."""

    customer_id: int
    other_id: int
    kind: str
    label: str


@button("Gc")
class ChooseRelation(Press):
    """Which relation of the customer is to be taken off."""

    customer_id: int


@button("Gx")
class DropRelation(Press):
    """The relation is taken off; seen from the customer."""

    relation_id: int
    customer_id: int


@button("Gu")
class UndoRelation(Press):
    """The relation just made is taken back, and a referrer it replaced is back."""

    relation_id: int


@button("Gb")
class RestoreRelation(Press):
    """The relation holds again."""

    relation_id: int


@button("Ga")
class AskedReferral(Press):
    """The customer was asked for a referral, or is not to be asked now; `on_card`: pressed below the day's list."""

    customer_id: int
    outcome: str
    on_card: bool

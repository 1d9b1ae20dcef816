"""Buttons of who has which customer: given, offered, taken from the pool, handed over."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("Oa")
class SuggestOwner(Press):
    """The colleagues whom the customer suits, best first; `member_id` above 0: that one is chosen, as typed."""

    customer_id: int
    member_id: int


@button("Oc")
class ChooseColleague(Press):
    """A rep's own customer is offered to the colleague."""

    customer_id: int
    member_id: int


@button("Om")
class GiveMany(Press):
    """The customers of a condition go to a colleague, or (0) each to whom he suits best."""

    draft_id: int
    member_id: int


@button("Of")
class AnswerOffer(Press):
    """An offered customer is taken, or not."""

    transfer_id: int
    takes: bool


@button("Op")
class ShowPool(Press):
    """The pool from `offset`; `draft_id` is the condition, 0 for none."""

    draft_id: int
    offset: int


@button("Ot")
class TakeCustomer(Press):
    """A customer of the pool is the rep's own."""

    customer_id: int


@button("Or")
class ReleaseCustomer(Press):
    """The customer goes to the pool."""

    customer_id: int


@button("Ou")
class UndoTransfer(Press):
    """Who has the customer is as before."""

    transfer_id: int


@button("Ob")
class ShowBrief(Press):
    """Whom the new owner should call first, from `offset`."""

    transfer_id: int
    member_id: int
    offset: int


@button("Oh")
class HandOver(Press):
    """The leaver's customers and open matters go to those of the draft; `removes`: and the leaver goes."""

    draft_id: int
    removes: bool


@button("Oe")
class ChooseHeir(Press):
    """Who takes over from the leaver: asked (-1), each customer to whom he suits best (0), or one colleague."""

    leaver_id: int
    member_id: int


@button("Ov")
class UndoHandover(Press):
    """What was handed over goes back: `how` is ask | back | member (with the leaver's membership)."""

    transfer_id: int
    how: str


@button("Oy")
class WelcomeBack(Press):
    """Who left is a member again."""

    member_id: int


@button("Od")
class DefineOwnership(Press):
    """How something is reckoned: fit | brief | pool | handover."""

    what: str


@button("Ox")
class KeepAsIs(Press):
    """Nothing is given to anybody."""

    draft_id: int

"""Buttons of needs, and of what is said how often."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("Nb")
class BackToVoices(Press):
    """The figures of the draft again."""

    draft_id: int


@button("Nk")
class NarrowVoices(Press):
    """The same for another stretch of time (days) and kind: both | complaint | need."""

    draft_id: int
    days: int
    kind: str


@button("Nt")
class TopicVoices(Press):
    """The customers behind a topic; none is the topic of those without one."""

    draft_id: int
    topic: str
    offset: int


@button("Np")
class ListProducts(Press):
    """The products of the draft with their numbers."""

    draft_id: int


@button("Nq")
class ProductVoices(Press):
    """The customers behind the product at that place of the draft's list."""

    draft_id: int
    place: int
    offset: int


@button("Nd")
class DefineVoices(Press):
    """The definitions."""

    draft_id: int


@button("Nl")
class ListNeeds(Press):
    """The needs that wait, are answered, won or lost."""

    which: str
    offset: int


@button("Nc")
class ShowNeed(Press):
    """A need with what can be done."""

    need_id: int


@button("Na")
class AnswerNeed(Press):
    """The customer has an offer."""

    need_id: int


@button("Nw")
class WinNeed(Press):
    """The customer bought for it; `order_id` 0: not known with which order."""

    need_id: int
    order_id: int


@button("Nx")
class AskLost(Press):
    """Why was it lost?"""

    need_id: int


@button("Ny")
class LoseNeed(Press):
    """It was lost for the reason of that number; -1: the next text says why."""

    need_id: int
    reason: int


@button("Nr")
class ReopenNeed(Press):
    """It is open again."""

    need_id: int


@button("Nv")
class AskLevel(Press):
    """Of which level is it?"""

    need_id: int


@button("Ns")
class SetLevel(Press):
    """It is of this level."""

    need_id: int
    level: str


@button("No")
class OthersInNeed(Press):
    """Who else needs this?"""

    need_id: int
    offset: int

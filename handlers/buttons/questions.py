"""Buttons of answers to free questions; the question waits as a draft."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("xa")
class ShowAnswer(Press):
    """The answer again, of a list the page at `offset`."""

    draft_id: int
    offset: int


@button("xb")
class DefineAnswer(Press):
    """What the figure counts, in which days, and where it stands."""

    draft_id: int


@button("xc")
class AnswerOf(Press):
    """The customers behind the figure of one member, the page at `offset`."""

    draft_id: int
    member_id: int
    offset: int

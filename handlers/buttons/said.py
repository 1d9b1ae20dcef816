"""Buttons of what was said."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("sw")
class MoreSaid(Press):
    """The page at `offset` of the notes that the draft looks for."""

    draft_id: int
    offset: int

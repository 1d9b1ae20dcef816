"""Buttons of lists by condition."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("uf")
class MoreFitting(Press):
    """The page at `offset` of the customers who fit the condition of the draft."""

    draft_id: int
    offset: int

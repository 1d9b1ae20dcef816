"""Buttons of the ledger."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("uw")
class ShowWhy(Press):
    """Why this push came, or did not."""

    outbox_id: int


@button("um")
class ShowMissed(Press):
    """What should have come today, for the member or for the whole team."""

    is_team: bool

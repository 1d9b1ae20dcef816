"""Buttons of photographed business cards."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("mp")
class ReadPhoto(Press):
    """The picture of the draft is read as a business card."""

    draft_id: int


@button("mt")
class TurnField(Press):
    """A field of the card read is left out or taken again; bit n of `without` is the n-th field."""

    draft_id: int
    without: int


@button("ms")
class SaveCard(Press):
    """The fields of the card, but for those left out, are a new customer."""

    draft_id: int
    without: int

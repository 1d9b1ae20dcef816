"""Buttons of data quality."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("zq")
class ShowQuality(Press):
    """The report on the records, with customers from `offset`."""

    offset: int


@button("zd")
class DefineQuality(Press):
    """How findings and scores come about."""

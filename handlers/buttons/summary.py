"""Buttons of summary."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("sg")
class ShowGroup(Press):
    """The customers of a value × churn group, most money first."""

    group: str
    offset: int


@button("sd")
class DefineGroups(Press):
    """The definitions and cut-offs of the groups."""


@button("sb")
class BackToSummary(Press):
    """The summary again, without a new picture."""


@button("sp")
class ShowPareto(Press):
    """The 80/20 curve as a picture."""

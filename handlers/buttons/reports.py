"""Buttons of the weekly report."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("Rg")
class SendReport(Press):
    """The report of the last week as a file, made anew."""


@button("Rh")
class DefineReport(Press):
    """What the report counts."""

"""Buttons of the seven views."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("Re")
class ShowView(Press):
    """One view: a code of crm.views; with `defined` what its figures mean."""

    view: str
    defined: bool


@button("Rf")
class BackToViews(Press):
    """The list of the seven."""

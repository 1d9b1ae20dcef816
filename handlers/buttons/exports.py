"""Buttons of exports."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("Ex")
class ExportFitting(Press):
    """Those who fit the condition of the draft, as a file."""

    draft_id: int

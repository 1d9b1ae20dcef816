"""Buttons of /help."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("Hp")
class HelpTopic(Press):
    """The commands of a topic."""

    topic: str

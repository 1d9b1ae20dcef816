"""Buttons of the team's settings."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("eg")
class ShowSettings(Press):
    """The page of a group of settings: time | restraint | greetings | alerts."""

    group: str


@button("es")
class ShowSetting(Press):
    """One setting with its choices; the next plain text may be its value."""

    name: str


@button("ev")
class SetSetting(Press):
    """The setting has the choice of that number."""

    name: str
    choice: int


@button("er")
class ResetSetting(Press):
    """The setting has its default, or, for a group's name, all of its settings have."""

    name: str


@button("ez")
class SetMyZone(Press):
    """The member lives by the zone of that number in the list; -1: by the team's."""

    choice: int

"""Buttons of preferences."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("fs")
class ShowPreferences(Press):
    """What the customer prefers."""

    customer_id: int


@button("fp")
class SetPreference(Press):
    """The member states the channel or content; an empty value lets the notes decide again."""

    customer_id: int
    kind: str
    value: str


@button("fk")
class ChoosePreference(Press):
    """Which channel or content, is asked."""

    customer_id: int
    kind: str


@button("fd")
class DefinePreferences(Press):
    """How the shares are counted."""

    customer_id: int

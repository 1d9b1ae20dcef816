"""Buttons of tiers."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("tg")
class ShowTier(Press):
    """The customers of a tier, by its place in the rules."""

    place: int
    offset: int


@button("te")
class ShowTierEvent(Press):
    """The customers whose tier is about to change: downgrade_near | upgrade_near."""

    event: str
    offset: int


@button("tq")
class DefineTiers(Press):
    """How tiers are given."""


@button("tb")
class BackToTiers(Press):
    """The overview again."""

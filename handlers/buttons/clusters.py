"""Buttons of clusters."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("kg")
class ShowCluster(Press):
    """The customers of a cluster, by its number."""

    number: int
    offset: int


@button("kq")
class DefineClusters(Press):
    """How clusters are found."""


@button("kh")
class BackToClusters(Press):
    """The overview again."""

"""Buttons of records that may be one customer."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("ml")
class ListDuplicates(Press):
    """Suspected pairs, from `offset`."""

    offset: int


@button("md")
class NotTheSame(Press):
    """The pair are two people."""

    pair_id: int


@button("mr")
class SuspectAgain(Press):
    """The word that they are two people is taken back."""

    pair_id: int


@button("mc")
class ChooseMerge(Press):
    """Two records before they are merged: `kept_id` stays; `flips` takes the other value of a field in doubt."""

    kept_id: int
    gone_id: int
    flips: int


@button("mg")
class Merge(Press):
    """The two are one; `mark` is that of the page on which the fields in doubt were shown."""

    kept_id: int
    gone_id: int
    flips: int
    mark: int


@button("mu")
class UndoMerge(Press):
    """Both records are there again."""

    merge_id: int


@button("mh")
class ListMerges(Press):
    """The merges that can still be undone."""


@button("mk")
class DefineDuplicates(Press):
    """By what records are suspected."""

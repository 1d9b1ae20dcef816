"""Sentences for what goes wrong when two records are to be one, or two again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crm import duplicates, merges
from handlers.say import Say
from handlers.texts import merges as texts

SENTENCES: dict[type[BaseException], Callable[[Any], Say]] = {
    duplicates.PairNotFound: lambda _: Say(texts.PAIR_GONE),
    merges.SameCustomer: lambda _: Say(texts.SAME),
    merges.MergeNotFound: lambda _: Say(texts.NOT_FOUND),
    merges.MergeOver: lambda _: Say(texts.OVER),
    merges.MergedOn: lambda _: Say(texts.MERGED_ON),
    merges.TooLateToUnmerge: lambda _: Say(texts.TOO_LATE),
}

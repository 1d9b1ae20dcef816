"""Sentences for what goes wrong when two records are to be one, or two again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crm import customers, duplicates, merges
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import merges as texts


def merged(into_id: int, name: str) -> Say:
    """An old button of a record that is part of another one."""
    rows = ((Button("查看客户", buttons.ShowCustomer(into_id)),),)
    return Say(f"这条资料已并入「{esc(name)}」，请到那边操作。", rows)


SENTENCES: dict[type[BaseException], Callable[[Any], Say]] = {
    customers.CustomerMerged: lambda error: merged(*error.args),
    duplicates.PairNotFound: lambda _: Say(texts.PAIR_GONE),
    merges.SameCustomer: lambda _: Say(texts.SAME),
    merges.MergeNotFound: lambda _: Say(texts.NOT_FOUND),
    merges.MergeOver: lambda _: Say(texts.OVER),
    merges.MergedOn: lambda _: Say(texts.MERGED_ON),
    merges.TooLateToUnmerge: lambda _: Say(texts.TOO_LATE),
}

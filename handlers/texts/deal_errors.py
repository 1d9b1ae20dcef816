"""What is said when something with a deal, a target or a source cannot be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crm import deals, source_returns, targets
from handlers.say import Say
from handlers.texts import deals as deal_texts
from handlers.texts import sources as source_texts
from handlers.texts import targets as target_texts

SENTENCES: dict[type[BaseException], Callable[[Any], Say]] = {
    deals.DealNotFound: lambda _: Say(deal_texts.NOT_FOUND),
    deals.DealImpossible: deal_texts.impossible,
    deals.DealClosed: deal_texts.closed,
    deals.MoveNotLast: lambda _: Say(deal_texts.NOT_LAST),
    targets.TargetImpossible: lambda _: Say(target_texts.IMPOSSIBLE),
    targets.WhoseTarget: target_texts.whose,
    source_returns.CostImpossible: lambda _: Say(source_texts.IMPOSSIBLE),
    source_returns.SourceUnknown: source_texts.unknown,
}

"""What stands between a decision and a write: each may turn a reading into a question, or take from it what is none."""

from __future__ import annotations

from nlp.reader import (
    addressed,
    debts,
    due_sums,
    financed,
    no_sale,
    open_sums,
    payment_plans,
    unproven,
    unsold,
)
from nlp.reader.reading import Message, Reading

_IN_ORDER = (
    addressed.guarded,
    debts.guarded,
    unsold.guarded,
    due_sums.guarded,
    payment_plans.guarded,
    financed.guarded,
    no_sale.guarded,
    open_sums.guarded,
    unproven.guarded,
)


def passed(decided: Reading, message: Message) -> Reading:
    """What is left of the decision after all of them."""
    for guarded in _IN_ORDER:
        decided = guarded(decided, message)
    return decided

"""What stands between a decision and a write: each may turn a reading into a question, a note or, if financed, a sale.

Those that make a note of a message make the same one, `due_sums` of a reminder, too; so they may stand in any order,
but for this: `unsold` takes the first part of a price (首付4万) for money of no sale, and `financed` behind it makes
the order of it again where the rest is a loan. `unproven` comes last, to ask about what is an order for all others.
A shop's line (counter_sales.py) passes none of them: each of its words is a rule's, and none of these is theirs.
"""

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

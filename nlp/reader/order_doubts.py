"""What may be meant of a stored order where a message would be read as a new one: 那个30万的订单是不是录错了."""

from __future__ import annotations

from nlp.reader import cues, order_disputed
from nlp.reader.order_changes import LONGEST, OrderChange
from nlp.reader.order_values import UNTOLD
from nlp.when import numerals


def guessed(text: str, called: str = "") -> OrderChange | None:
    """What a text with a sum may do to a stored order that would be read as a new one: 那个30万的订单是不是录错了.

    >>> guessed("潘婷那个30万的订单是不是录错了", "潘婷").fen, guessed("潘婷签了30万", "潘婷")
    (30000000, None)
    """
    plain = numerals.plain(text).strip()
    found = order_disputed.guessed(plain, called) if len(plain) <= LONGEST and not cues.NOTE.match(plain) else None
    if found is None:
        return None
    _, kept = order_disputed.settled(plain, called)
    return OrderChange(
        "change" if found.right else "cancel",
        found.right or UNTOLD,
        fen=found.fen,
        is_double=found.is_double,
        is_off=found.is_off,
        kept_fen=kept,
        is_guess=True,
    )

"""What may be meant of a stored order where a message would be read as a new one: 那个30万的订单是不是录错了."""

from __future__ import annotations

from datetime import datetime

from nlp import lazy
from nlp.reader import contract_changes, cues, order_disputed, order_instead, order_totals
from nlp.reader.order_changes import LONGEST, OrderChange
from nlp.reader.order_values import UNTOLD, Right
from nlp.when import numerals

_OF_PAYMENT = lazy.regex("[ ,，的]*(?:首付款?|[定订]金|预付款|[尾余]款)(?:应该)?[是为]")  # 首付是90000 不是83400


def guessed(text: str, now: datetime, called: str = "") -> OrderChange | None:
    """What a text with a sum may do to a stored order that would be read as a new one: 那个30万的订单是不是录错了.

    >>> now = datetime(2026, 3, 18, 10)
    >>> guessed("潘婷那个30万的订单是不是录错了", now, "潘婷").fen, guessed("潘婷签了30万", now, "潘婷")
    (30000000, None)
    """
    if (total := order_totals.restated(text, now, called)) is not None:
        return OrderChange("change", Right(fen=total, is_total=True), is_guess=True)
    if (changed := contract(text, now, called)) is not None:
        return changed
    plain = numerals.plain(text).strip()
    if len(plain) <= LONGEST and (instead := order_instead.told(plain)) is not None:
        return OrderChange("change", instead, is_guess=True)
    is_of_payment = _OF_PAYMENT.match(plain.replace(called, "", 1) if called else plain) is not None
    is_left = is_of_payment or len(plain) > LONGEST or cues.NOTE.match(plain) is not None
    found = None if is_left else order_disputed.guessed(plain, called)
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


def contract(text: str, now: datetime, called: str = "") -> OrderChange | None:
    """What is added to a contract or taken off it, which a note may tell, too: 说要加两个柜子 加3200."""
    right = contract_changes.told(text, now, called)
    return OrderChange("change", right, is_guess=True) if right is not None else None

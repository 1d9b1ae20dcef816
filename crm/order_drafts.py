"""The draft of an order waits until it is known whose it is, or which of its sums is right."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from crm.customers import Origin
from crm.order_matching import Match
from crm.orders import NewOrder
from crm.tables import Draft
from nlp.reader import paid_whole


def waiting(new: NewOrder, match: Match, words: tuple[str, ...], origin: Origin) -> dict[str, Any]:
    """What the draft of an order holds until it is known whose it is."""
    return {
        "amount_fen": new.amount_fen,
        "ordered_on": new.ordered_on.isoformat(),
        "product": new.product,
        "quantity": new.quantity,
        "name": _new_name(words) if match.near or not match.candidates else None,
        "message_id": origin.message_id,
        "chat_id": origin.chat_id,
    }


def _new_name(words: tuple[str, ...]) -> str | None:
    """The first word as a name for a customer who is not known yet."""
    return next((word[:40] for word in words if re.search(r"[^\W\d_]", word)), None)


def order_of(draft: Draft) -> NewOrder:
    """The order that waits."""
    data = draft.data
    fen, on = int(data["amount_fen"]), date.fromisoformat(data["ordered_on"])
    return NewOrder(fen, on, data.get("product"), data.get("quantity"), paid_whole.is_told(draft.text, fen))


def origin_of(draft: Draft) -> Origin:
    """The message in which it was typed."""
    return Origin(draft.data.get("chat_id"), draft.data.get("message_id"))

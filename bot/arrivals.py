"""How an update that came is kept: whatever it holds, it can be stored, or it would come again and again for ever."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import orjson
import structlog

from crm.inbox import Arrival

CHAT_KINDS = ("message", "edited_message", "my_chat_member", "chat_member", "channel_post", "edited_channel_post")
LARGEST = 1 << 63
NUL = "\\u0000"  # as it stands in JSON; PostgreSQL has no such character

log = structlog.get_logger()


def read(body: bytes) -> Any:
    """JSON as Python values; halves of characters, which nothing can store, become U+FFFD.

    Raises: ValueError when it is none
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return _whole(json.loads(body))


def of(updates: Sequence[Any]) -> list[Arrival]:
    """The updates as they are stored; one without a number is passed over, for it cannot be told from others."""
    arrivals = []
    for update in updates:
        update_id = update.get("update_id") if isinstance(update, dict) else None
        if isinstance(update_id, int) and abs(update_id) < LARGEST:
            arrivals.append(Arrival(update_id, lane_of(update), _written(update)))
        else:
            log.warning("update_without_number")
    return arrivals


def offset_after(updates: Sequence[Any], offset: int) -> int:
    """The number from which Telegram is to go on, when these are stored."""
    numbers = [arrival.update_id for arrival in of(updates[-1:])]
    return numbers[-1] + 1 if numbers else offset


def lane_of(update: dict[str, Any]) -> int:
    """The chat an update belongs to, else its sender, else 0: also what cannot be read is stored, then set aside."""
    try:
        lane = _lane(update)
    except (KeyError, TypeError, ValueError, OverflowError):
        lane = LARGEST
    if abs(lane) < LARGEST:
        return lane
    log.warning("update_without_chat", update_id=update.get("update_id"))
    return 0


def _lane(update: dict[str, Any]) -> int:
    for kind in CHAT_KINDS:
        if kind in update:
            return int(update[kind]["chat"]["id"])
    query = update.get("callback_query")
    if query:
        return int(query["message"]["chat"]["id"]) if "message" in query else int(query["from"]["id"])
    return 0


def _written(update: dict[str, Any]) -> str:
    try:
        raw = orjson.dumps(update).decode()
    except TypeError:  # a number of more than 64 bits
        raw = json.dumps(update, ensure_ascii=False)
    return json.dumps(_whole(json.loads(raw)), ensure_ascii=False) if NUL in raw else raw


def _whole(value: Any) -> Any:
    """The value without NUL and without halves of characters, however deep."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(one) for key, one in value.items()}
    return value

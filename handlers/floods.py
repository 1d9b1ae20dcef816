"""The one polite sentence to whoever floods, and the end of what is not taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import orjson
from sqlalchemy.orm import Session

from crm import groups, inbox, outbox, robot_addresses, teams
from crm.inbox import Received
from crm.outbox import Letter
from handlers.say import Say
from handlers.services import Services
from handlers.texts import floods as texts


def slow(db: Session, chat_id: int, a_minute: int, services: Services) -> list[Letter]:
    """A member is told that the rest is done in turn; a stranger hears nothing more."""
    if teams.find_member(db, chat_id) is None:
        return []
    return [_letter(db, chat_id, texts.slowed(a_minute), services)]


def refuse(
    db: Session, refused: Sequence[Received], say: Callable[[str], Say] | None, services: Services
) -> list[Letter]:
    """What is refused is handled without effect; `say` words it once, from the text of the first."""
    ended = [one for one in refused if inbox.end(db, one.inbox_id, services.real_now())]
    if not ended or say is None:
        return []
    chat_id, sender_id = ended[0].chat_id, sender_of(ended[0])
    member = teams.find_member(db, sender_id)
    group = groups.find(db, chat_id) if chat_id < 0 else None
    is_there = chat_id > 0 or (group is not None and member is not None and group.team_id == member.team_id)
    if member is None or not is_there:
        return []
    return [_letter(db, chat_id, say(_typed(ended[0])), services)]


def sender_of(received: Received) -> int:
    """Who wrote or pressed; in a group 0 for what is no command and no button."""
    if received.chat_id > 0:
        return received.chat_id
    update: dict[str, Any] = orjson.loads(received.raw)
    query, message = update.get("callback_query"), update.get("message")
    spoken = query if isinstance(query, dict) else message if _is_command(message) else None
    sender = spoken.get("from") if isinstance(spoken, dict) else None
    return int(sender["id"]) if isinstance(sender, dict) and isinstance(sender.get("id"), int) else 0


def _is_command(message: object) -> bool:
    return isinstance(message, dict) and str(message.get("text") or "").startswith("/")


def _typed(received: Received) -> str:
    message = orjson.loads(received.raw).get("message")
    text = str(message.get("text") or message.get("caption") or "") if isinstance(message, dict) else ""
    return "" if robot_addresses.is_seen_in(text) else text


def _letter(db: Session, chat_id: int, say: Say, services: Services) -> Letter:
    payload = {"chat_id": chat_id, "text": say.text, "parse_mode": "HTML"}
    now, real_now = services.now(), services.real_now()
    return outbox.reply(db, chat_id, "sendMessage", payload, now=now, real_now=real_now)

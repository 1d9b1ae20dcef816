"""What a refusal of Telegram means for the chat it is about: it moved, has no such topic, or is closed to the bot."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.telegram_api import Refused
from crm import groups, teams
from crm.outbox import Letter

TOPIC = "message_thread_id"
# Source: answers of the Bot API server to sendMessage; its wording is nowhere promised, so parts of it are looked for.
NO_TOPIC = ("message thread not found", "TOPIC_DELETED", "TOPIC_CLOSED")
NO_TEXT = ("no text in the message to edit",)
NOT_READ = ("can't parse entities",)
MARK = re.compile(r"</?[a-z-]+(?:\s[^<>]*)?>")
MAY_NOT_WRITE = (
    "not enough rights",
    "have no rights to send",
    "CHAT_WRITE_FORBIDDEN",
    "CHAT_RESTRICTED",
    "need administrator rights",
    "group chat was deactivated",
    "was kicked",
    "chat not found",
)


def mend(db: Session, letter: Letter, error: Refused, now: datetime) -> Letter | None:
    """The letter as it may be sent instead; None when it may not, and then a closed chat is known to be closed.

    Nothing more is planned for a person who blocked the bot; the admins are told of a group it may not write to.
    """
    if "parse_mode" in letter.payload and _says(error, NOT_READ):
        return replace(letter, payload=_without_marks(letter.payload))
    if letter.method == "editMessageText" and _says(error, NO_TEXT):  # a button below a picture or a file
        said = {name: value for name, value in letter.payload.items() if name != "message_id"}
        return replace(letter, method="sendMessage", payload=said)
    if error.migrate_to_chat_id:
        groups.move(db, int(letter.payload.get("chat_id", letter.chat_id)), error.migrate_to_chat_id)
        moved = {**letter.payload, "chat_id": error.migrate_to_chat_id}
        return replace(letter, chat_id=error.migrate_to_chat_id, payload=moved)
    if TOPIC in letter.payload and _says(error, NO_TOPIC):
        groups.leave_topic(db, letter.chat_id, letter.payload[TOPIC])
        return replace(letter, payload={name: value for name, value in letter.payload.items() if name != TOPIC})
    if letter.chat_id > 0 and error.code == 403:
        teams.set_blocked(db, letter.chat_id, now)
    elif letter.chat_id < 0 and _is_shut_out(letter, error):
        groups.shut_out(db, letter.chat_id, now)
    return None


def _without_marks(payload: dict[str, Any]) -> dict[str, Any]:
    """A fault in our marks must keep nobody from what is said: it leaves plain."""
    said = {name: html.unescape(MARK.sub("", payload[name])) for name in ("text", "caption") if name in payload}
    return {name: value for name, value in (payload | said).items() if name != "parse_mode"}


def _is_shut_out(letter: Letter, error: Refused) -> bool:
    """Not even texts may be written; a group that takes only no pictures stays open."""
    return error.code == 403 or (letter.method == "sendMessage" and _says(error, MAY_NOT_WRITE))


def _says(error: Refused, parts: tuple[str, ...]) -> bool:
    said = error.description.lower()
    return any(part.lower() in said for part in parts)

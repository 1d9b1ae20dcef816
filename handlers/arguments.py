"""What a message says after its command, and where it came from."""

from __future__ import annotations

import re

from telegram import Update

from crm.customers import Origin

_COMMAND = re.compile(r"^/\w+(?:@\w+)?\s*")
_MARKS = " \t\r\n:：,，"


def text_of(update: Update) -> str:
    """The text of the message, or the caption of its picture or file, without blanks around it."""
    message = update.effective_message
    typed = (message.text or message.caption or "") if message else ""
    return typed.replace("\x00", "").strip()  # the one character PostgreSQL cannot store


def after(update: Update, words: tuple[str, ...]) -> str:
    """The text after /command or after one of the Chinese words."""
    return without_command(text_of(update), words)


def without_command(text: str, words: tuple[str, ...]) -> str:
    """The text without /command or the Chinese word, when a mark or blank follows it."""
    if command := _COMMAND.match(text):
        return text[command.end() :].strip(_MARKS)
    for word in sorted(words, key=len, reverse=True):
        rest = text.removeprefix(word)
        if rest != text and (not rest or rest[0] in _MARKS):
            return rest.strip(_MARKS)
    return text


def origin(update: Update) -> Origin:
    """The message a record is made from."""
    message = update.effective_message
    return Origin(message.chat.id, message.message_id) if message else Origin()


def replied_to(update: Update) -> int | None:
    """The message that this one answers."""
    message = update.effective_message
    replied = message.reply_to_message if message else None
    return replied.message_id if replied else None

"""Where an update came from: a private chat or a group, and whether it speaks to the bot."""

from __future__ import annotations

from telegram import Message, Update
from telegram.constants import ChatType

from crm.groups import Place


class PrivateOnly(PermissionError):
    """The answer is no business of a group."""


class GroupOnly(PermissionError):
    """The command means the group in which it is sent."""


def is_private(update: Update) -> bool:
    """The update is of a person's own chat with the bot."""
    return update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE


def require_private(update: Update) -> None:
    """Raises: PrivateOnly in a group. Call it where the sender is known to be a member: strangers hear nothing."""
    if not is_private(update):
        raise PrivateOnly


def is_command_to(message: Message, bot_username: str) -> bool:
    """The message is /command, without a name or with this bot's."""
    first = (message.text or "").split(maxsplit=1)[:1]
    if not first or not first[0].startswith("/"):
        return False
    _, at, addressed = first[0].partition("@")
    return not at or addressed.lower() == bot_username.lower()


def group_of(message: Message) -> Place:
    """The group, and the topic, in which the message was written."""
    thread_id = message.message_thread_id if message.is_topic_message else None
    return Place(message.chat.id, thread_id, message.chat.title or "")

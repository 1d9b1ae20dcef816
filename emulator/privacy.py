"""Which messages of a group reach a bot.

Source: Bot API, "Privacy mode": with it on, a bot in a group sees commands meant for it, replies to its messages,
messages that mention it and service messages; an administrator, or a bot with privacy off, sees everything.
"""

from emulator.bot import Bot
from emulator.chat import Chat, Standing
from emulator.message import Message

SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "group_chat_created",
    "supergroup_chat_created",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "pinned_message",
    "new_chat_title",
    "forum_topic_created",
)


def reaches(bot: Bot, chat: Chat, message: Message) -> bool:
    """Whether the bot is shown this message."""
    if chat.private:
        return True
    if not chat.has(bot.user_id):
        return False
    if not bot.privacy or chat.standing(bot.user_id) is Standing.ADMINISTRATOR:
        return True
    answered = message.get("reply_to_message", {})
    if answered.get("from", {}).get("id") == bot.user_id:
        return True
    return any(key in message for key in SERVICE) or _addresses(bot, message)


def _addresses(bot: Bot, message: Message) -> bool:
    encoded = message.text.encode("utf-16-le")
    handle = f"@{bot.username}".lower()
    for entity in message.get("entities") or message.get("caption_entities") or ():
        start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        word = encoded[start:end].decode("utf-16-le").lower()
        if entity["type"] == "bot_command" and ("@" not in word or word.endswith(handle)):
            return True
        if entity["type"] == "mention" and word == handle:
            return True
        if entity["type"] == "text_mention" and entity.get("user", {}).get("id") == bot.user_id:
            return True
    return False

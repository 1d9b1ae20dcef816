"""Deep links to the bot (Bot API, 'Deep linking')."""

from __future__ import annotations

from handlers.context import Context


def into_chat(context: Context, code: str) -> str:
    """Opens the private chat and sends /start code."""
    return start_link(context.services.bot_username, code)


def into_group(context: Context, code: str) -> str:
    """Lets the person choose a group, adds the bot there and sends /start code in it."""
    return f"https://t.me/{context.services.bot_username}?startgroup={code}"


def start_link(bot_username: str, code: str) -> str:
    """As into_chat, for the process that prints the first link."""
    return f"https://t.me/{bot_username}?start={code}"

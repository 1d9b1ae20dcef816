"""How a route is written: a command with its Chinese words, a button."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from handlers import buttons
from handlers.context import Context

Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


def command(name: str, words: tuple[str, ...], callback: Callback) -> list[BaseHandler[Update, Context, None]]:
    """`/name` and, in private chats, a message that begins with one of the Chinese `words`."""
    handlers: list[BaseHandler[Update, Context, None]] = [CommandHandler(name, callback)]
    if words:
        spelled = "|".join(sorted(words, key=len, reverse=True))
        begins = (
            filters.ChatType.PRIVATE
            & filters.UpdateType.MESSAGE
            & filters.Regex(rf"^\s*(?:{spelled})(?:\s|[:：,，]|$)")
        )
        handlers.append(MessageHandler(begins, callback))
    return handlers


def pressed(kind: type[buttons.Press], callback: Callback) -> BaseHandler[Update, Context, None]:
    """A press of one kind of button."""
    return CallbackQueryHandler(callback, pattern=buttons.pattern(kind))

"""How a route is written: a command with its Chinese words, a button."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from handlers import buttons, places
from handlers.context import Context

Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


def command(
    name: str, words: tuple[str, ...], callback: Callback, in_groups: bool = False
) -> list[BaseHandler[Update, Context, None]]:
    """`/name` and, in private chats, a message that begins with one of the Chinese `words`.

    In a group the command is refused with one sentence unless `in_groups`: its answer there is masked.
    """
    callback = _closing_question(callback if in_groups else _in_private(callback))
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


def pressed(
    kind: type[buttons.Press], callback: Callback, in_groups: bool = False
) -> BaseHandler[Update, Context, None]:
    """A press of one kind of button; in a group refused as a command is."""
    return CallbackQueryHandler(callback if in_groups else _in_private(callback), pattern=buttons.pattern(kind))


def _closing_question(callback: Callback) -> Callback:
    """The callback of a command: whoever gives one has left the question that was open."""

    async def heard(update: Update, context: Context) -> None:
        context.closes_question = True
        await callback(update, context)

    return heard


def _in_private(callback: Callback) -> Callback:
    """The callback where nobody else reads along. Anyone can press any data below any message: so in groups nothing
    runs that was not written for them. Who does not belong there hears nothing, as `Context.read` decides."""

    async def guarded(update: Update, context: Context) -> None:
        if not places.is_private(update):
            await context.read(lambda db, actor: None)
            raise places.PrivateOnly
        await callback(update, context)

    return guarded

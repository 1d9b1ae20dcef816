"""How a route is written: a command with its Chinese words, a button."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from handlers import buttons, places
from handlers.context import Context

Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]

ANYTHING = r"(?:\s|[:：,，]|$)"  # what may follow the Chinese word of a command: words, after a mark or blank
NOTHING = r"\W*$"  # of a command without words of its own: 今天：钱大宝说样品通过了 is a note


def command(
    name: str, words: tuple[str, ...], callback: Callback, in_groups: bool = False, then: str = ANYTHING
) -> list[BaseHandler[Update, Context, None]]:
    """`/name` and, in private chats, a message that begins with one of the Chinese `words`.

    `then` is the pattern of what follows such a word; any other message is free text.
    In a group the command is refused with one sentence unless `in_groups`: its answer there is masked.
    """
    callback = _closing_question(callback if in_groups else _in_private(callback))
    handlers: list[BaseHandler[Update, Context, None]] = [Command(name, callback)]
    if words:
        handlers.append(spoken(words, callback, then))
    return handlers


def spoken(words: tuple[str, ...], callback: Callback, then: str) -> BaseHandler[Update, Context, None]:
    """A private message that begins with one of the words, followed by `then`."""
    return said(_opening(words, then), callback)


def said(
    pattern: str | re.Pattern[str], callback: Callback, fits: Callable[[str], object] = bool
) -> BaseHandler[Update, Context, None]:
    """A private message in which the pattern is found, and of which `fits` is true where no pattern says it cheaply."""
    return Said(re.compile(pattern) if isinstance(pattern, str) else pattern, callback, fits)


class Command(CommandHandler[Context, None]):
    """The library's handler of a command, which looks at its name only: most texts are another's, or none."""

    __slots__ = ()

    def check_update(self, update: object) -> Any:
        """As the library's."""
        message = update.effective_message if isinstance(update, Update) else None
        text = message.text if message is not None else None
        return super().check_update(update) if text and self.name_in(text) in self.commands else None

    @staticmethod
    def name_in(text: str) -> str:
        """The name of the command that begins the text; '' where none does.

        >>> Command.name_in("/Find@sales_bot 王总"), Command.name_in("/ 王总"), Command.name_in("王总")
        ('find', '', '')
        """
        name = text[1:].split(maxsplit=1)[:1] if text.startswith("/") and not text[1:2].isspace() else []
        return name[0].partition("@")[0].lower() if name else ""


class Said(BaseHandler[Update, Context, None]):
    """New private texts that fit a pattern: the library's filters, put together, take five times as long to say no."""

    __slots__ = ("fits", "pattern")

    def __init__(self, pattern: re.Pattern[str], callback: Callback, fits: Callable[[str], object] = bool) -> None:
        super().__init__(callback)
        self.pattern = pattern
        self.fits = fits

    def check_update(self, update: object) -> bool:
        """True for those texts."""
        message = update.message if isinstance(update, Update) else None
        text = message.text if message is not None else None
        if not text or message is None or message.chat.type != ChatType.PRIVATE:
            return False
        return bool(self.pattern.search(text) and self.fits(text))


@functools.cache
def _opening(words: tuple[str, ...], then: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*(?:{'|'.join(sorted(words, key=len, reverse=True))}){then}")


class Pressed(CallbackQueryHandler[Context, None]):
    """The presses of one kind of button; `code` begins their data."""

    __slots__ = ("code",)

    def __init__(self, kind: type[buttons.Press], callback: Callback) -> None:
        super().__init__(callback, pattern=buttons.pattern(kind))
        self.code = kind.code


def pressed(
    kind: type[buttons.Press], callback: Callback, in_groups: bool = False
) -> BaseHandler[Update, Context, None]:
    """A press of one kind of button; in a group refused as a command is."""
    return Pressed(kind, callback if in_groups else _in_private(callback))


def _closing_question(callback: Callback) -> Callback:
    """The callback of a command: whoever gives one has left the question that was open."""

    @functools.wraps(callback)
    async def heard(update: Update, context: Context) -> None:
        context.closes_question = True
        await callback(update, context)

    return heard


def _in_private(callback: Callback) -> Callback:
    """The callback where nobody else reads along. Anyone can press any data below any message: so in groups nothing
    runs that was not written for them. Who does not belong there hears nothing, as `Context.read` decides."""

    @functools.wraps(callback)
    async def guarded(update: Update, context: Context) -> None:
        if not places.is_private(update):
            await context.read(lambda db, actor: None)
            raise places.PrivateOnly
        await callback(update, context)

    return guarded

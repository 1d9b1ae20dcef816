"""Which handler an update goes to: the first that takes it, of those that its kind and its characters leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from telegram import Update
from telegram.ext import Application, BaseHandler, CallbackQueryHandler

from handlers.context import Context
from handlers.registry import Command, Pressed, Said
from nlp.sieves import Sieve

Handler = BaseHandler[Any, Context, Any]


class Dispatch(BaseHandler[Any, Context, Any]):
    """Holds the handlers of the bot in their order, and asks the few that may take an update.

    The library asks all five hundred one by one, which was a fifth of the CPU of a note. A set of handlers is a number
    here, with a bit for each: the first handler is the lowest bit.
    """

    def __init__(self, handlers: Sequence[Handler]) -> None:
        super().__init__(handlers[-1].callback)
        self.handlers = tuple(handlers)
        self._presses: dict[str, int] = defaultdict(int)
        self._commands: dict[str, int] = defaultdict(int)
        self._any_press = self._rest = 0
        self._texts = Sieve([(one.pattern, 1 << at) for at, one in enumerate(handlers) if isinstance(one, Said)])
        for at, handler in enumerate(handlers):
            self._file(handler, 1 << at)

    def _file(self, handler: Handler, bit: int) -> None:
        if isinstance(handler, Pressed):
            self._presses[handler.code] |= bit
        elif isinstance(handler, CallbackQueryHandler):
            self._any_press |= bit
        elif isinstance(handler, Command):
            for name in handler.commands:
                self._commands[name] |= bit
        elif not isinstance(handler, Said):
            self._rest |= bit

    def fitting(self, update: object) -> Iterator[tuple[Handler, Any]]:
        """The handlers that take the update, first first, each with what its check gave."""
        left = self._may_take(update)
        while left:
            lowest = left & -left
            left ^= lowest
            handler = self.handlers[lowest.bit_length() - 1]
            check = handler.check_update(update)
            if check is not None and check is not False:
                yield handler, check

    def _may_take(self, update: object) -> int:
        if not isinstance(update, Update):
            return self._rest
        if update.callback_query is not None:
            code = (update.callback_query.data or "").partition(":")[0]
            return self._rest | self._any_press | self._presses.get(code, 0)
        message = update.effective_message
        text = message.text if message is not None else None
        if not text:
            return self._rest
        left = self._rest
        if text.startswith("/"):
            left |= self._commands.get(Command.name_in(text), 0)
        for bit in self._texts.left(text):
            left |= bit
        return left

    def check_update(self, update: object) -> tuple[Handler, Any] | None:
        """The handler that takes the update, with what its check gave; None where none does."""
        return next(self.fitting(update), None)

    async def handle_update(self, update: Any, application: Any, check_result: Any, context: Context) -> Any:
        """Done by the handler found."""
        handler, check = check_result
        return await handler.handle_update(update, application, check, context)


def dispatch_of(application: Application[Any, Context, Any, Any, Any, Any]) -> Dispatch:
    """Where the application looks for a handler."""
    return next(handler for handler in application.handlers[0] if isinstance(handler, Dispatch))

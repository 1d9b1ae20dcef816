"""An everyday question is handled as the line that one would type for it: 谁欠我钱 as 谁欠款."""

from __future__ import annotations

from typing import Any

from telegram import MessageEntity, Update

from handlers.context import Context


async def answer(update: Update, context: Context, line: str) -> None:
    """The handler of the line answers, as if it had been typed; rights and open questions are as for any command."""
    context.retold = True
    typed = as_typed(update, line)
    application: Any = context.application
    for handler in application.handlers[0]:
        check = handler.check_update(typed)
        if check is not None and check is not False:
            await handler.handle_update(typed, application, check, context)
            return


def as_typed(update: Update, line: str) -> Update:
    """The update with the line as its text."""
    data = update.to_dict()
    message = data["message"]
    message["text"] = line
    message.pop("entities", None)
    if line.startswith("/"):
        command = {"type": MessageEntity.BOT_COMMAND, "offset": 0, "length": len(line.split(maxsplit=1)[0])}
        message["entities"] = [command]
    return Update.de_json(data, update.get_bot())

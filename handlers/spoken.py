"""An everyday question is handled as the line that one would type for it: 谁欠我钱 as 谁欠款."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session
from telegram import MessageEntity, Update

from crm import drafts, members, named, understanding
from crm.members import Actor
from crm.tables import Customer
from handlers import places, registry
from handlers.context import Context
from handlers.dispatch import dispatch_of
from handlers.registry import Callback
from handlers.say import Button
from handlers.texts import doubts as doubt_texts
from nlp import simplified

KIND = "answered"  # of the draft: no question stands below it, its button makes a note of what was answered
_ASKS_OUTRIGHT = re.compile("[?？]")


async def offer_note(update: Update, context: Context, text: str) -> None:
    """The answer will carry [记到 孙丽] where the text names her without a question mark: something may be told."""
    if _ASKS_OUTRIGHT.search(text) or not places.is_private(update):
        return
    customer = await context.read(lambda db, actor: named_in(db, actor, text))
    if customer is None:
        return

    def row(db: Session, actor: Actor) -> tuple[Button, ...]:
        data = {"message_id": context.origin.message_id, "chat_id": context.origin.chat_id}
        draft = drafts.keep(db, actor, KIND, text, data, context.written_at)
        return (doubt_texts.as_note(customer, (customer,), draft.draft_id),)

    context.put_beside(row)


def named_in(db: Session, actor: Actor, text: str) -> Customer | None:
    """The customer whom most of the text's characters name; 小李, who is a colleague, names no customer Li."""
    for _, name in members.who_is_named(db, actor.team_id, text):
        text = text.replace(name, " ")
    rows = understanding.touched(db, actor, text).values()
    said = max(rows, key=lambda row: len(named.words_for(row, text)), default=None)
    return said if said is not None and named.words_for(said, text) else None


async def answer(update: Update, context: Context, line: str) -> None:
    """The handler of the line answers, as if it had been typed; rights and open questions are as for any command."""
    context.retold = True
    await pass_on(as_typed(update, line), context)


async def pass_on(update: Update, context: Context, after: Callback | None = None) -> None:
    """The update goes to the first handler that takes it, but for that of `after`."""
    application: Any = context.application
    for handler, check in dispatch_of(application).fitting(update):
        if after is None or handler.callback is not after:
            await handler.handle_update(update, application, check, context)
            return


async def retyped(update: Update, context: Context, text: str) -> bool:
    """True where the text in simplified characters is a command, which answers: 本月業績, 訂單 黃太 3600.

    What follows the words of the command is left as it was typed: 記 郭海 覺得貴 stores 郭海 覺得貴.
    """
    plain = simplified.spoken(text)
    if plain == text or not places.is_private(update):
        return False
    application: Any = context.application
    anew = as_typed(update, plain)
    for handler, _ in dispatch_of(application).fitting(anew):
        if isinstance(handler, registry.Said):
            if handler.check_update(update):
                continue  # it has seen this and passed it on: it would for ever
            command = handler.pattern.search(plain)
            line = plain[: command.end()] + text[command.end() :] if command else plain
            kept = as_typed(update, line)
            anew = kept if handler.check_update(kept) else anew
            await handler.handle_update(anew, application, True, context)
            return True
    return False


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

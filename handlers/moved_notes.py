"""A note that went to the wrong customer, put right in words: 刚才那条不是孙丽是李娜, 记错人了."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import entries, notes, recent, search
from crm.members import Actor
from handlers import arguments, ownership, places, registry
from handlers import notes as note_handlers
from handlers.context import Context
from handlers.texts import notes as texts

_LAST = r"(?:刚才|刚刚|上面|上一?|最后|这|那)(?:那|这)?(?:一?条|个|句)?(?:笔记|记录|的)?"
_SLIP = "(?:记|写|搞|弄)错(?:人|客户)?(?:名下)?了?"
SAID = re.compile(
    rf"^\s*(?:{_LAST}\s*{_SLIP}|{_SLIP.replace('?(?:名下)', '(?:名下)')}|{_LAST})[,，。\s]*"
    r"(?:不是[^,，。\s]{1,8}?的?[,，。\s]*)?(?:(?:应该)?(?:是|记到|改到|归|改记到?)(?P<who>[^,，。\s\d]{2,8}?)(?:的|名下)*)?[了吧。!！\s]*$"
)
OTHERS = 3  # customers offered for a note taken back


async def move_in_words(update: Update, context: Context) -> None:
    """The last note goes to the customer named; where none is for sure it is taken back, and others are offered."""
    match = SAID.match(arguments.text_of(update))
    who = match["who"] if match else None
    note_id = await context.read(lambda db, actor: recent.last_note(db, actor, context.now))
    is_slip = bool(match) and (who is not None or "错" in arguments.text_of(update))
    if note_id is None or not is_slip or not places.is_private(update):
        await ownership.as_free_text(update, context)
        return
    await context.commit(lambda db, actor: _move(db, actor, context, note_id, who or ""))


def _move(db: Session, actor: Actor, context: Context, note_id: int, who: str) -> None:
    found = search.find(db, actor, who, 2).customers if who else []
    if len(found) == 1:
        notes.move(db, actor, note_id, found[0].customer_id, context.now)
        made = entries.of_note(db, actor, note_id)
        context.reply(db, note_handlers.said(made, actor, context, texts.MOVED))
        return
    note, customer = notes.remove(db, actor, note_id, context.now)
    context.reply(db, texts.removed(customer, note, found or search.alike(db, actor, customer, OTHERS)))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.said(SAID, move_in_words)]

"""Several notes that went to the wrong customer, put right in words: 刚才那两条是Mark的 不是Sarah的."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import attribution, customers, notes, search
from crm.members import Actor
from handlers import arguments, buttons, ownership, places, registry
from handlers.context import Context
from handlers.texts import notes as texts

_NUMBERS = {"两": 2, "二": 2, "俩": 2, "三": 3, "四": 4, "五": 5}
_NOT_HIS = r"(?:[,，。\s]*(?:而|都)*不是(?P<{0}>[^,，。\s]{{1,12}}?)的?)"
SAID = re.compile(
    r"^\s*(?:(?:哦|啊|噢)?(?:不对|不是|错了|搞错了|记错了|弄错了|等等)[,，。!！\s]*)?(?:刚才|刚刚|上面|前面|最后|上|这|那)+的?(?:那|这)?"
    r"(?P<number>[两二俩三四五2-5])[条句个](?:笔记|记录|消息)?(?:记错了?|错了|搞错了)?[,，\s]*"
    rf"{_NOT_HIS.format('wrong')}?[,，\s]*(?:都|应该|全)*(?:是|改?记到|改到|归)(?P<who>[^,，。\s\d]{{2,12}}?)(?:的|名下)*"
    rf"{_NOT_HIS.format('not_of')}?[了吧。!！\s]*$"
)


async def move_in_words(update: Update, context: Context) -> None:
    """The last notes go to the customer named, with their tasks; where they are not so many, it is free text."""
    match = SAID.match(arguments.text_of(update))
    wrong = (match["wrong"] or match["not_of"] or "") if match else ""

    def look(db: Session, actor: Actor) -> tuple[int, list[int]] | None:
        found = search.find(db, actor, match["who"], 2).customers if match else []
        if match is None or len(found) != 1:
            return None
        number = _NUMBERS.get(match["number"]) or int(match["number"])
        others = [one.customer_id for one in search.find(db, actor, wrong, 5).customers] if wrong else []
        if wrong and not others:
            return None
        note_ids = attribution.last_notes(db, actor, number, found[0].customer_id, others, context.now)
        return (found[0].customer_id, note_ids) if len(note_ids) == number else None

    meant = await context.read(look)
    if meant is None or not places.is_private(update):
        await ownership.as_free_text(update, context)
        return
    to_id, note_ids = meant

    def work(db: Session, actor: Actor) -> None:
        draft = attribution.give_notes(db, actor, note_ids, to_id, context.now)
        moved = [notes.get(db, actor, note_id)[0] for note_id in note_ids]
        context.reply(db, texts.several_moved(customers.get(db, actor, to_id), moved, draft.draft_id))

    await context.commit(work)


async def undo(update: Update, context: Context) -> None:
    """[撤销]"""
    draft_id = context.press(buttons.UndoNotesMoved).draft_id
    await context.commit(
        lambda db, actor: context.edit(db, texts.several_back(attribution.give_back(db, actor, draft_id, context.now)))
    )


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.said(SAID, move_in_words), registry.pressed(buttons.UndoNotesMoved, undo)]

"""A note that went to the wrong customer, put right in words: 刚才那条不是孙丽是李娜, 记错人了."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import entries, named, notes, recent, search
from crm.members import Actor
from crm.tables import Customer
from handlers import arguments, ownership, places, registry
from handlers import notes as note_handlers
from handlers.context import Context
from handlers.texts import notes as texts

_LAST = r"(?:刚才|刚刚|刚|上面|上一?|最后|这|那)(?:那|这)?"
_NOTE = "(?:一?[条句](?:笔记|记录)?|笔记|记录)"
_SLIP = "(?:记|写|搞|弄)错(?:人|客户)?(?:名下)?了?"
_OF_WHOM = "(?:记|写|搞|弄)错(?:人|客户)(?:名下)?了?"
SAID = re.compile(
    rf"^\s*(?!.*(?:什么|谁|哪|吗|多少|[?？]))(?:{_LAST}{_NOTE}?\s*{_SLIP}|{_OF_WHOM}|{_LAST}{_NOTE}|(?=不是))[,，。\s]*"
    r"(?:不是[^,，。\s]{1,8}?的?[,，。\s]*)?"
    r"(?:(?:应该)?(?:是|记到|改到|归|改记到?)(?P<who>[^,，。\s\d]{2,8}?)(?:说的|的|名下)*)?[了吧。!！\s]*$"
)
OTHERS = 3  # customers offered for a note taken back


async def move_in_words(update: Update, context: Context) -> None:
    """The last note goes to the customer named; where a slip is told and none is meant for sure, it is taken back.

    这条是大客户 names nobody and tells of no slip: it is read like any other text.
    """
    text = arguments.text_of(update)
    match = SAID.match(text)
    who = (match["who"] if match else None) or ""
    note_id, found = await context.read(lambda db, actor: _meant(db, actor, context, who, text))
    is_told = match is not None and ("错" in text or len(found) == 1)
    if note_id is None or not is_told or not places.is_private(update):
        await ownership.as_free_text(update, context)
        return
    await context.commit(lambda db, actor: _move(db, actor, context, note_id, who))


def _meant(db: Session, actor: Actor, context: Context, who: str, text: str) -> tuple[int | None, list[Customer]]:
    """The last note, and up to two customers of that name; no note where an order was entered since.

    不是孙丽是李娜 alone means a note that is of 孙丽.
    """
    last = recent.last(db, actor, context.now)
    note_id = recent.last_note(db, actor, context.now) if last is None or last.kind != "order" else None
    if note_id is not None and text.lstrip().startswith("不是"):
        note_id = note_id if named.person_words(notes.get(db, actor, note_id)[1], text) else None
    return note_id, search.find(db, actor, who, 2).customers if who else []


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

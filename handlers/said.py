"""翻记录 涨价, 谁提到过竞品, 昨天我记了啥: what was said in notes, with day and customer."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import said
from crm.members import Actor
from handlers import arguments, buttons, pages, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import said as texts
from nlp import lazy, names, simplified

WORDS = ("翻记录", "查记录", "搜记录")
KIND = "said"
SHOWN = 5
SHORTEST = 2  # Chinese characters that are sought in notes without 翻记录
_HAN = lazy.regex("[一-鿿]")
_WHO_ASKED = lazy.regex(
    "^(?:请问|查一?[查下]|看看)?(?:谁|哪[些个位]?(?:老?客户|人)?|有没有(?:谁|人|客户)?|有谁)(?:家里?|的)?(?:是|在|对|有|会)?"
)


async def search(update: Update, context: Context) -> None:
    """/said 涨价; without words how to ask."""
    typed = arguments.after(update, WORDS)

    def work(db: Session, actor: Actor) -> None:
        if not typed:
            context.reply(db, Say(texts.HOW_TO))
            return
        pages.first(db, actor, context, KIND, typed, _page)

    await context.commit(work)


def held(db: Session, actor: Actor, context: Context, query: str) -> str:
    """The words of the query that notes hold (谁对酒精过敏), else ''. Never in a group."""
    if context.receipt.chat_id < 0:
        return ""
    words = _WHO_ASKED.sub("", simplified.plain(query)).strip(" 的吗呢吧了啊?？。！!")
    if len(_HAN.findall(words)) < SHORTEST or names.looks_like_name(words):
        return ""
    wanted = said.asked(db, actor, words, context.now)
    if not wanted.sought.terms or not (found := said.find(db, actor, wanted, 1)).notes or found.instead:
        return ""
    return words


def list_held(db: Session, actor: Actor, context: Context, words: str) -> None:
    """The first page of the notes that hold the words is the reply."""
    pages.first(db, actor, context, KIND, words, _page)


async def more(update: Update, context: Context) -> None:
    """[更多]"""
    press = context.press(buttons.MoreSaid)
    await pages.turn(context, KIND, press.draft_id, press.offset, _page)


def _page(db: Session, actor: Actor, context: Context, typed: str, draft_id: int, offset: int) -> Say:
    wanted = said.asked(db, actor, typed, context.now)
    found = said.find(db, actor, wanted, SHOWN, offset)
    following = offset + SHOWN if found.more else None
    return texts.page(wanted, found, actor, context.now, draft_id, following)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [*registry.command("said", WORDS, search), registry.pressed(buttons.MoreSaid, more)]

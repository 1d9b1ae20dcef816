"""What lies ahead: /today 明天, 这周要拜访谁."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import agenda_ahead
from crm.members import Actor
from handlers import buttons, pages, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import ahead as texts
from nlp.spoken import ahead

KIND = "ahead"


async def show(update: Update, context: Context, words: str) -> None:
    """The days that the words name."""
    await context.commit(lambda db, actor: pages.first(db, actor, context, KIND, words, _page))


async def more(update: Update, context: Context) -> None:
    """[更多]"""
    press = context.press(buttons.MoreAhead)
    await pages.turn(context, KIND, press.draft_id, press.offset, _page)


def _page(db: Session, actor: Actor, context: Context, words: str, draft_id: int, offset: int) -> Say:
    today = actor.today(context.now)
    first, last = ahead.days(words, today) or (today, today)
    found = agenda_ahead.find(db, actor, first, last)
    return texts.page(words, (first, last), found, actor, context.now, draft_id, offset)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.pressed(buttons.MoreAhead, more)]

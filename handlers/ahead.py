"""What lies ahead: /today 明天, 这周要拜访谁, 小周明天要干什么."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import agenda_ahead, members
from crm.members import Actor
from handlers import buttons, pages, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import ahead as texts
from nlp.spoken import ahead

KIND = "ahead"
ALL = "全部提醒"  # every open task, whenever it is due
TODAY = ("今天", "今日", "今儿")  # with a name before: his own day has a list of its own


async def show(update: Update, context: Context, words: str) -> None:
    """The days that the words name."""
    await context.commit(lambda db, actor: pages.first(db, actor, context, KIND, words, _page))


async def more(update: Update, context: Context) -> None:
    """[更多]"""
    press = context.press(buttons.MoreAhead)
    await pages.turn(context, KIND, press.draft_id, press.offset, _page)


def is_named(words: str, today: date) -> bool:
    """True for days to come, and for a name with days after it: 小周 今天."""
    name, _, when = words.rpartition(" ")
    return words == ALL or ahead.days(when, today) is not None or (bool(name) and when in TODAY)


def _page(db: Session, actor: Actor, context: Context, words: str, draft_id: int, offset: int) -> Say:
    today = actor.today(context.now)
    if words == ALL:
        return texts.all_open(agenda_ahead.all_open(db, actor), actor, context.now, draft_id, offset)
    name, _, when = words.rpartition(" ")
    mate = members.find_called(db, actor, name) if name else None
    if name and mate is None:
        return texts.nobody(name)
    first, last = ahead.days(when, today) or (today, today)
    found = agenda_ahead.find(db, actor, first, last, mate.member_id if mate is not None else None)
    return texts.page(words, (first, last), found, actor, context.now, draft_id, offset)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.pressed(buttons.MoreAhead, more)]

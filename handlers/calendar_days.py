"""A day that is asked for by another calendar (下个月初八是什么日子): the almanac answers, nothing is kept."""

from __future__ import annotations

from telegram import Update

from handlers import arguments, places
from handlers.context import Context
from handlers.say import Say
from handlers.texts import calendar_days as texts
from nlp.spoken import calendar_days


async def take(update: Update, context: Context) -> bool:
    """The day is said in both calendars; False for any other text."""
    text = arguments.text_of(update)
    if not places.is_private(update):
        return False
    on = await context.read(lambda db, actor: calendar_days.asked(text, actor.local(context.written_at)))
    if on is None:
        return False
    await context.commit(lambda db, actor: context.reply(db, Say(texts.told(on))))
    return True

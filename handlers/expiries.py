"""查到期 4月：车险, 谁的卡快到期了: what runs out in the days to come, by day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import expiries
from crm.members import Actor
from handlers import arguments, registry
from handlers.context import Context
from handlers.texts import expiries as texts
from nlp.spoken import ahead

WORDS = ("查到期",)
SOON = timedelta(days=30)  # where no days are named: 快到期


async def show(update: Update, context: Context) -> None:
    """查到期; 查到期 下个月; 查到期 4月：车险"""
    words, _, goods = arguments.after(update, WORDS).partition("：")

    def work(db: Session, actor: Actor) -> None:
        today = actor.today(context.now)
        first, last = _days(words.strip(), today)
        found = expiries.find(db, actor, first, last, goods.strip())
        context.reply(db, texts.page((first, last), goods.strip(), found, today))

    await context.commit(work)


def _days(words: str, today: date) -> tuple[date, date]:
    return ahead.days(words, today) or (today, today + SOON)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.spoken(WORDS, show, registry.ANYTHING)]

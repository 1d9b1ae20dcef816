"""The almanac in chat: which day a festival is, which ones lie ahead; and the notice about working days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from almanac import festivals, lunar, workdays
from crm.members import Actor
from crm.tables import Outbox
from handlers import arguments, registry
from handlers.context import Context
from handlers.say import Say, Skip
from handlers.texts import calendars as texts
from nlp import when
from nlp.spoken import ahead, lunar_days

DAY, FESTIVALS = ("查日子",), ("查节日",)
SOON = timedelta(days=60)  # of festivals, where no days are named


async def tell_day(update: Update, context: Context) -> None:
    """查日子 明年春节; 查日子 农历三月初八"""
    words = arguments.after(update, DAY)

    def work(db: Session, actor: Actor) -> None:
        today = actor.today(context.now)
        on = _meant(words, actor.local(context.now), today)
        context.reply(db, Say(texts.UNKNOWN_DAY) if on is None else texts.day_of(words, on, _lunar(on), today))

    await context.commit(work)


async def list_festivals(update: Update, context: Context) -> None:
    """查节日 4月; 查节日"""
    words = arguments.after(update, FESTIVALS)

    def work(db: Session, actor: Actor) -> None:
        today = actor.today(context.now)
        first, last = (today, today) if words.startswith("今") and words != "今年" else _days(words, today)
        context.reply(db, texts.festivals(words, _between(first, last), _between(first, first + SOON), today))

    await context.commit(work)


def _days(words: str, today: date) -> tuple[date, date]:
    return ahead.days(words, today) or (today, today + SOON)


def _meant(words: str, now: datetime, today: date) -> date | None:
    """The day of the words: a festival by its next one, where no year is said."""
    if (of_month := lunar_days.of_month(words, today)) is not None:
        return of_month
    found = when.first(words, now)
    if found is not None and found.on is not None:
        return found.on
    coming = (festivals.date_of(words, year) for year in (today.year, today.year + 1))
    return next((on for on in coming if on is not None and on >= today), None)


def _lunar(on: date) -> str:
    """The lunar day in words, or nothing where the table ends."""
    try:
        found = lunar.from_solar(on)
    except lunar.ImpossibleLunarDate:
        return ""
    return lunar.spoken(found.month, found.day, found.leap)


def _between(first: date, last: date) -> list[festivals.Festival]:
    found = [one for year in range(first.year, last.year + 1) for one in festivals.in_year(year)]
    return [one for one in found if first <= one.on <= last]


def render_notice(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """What is not known, unless it is by now."""
    year = int(row.payload["year"])
    return Skip(texts.KNOWN) if workdays.is_announced(year) else texts.unknown(year)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.spoken(DAY, tell_day, registry.ANYTHING),
        registry.spoken(FESTIVALS, list_festivals, registry.ANYTHING),
    ]

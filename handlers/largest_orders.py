"""最大的订单 这个月, 谁的单子最大: the largest single orders, each with its customer and who sold it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import largest_orders
from crm.members import Actor
from handlers import arguments, registry
from handlers.context import Context
from handlers.texts import largest_orders as texts
from nlp.questions import Period, periods

WORDS = ("最大的订单",)
USUAL = 90  # days, where none are named: as for the figures of orders
THEN = r"(?:\s+\S{1,8})?\s*$"


async def show(update: Update, context: Context) -> None:
    """最大的订单; 最大的订单 上个月"""
    words = arguments.after(update, WORDS).strip()

    def look(db: Session, actor: Actor) -> None:
        days = _days(words, actor.today(context.now))
        found = largest_orders.find(db, actor, days)
        context.reply(db, texts.page(days, found, actor, context.now))

    await context.commit(look)


def _days(words: str, today: date) -> Period:
    found = periods.at(words, 0, today) if words else None
    return found[0] if found is not None else periods.last(USUAL, today)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.spoken(WORDS, show, THEN)]

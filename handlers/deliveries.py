"""[提醒我 3月25日 送货] below an order that tells when its goods go out: the day becomes a task of the rep's own."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import deliveries, parts_received
from crm.members import Actor
from crm.orders import Placed
from handlers import buttons, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import order_changes as change_texts
from handlers.texts import orders as texts
from handlers.texts import tasks as task_texts
from nlp import reader
from nlp.reader import deliveries as told_deliveries


def beside(actor: Actor, card: Say, text: str, placed: Placed, at: datetime) -> Say:
    """The card of an order with a button for each day on which its words tell that goods go out.

    Where the words tell a step of our own (下周三我去送) that one is planned, and nothing is offered.
    """
    local = actor.local(at)
    if placed.order.amount_fen <= 0 or not (told := told_deliveries.told(text, local)):
        return card
    if reader.beside_order(text, local) is not None:
        return card
    rows = tuple((texts.remind_of(one, placed.order.order_id),) for one in told)
    return dataclasses.replace(card, rows=(*rows, *card.rows))


def removed(db: Session, actor: Actor, placed: Placed, also: str = "") -> Say:
    """The card of an order taken back, with a button for each task by which its goods were to go out."""
    card = texts.with_kept(change_texts.cancelled(placed, also), parts_received.paid_fen(db, placed.order))
    return texts.with_left(card, deliveries.left_of(db, actor, placed.order))


async def remind(update: Update, context: Context) -> None:
    """[提醒我 3月25日 送货]; a second time shows the task that there is."""
    press = context.press(buttons.RemindOfDelivery)

    def work(db: Session, actor: Actor) -> None:
        errand = deliveries.plan(db, actor, press.order_id, press.what, _day(press.on), context.now)
        context.reply(db, task_texts.card(errand, actor.zone, context.now))

    await context.commit(work)


def _day(number: int) -> date:
    try:
        return date.fromordinal(number)
    except (ValueError, OverflowError) as error:  # data that a foreign client made up
        raise buttons.StaleButton("delivery") from error


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.pressed(buttons.RemindOfDelivery, remind)]

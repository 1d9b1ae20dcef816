"""50套 22: whether that is the price of one or of all is asked, each answer with what it makes."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import drafts, order_drafts, unit_prices
from crm.members import Actor
from crm.order_matching import Match
from crm.tables import Draft
from crm.understanding import Understanding
from handlers import arguments, buttons, orders, places, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import orders as texts


def ask(db: Session, actor: Actor, context: Context, seen: Understanding) -> bool:
    """True where the only number of the order may be either: it waits for a tap, or for a word."""
    doubted = unit_prices.doubted(db, actor, seen)
    if doubted is None or seen.customer is None:
        return False
    new, _ = orders.as_read(seen, actor, context.written_at, doubted.all_fen)
    data = order_drafts.waiting(new, Match(seen.customer, [], new.product), (), context.origin)
    data |= unit_prices.held(doubted, seen.customer)
    draft = drafts.keep(db, actor, orders.KIND, seen.text, data, context.now)
    context.reply(db, texts.each_or_all(doubted, seen.customer, draft.draft_id))
    return True


async def answer(update: Update, context: Context) -> bool:
    """True where the text answers the question that was asked last: 单价, 总价, 每盒22, 1100, 第二个."""
    text = arguments.text_of(update)
    if not (unit_prices.may_answer(text) and places.is_private(update)):
        return False
    at = context.written_at
    if await context.read(lambda db, actor: unit_prices.answered(db, actor, text, at)) is None:
        return False

    def work(db: Session, actor: Actor) -> None:
        found = unit_prices.answered(db, actor, text, at)
        if found is None:
            raise buttons.StaleButton("order")
        waiting, is_each = found
        draft = drafts.take(db, actor, waiting.draft_id, context.now, (orders.KIND,))
        context.reply(db, _booked(db, actor, context, draft, int(draft.data["customer_id"]), is_each))

    await context.commit(work)
    return True


async def by_piece(update: Update, context: Context) -> None:
    """[单价 …]: the number is the price of one."""
    press = context.press(buttons.OrderByPiece)

    def work(db: Session, actor: Actor) -> None:
        draft = drafts.take(db, actor, press.draft_id, context.now, (orders.KIND,))
        if "each_fen" not in draft.data:  # the message was edited since
            raise buttons.StaleButton("order")
        context.edit(db, _booked(db, actor, context, draft, press.customer_id, is_each=True))

    await context.commit(work)


def _booked(db: Session, actor: Actor, context: Context, draft: Draft, customer_id: int, is_each: bool) -> Say:
    if is_each:
        draft.data = draft.data | {"amount_fen": draft.data["each_fen"]}
    return orders.booked(db, actor, draft, customer_id, context.now)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.pressed(buttons.OrderByPiece, by_piece)]

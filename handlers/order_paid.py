"""Stored orders told to be paid: 把王芳58标成已收款, 吴丹那单收过了; and 王芳 58收到了 where that is open today."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session
from telegram import Update

from crm import colleague_names, credit, named, order_paid, orders, paid_marks, recent
from crm.members import Actor
from crm.tables import Order
from crm.understanding import Understanding
from handlers import doubts, payments, places, waiting_entries
from handlers.context import Context
from handlers.say import Say
from handlers.texts import credit as credit_texts
from handlers.texts import orders as texts
from nlp.reader import order_paid as words
from nlp.reader import paid_whole
from nlp.reader.order_paid import Paid

MEANT_BY = ("note", "order", "unclear", "done", "update", "find")  # readings that may tell so


async def take(update: Update, context: Context, seen: Understanding, of_money: bool) -> bool:
    """The one order that is meant is paid; False where the message tells of none.

    of_money: its words may tell of money that came in.
    """
    is_read = seen.line is None and seen.question is None and not seen.reading.parts
    if not is_read or seen.action not in MEANT_BY or not places.is_private(update):
        return False
    whose = payments.whose(seen)
    called = next((name for row in whose if (name := named.words_for(row, seen.text))), "")
    paid = words.told(seen.text, called)
    if paid is None:
        return await _take_again(context, seen) or (of_money and await _take_money(context, seen))

    def look(db: Session, actor: Actor) -> int | None:
        found = _meant(db, actor, context, seen, paid)
        return found.order_id if found is not None else None

    order_id = await context.read(look)
    if order_id is None:
        if paid.is_marked and whose:  # it is no new order either
            asked = replace(seen.reading, action="unclear", ask="instruction", customer=None, confidence=0.3, likely=())
            unclear = replace(seen, reading=asked, customer=None, candidates=whose)
            await doubts.unclear_understood(update, context, unclear)
        return paid.is_marked and bool(whose)
    await context.commit(lambda db, actor: context.reply(db, paid_card(db, actor, context, order_id)))
    return True


def _meant(db: Session, actor: Actor, context: Context, seen: Understanding, paid: Paid) -> Order | None:
    whose = [row.customer_id for row in payments.whose(seen)]
    if not whose:  # 刚才那单收过钱了
        last_id = recent.last_order(db, actor, context.now)
        whose = [orders.get(db, actor, last_id).customer.customer_id] if last_id is not None else []
    elif any(colleague_names.may_be_in(db, actor, row, seen.text) for row in payments.whose(seen)):
        return None
    found = order_paid.find(db, actor, whose, paid.fen, context.now)
    return found or (order_paid.paid_before(db, actor, whose, paid.fen, context.now) if paid.is_marked else None)


async def _take_again(context: Context, seen: Understanding) -> bool:
    """True where the order just entered is told again with its payment: 王芳 剪发 58, then 王芳 剪发 58 微信收了."""
    fen, product = seen.reading.amount_fen, seen.reading.product
    is_over = words.is_over(seen.text)  # 王芳剪发58收过钱了: of an order before
    if seen.action != "order" or not fen or not product or not (is_over or paid_whole.is_told(seen.text, fen)):
        return False

    def look(db: Session, actor: Actor) -> int | None:
        only = payments.of_one(db, actor, seen)
        if only is None:
            return None
        if is_over:
            return order_paid.of_goods(db, actor, only, fen, product, context.now)
        found = order_paid.of_today(db, actor, only, fen, actor.today(context.now))
        is_same = found is not None and found.product == product
        is_new = found is not None and found.created_at >= context.now - orders.TWICE_WITHIN
        return found.order_id if found is not None and is_same and is_new else None

    order_id = await context.read(look)
    if order_id is None:
        return False
    await context.commit(lambda db, actor: context.reply(db, paid_card(db, actor, context, order_id)))
    return True


async def _take_money(context: Context, seen: Understanding) -> bool:
    """True where money of the sum of today's open order came in, or of one paid in part, and nothing else is told."""
    if seen.reading.product:
        return False

    def look(db: Session, actor: Actor) -> int | None:
        paid = payments.told(actor, seen, context.written_at)
        if paid is None or paid.is_of_both or paid.rest_told or paid.is_ahead or paid.off is not None:
            return None  # handlers/payments.py books or asks
        only, today = payments.of_one(db, actor, seen), actor.today(context.now)
        if only is None or paid.on not in (None, today):
            return None
        found = order_paid.in_part(db, actor, only, paid.fen, today)
        if found is None and not (paid.is_of_sold or paid.settles):
            found = order_paid.of_today(db, actor, only, paid.fen, today)
        return found.order_id if found is not None else None

    order_id = await context.read(look)
    if order_id is None:
        return False
    await context.commit(lambda db, actor: context.reply(db, paid_card(db, actor, context, order_id)))
    return True


def paid_card(db: Session, actor: Actor, context: Context, order_id: int) -> Say:
    """The order is marked; where it is booked as a debt, or a part of it as paid, the payment of what is left is."""
    placed, today = orders.get(db, actor, order_id), actor.today(context.now)
    order, customer_id = placed.order, placed.customer.customer_id
    left_fen = order_paid.rest_fen(db, order, today)
    if left_fen == 0:
        return credit_texts.page(credit.of(db, actor, customer_id, context.now), credit_texts.ALL_PAID)
    if left_fen is not None:
        card = waiting_entries.paid(db, actor, customer_id, left_fen, today, context.now, True)
        return texts.with_rest(card, order.amount_fen, left_fen)
    if order_paid.is_owed(db, order) and not order.is_paid:
        return waiting_entries.paid(db, actor, customer_id, order.amount_fen, today, context.now)
    return texts.paid(paid_marks.mark(db, actor, order_id, context.now), actor.zone, context.now)

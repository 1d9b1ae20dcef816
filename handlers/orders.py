"""Orders and returns: /order 张伟 12000 螺栓M8."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import (
    awaiting,
    customers,
    drafts,
    errands,
    leads,
    named,
    order_debts,
    order_drafts,
    order_lines,
    order_matching,
    orders,
    paid_ahead,
    parts_received,
    returned,
    shown_last,
    tasks,
    understanding,
)
from crm.customers import Origin, Profile
from crm.members import Actor
from crm.order_lines import OrderLine
from crm.order_matching import Match
from crm.orders import NewOrder, Placed
from crm.tables import Customer, Draft
from crm.understanding import Understanding
from handlers import arguments, buttons, deliveries, places, registry, wins
from handlers.context import Context
from handlers.say import Say
from handlers.texts import credit as credit_texts
from handlers.texts import customers as customer_texts
from handlers.texts import orders as texts
from handlers.texts import tasks as task_texts
from nlp.fields import charges, currencies
from nlp.reader import goods, goods_names, order_changes, order_instead, paid_whole

WORDS = ("订单", "下单")
QUESTION = "order"
KIND = "order"
RESTORED, THERE = "✅ 订单已恢复", "✅ 订单在，没有撤销"
A_SENTENCE = 14  # characters: shorter is an order with a slip


async def add_order(update: Update, context: Context) -> None:
    """/order, 订单, 下单; free text where it changes an order (订单取消) or merely begins with the word."""
    from handlers import messages  # it lists this module's handlers, so it is imported when they are there

    text = arguments.after(update, WORDS)
    typed = arguments.text_of(update)
    is_sentence = len(text) > A_SENTENCE and not any(char.isdigit() for char in text)
    is_told = not typed.startswith("/") and (is_sentence or order_changes.told(typed, context.written_at))
    await (messages.take_text(update, context) if is_told else _take(update, context, text))


async def order_read(update: Update, context: Context, seen: Understanding) -> None:
    """A free message that speaks of an order: the reader has found its customer, amount, product and day."""
    from handlers import asked_totals, unit_prices  # they keep what this module books

    reading = seen.reading

    def work(db: Session, actor: Actor) -> None:
        if unit_prices.ask(db, actor, context, seen):
            return
        if reading.amount_fen is None:
            asked_totals.ask(db, actor, context, seen, missing(seen.text))
            return
        new, match = as_read(seen, actor, context.written_at, reading.amount_fen)
        save(db, actor, context, seen.text, new, match, offers=new.amount_fen > 0)  # of a return: lowered_debts
        step = errands.beside_order(actor, seen.text, context.written_at)
        if step is not None and match.customer is not None:
            errand = tasks.add(db, actor, match.customer.customer_id, step, context.now)
            context.reply(db, task_texts.card(errand, actor.zone, context.now))

    await context.commit(work)


def as_read(seen: Understanding, actor: Actor, at: datetime, fen: int) -> tuple[NewOrder, Match]:
    """The order that the reader found in a free message, and whose it may be; a return is less than nothing."""
    reading, line = seen.reading, order_lines.read(order_instead.without_missaid(seen.text), actor.local(at))
    fen = -abs(fen) if (line.amount_fen or 0) < 0 else fen
    product, quantity = goods_names.apart(reading.product, goods.pieces(reading.product, line.quantity))
    new = NewOrder(fen, reading.ordered_on or actor.today(at), product, quantity)
    return new, Match(seen.customer, seen.candidates[: order_matching.SHOWN], product)


def missing(text: str) -> str:
    """The sentence about an amount that was not read."""
    if order_lines.is_contradicted(text):
        return texts.CONTRADICTED
    if charges.beside(text):
        return texts.UNSURE_AMOUNT
    return texts.SEVERAL_AMOUNTS if order_lines.is_unsummed(text) else texts.NO_AMOUNT


async def take_order(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The text after [下单]: amount and product of the customer asked about."""
    text, customer_id = arguments.after(update, WORDS), int(asked["customer_id"])
    line = await context.read(lambda db, actor: order_lines.read(text, actor.local(context.written_at)))

    def work(db: Session, actor: Actor) -> None:
        if line.amount_fen is None:
            context.reply(db, Say(missing(text)))
            return
        awaiting.drop(db, actor)
        customer = customers.get(db, actor, customer_id)
        product = order_matching.product(line.rest, {customer.name})
        save(db, actor, context, text, as_typed(line, product), Match(customer, [], product))

    await context.commit(work)


async def _take(update: Update, context: Context, text: str) -> None:
    replied_to, chat_id = arguments.replied_to(update), context.receipt.chat_id

    def look(db: Session, actor: Actor) -> tuple[OrderLine, Match]:
        places.require_private(update)
        line = order_lines.read(text, actor.local(context.written_at))
        replied = understanding.replied_customer(db, actor, chat_id, replied_to) if replied_to else None
        return line, order_matching.find(db, actor, line.rest, replied)

    line, match = await context.read(look)

    def work(db: Session, actor: Actor) -> None:
        if line.amount_fen is None:
            context.reply(db, texts.unclear(missing(text) if text else texts.HOW_TO, text))
            return
        save(db, actor, context, text, as_typed(line, match.product), match, line.rest)

    await context.commit(work)


def save(
    db: Session,
    actor: Actor,
    context: Context,
    text: str,
    new: NewOrder,
    match: Match,
    words: tuple[str, ...] = (),
    offers: bool = True,
) -> None:
    """The order is stored and shown, or a draft asks whose it is; `offers`: what it tells to be unpaid is offered."""
    new = with_words(new, text)
    if match.customer is not None:
        if offers and ask_return(db, actor, context, text, new, match.customer):
            return
        placed = orders.add(db, actor, match.customer.customer_id, new, context.now, context.origin)
        card = deliveries.beside(actor, placed_card(db, actor, placed, context.now), text, placed, context.written_at)
        context.reply(db, with_unpaid(db, actor, text, placed, card, context.written_at) if offers else card)
        return
    name, firm = named.newcomer(text)
    called = (name or firm or "",) if firm or (name and not words) else words
    data = order_drafts.waiting(new, match, called, context.origin) | {"company": firm if name else None}
    if data["name"] is None and not match.candidates:
        context.reply(db, texts.unclear(texts.NO_CUSTOMER, text))
        return
    draft = drafts.keep(db, actor, KIND, text, data, context.now)
    shown = shown_last.beside(db, actor, text) if not match.candidates else []
    context.reply(db, texts.whose(new, draft.draft_id, match.candidates, data["name"], match.near, shown))


def ask_return(
    db: Session, actor: Actor, context: Context, text: str, new: NewOrder, customer: Customer, is_part: bool = False
) -> bool:
    """True for a return of more than the customer bought: it waits for a tap.

    `is_part`: of a message about several people; an edit of that is none of this order.
    """
    customer_id = customer.customer_id
    bought_fen = returned.beyond(db, customer_id, new.amount_fen, bool(new.product))
    if bought_fen is None:
        return False
    data = order_drafts.waiting(new, Match(customer, [], new.product), (), Origin() if is_part else context.origin)
    draft = drafts.keep(db, actor, KIND, text, data, context.now)
    why = texts.returns_more(customer, bought_fen, returned.has_bought(db, customer_id))
    context.reply(db, texts.return_doubted(customer, -new.amount_fen, why, draft.draft_id))
    return True


def placed_card(db: Session, actor: Actor, placed: Placed, now: datetime) -> Say:
    """The card of an order just recorded, with the open deals and needs of the customer that it may have been for."""
    twin, mate = orders.twin(db, order := placed.order)
    card = texts.placed(placed, actor.zone, now, twin=twin, whose=mate.name if mate is not None else "")
    return dataclasses.replace(card, rows=(*wins.offered(db, order, now), *card.rows))


def with_words(new: NewOrder, text: str) -> NewOrder:
    """The order with what its words tell beside: another currency, and that it was paid."""
    is_paid = paid_whole.is_told(text, new.amount_fen)
    product = paid_whole.without(new.product) if is_paid else new.product
    return dataclasses.replace(new, product=currencies.beside(product, text), is_paid=is_paid)


def as_typed(line: OrderLine, product: str | None) -> NewOrder:
    """The order of the words, of this product."""
    return NewOrder(line.amount_fen or 0, line.ordered_on, product, line.quantity)


async def choose_customer(update: Update, context: Context) -> None:
    """Whose the order is."""
    press = context.press(buttons.OrderOf)

    def work(db: Session, actor: Actor) -> None:
        draft = drafts.take(db, actor, press.draft_id, context.now, (KIND,))
        made = booked(db, actor, draft, press.customer_id, context.now)
        if draft.data.get("of_entry"):  # the customer's own card stays: he may still be put right or taken back
            context.edit(db, customer_texts.saved(leads.again(db, actor, press.customer_id), actor.zone, context.now))
            context.reply(db, made)
        else:
            context.edit(db, made)

    await context.commit(work)


def booked(db: Session, actor: Actor, draft: Draft, customer_id: int, now: datetime) -> Say:
    """The card of the order that waited, which is the customer's now, with what its words tell to be unpaid."""
    placed = orders.add(db, actor, customer_id, order_drafts.order_of(draft), now, order_drafts.origin_of(draft))
    card = deliveries.beside(actor, placed_card(db, actor, placed, now), draft.text, placed, draft.created_at)
    return with_unpaid(db, actor, draft.text, placed, card, draft.created_at)


def with_unpaid(db: Session, actor: Actor, text: str, placed: Placed, said: Say, at: datetime) -> Say:
    """The card with what the words of the order tell to be still unpaid."""
    customer, fen, ahead = placed.customer, placed.order.amount_fen, paid_ahead.counted(db, actor, placed.order, text)
    debt = order_debts.offer(db, actor, text, customer, fen, at, placed.order) if fen > 0 else None
    return credit_texts.with_debt(said, debt, customer.customer_id, *ahead)


async def for_new_customer(update: Update, context: Context) -> None:
    """[新客户]: the customer is made, and the order is theirs."""
    draft_id = context.press(buttons.OrderOfNew).draft_id

    def work(db: Session, actor: Actor) -> None:
        draft = drafts.take(db, actor, draft_id, context.now, (KIND,))
        new = Profile(str(draft.data.get("name") or ""), company=draft.data.get("company"))
        customer = customers.add(db, actor, new, context.now)
        order, origin = order_drafts.order_of(draft), order_drafts.origin_of(draft)
        placed = orders.add(db, actor, customer.customer_id, order, context.now, origin)
        card = texts.placed(placed, actor.zone, context.now)
        context.edit(db, with_unpaid(db, actor, draft.text, placed, card, draft.created_at))

    await context.commit(work)


async def undo(update: Update, context: Context) -> None:
    """[撤销]"""
    order_id, now = context.press(buttons.UndoOrder).order_id, context.now
    await context.commit(
        lambda db, actor: context.edit(db, deliveries.removed(db, actor, orders.remove(db, actor, order_id, now)))
    )


async def restore(update: Update, context: Context) -> None:
    """[恢复]"""
    order_id, now = context.press(buttons.RestoreOrder).order_id, context.now
    await context.commit(lambda db, actor: context.edit(db, restored(db, actor, order_id, now)))


def restored(db: Session, actor: Actor, order_id: int, now: datetime) -> Say:
    """The order counts again; its card, with what is paid of it."""
    placed = orders.restore(db, actor, order_id, now)
    card = texts.placed(placed, actor.zone, now, RESTORED if placed.changed else THERE)
    return texts.with_part(card, placed.order, parts_received.paid_fen(db, placed.order))


async def tell_paid(update: Update, context: Context) -> None:
    """[没收款] [已收款]"""
    press = context.press(buttons.OrderPaid)

    def work(db: Session, actor: Actor) -> None:
        done = orders.set_paid(db, actor, press.order_id, bool(press.is_paid))
        context.edit(db, texts.paid(done, actor.zone, context.now))

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("order", WORDS, add_order),
        registry.pressed(buttons.OrderOf, choose_customer),
        registry.pressed(buttons.OrderOfNew, for_new_customer),
        registry.pressed(buttons.UndoOrder, undo),
        registry.pressed(buttons.RestoreOrder, restore),
        registry.pressed(buttons.OrderPaid, tell_paid),
    ]

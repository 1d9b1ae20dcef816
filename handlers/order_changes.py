"""Orders corrected, given to somebody else and called off in words: 何秀英这单写错了应该是四千二, 王丽那单取消了."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import (
    attribution,
    awaiting,
    corrections,
    drafts,
    entries,
    members,
    order_changes,
    order_debts,
    order_texts,
    orders,
    parts_received,
    understanding,
)
from crm.customers import Origin
from crm.members import Actor
from crm.order_becoming import Choice
from crm.order_changes import Found
from crm.orders import NewOrder
from crm.tables import Order
from crm.taggers import Taggers
from crm.understanding import Message, Understanding
from handlers import buttons, deliveries, doubts, places, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import credit as credit_texts
from handlers.texts import order_changes as texts
from handlers.texts import orders as order_cards
from handlers.texts.order_changes import Which
from nlp.reader import contract_changes, order_totals
from nlp.reader import order_changes as words
from nlp.reader.order_changes import OrderChange

MEANT_BY = ("note", "order", "unclear", "done", "update")  # readings that may be the change of an order


def may_be_told(actor: Actor, seen: Understanding, at: datetime) -> bool:
    """False where the words alone show that `take` would take nothing: most messages need no look at the orders."""
    return told(actor, seen, at) is not None


def told(actor: Actor, seen: Understanding, at: datetime) -> OrderChange | None:
    """The change of an order that the words tell of."""
    return order_changes.told(actor, seen, at)[1]


async def take(update: Update, context: Context, message: Message, seen: Understanding) -> bool:
    """The one order that is meant is changed, or which one is asked; False where the message by itself changes none."""
    is_read = seen.line is None and seen.question is None and not seen.reading.parts
    if not is_read or seen.action not in MEANT_BY or not places.is_private(update):
        return False
    at, tagger = context.written_at, context.services.tagger()

    def query(db: Session, actor: Actor) -> tuple[Found | None, Understanding | None]:
        found = order_changes.meant(db, actor, message, seen, at)
        return found, _news(actor, found, seen, tagger, at)

    found, news = await context.read(query)
    if found is None:
        return await _without_order(update, context, seen)
    if found.change.kind == "refuse":
        _offer(context, found)
        return False
    if found.is_sure:
        await context.commit(lambda db, actor: _change(db, actor, context, found, news))
    else:
        await context.commit(lambda db, actor: _ask(db, actor, context, found, seen))
    return True


def _news(
    actor: Actor, found: Found | None, seen: Understanding, tagger: Taggers | None, at: datetime
) -> Understanding | None:
    """What the customer did is a note, too, and what is told beside a slip; None for a slip of ours alone."""
    if found is None or found.customer is None or not found.is_sure:
        return None
    if not (found.change.says_more or (found.change.is_news and found.is_named)):
        return None
    return understanding.about(actor, found.customer, seen.text, tagger, at)


async def _without_order(update: Update, context: Context, seen: Understanding) -> bool:
    """No order fits: what would be read as a new one is asked about, anything else is what it is by itself."""
    whose, change, _ = await context.read(lambda db, actor: order_changes.told(actor, seen, context.written_at))
    may_be_order = seen.action == "order" or seen.reading.ask == "note_or_order"
    if (
        not may_be_order
        or change is None
        or change.right.is_total
        or (change.kind != "cancel" and seen.action != "order")
    ):
        return False
    asked = replace(seen.reading, action="unclear", ask="note_or_order", customer=None)
    if (
        change.kind == "cancel" and not change.is_news and (change.is_off or not change.is_guess)
    ):  # 撤销 刘建军 500 makes no order either
        asked = replace(asked, ask="instruction", confidence=0.3, likely=())
    await doubts.unclear_understood(update, context, replace(seen, reading=asked, customer=None, candidates=whose))
    return True


def _offer(context: Context, found: Found) -> None:
    """The answer will carry [撤销 …] for the orders that may be off."""
    shown = [choice.placed for choice in found.choices[: texts.OFFERED]]

    context.put_beside(lambda db, actor: tuple(texts.also_off(placed) for placed in shown))


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done to one order: it becomes `new`, or is taken back where that is None; `to_id` has it in truth."""

    order_id: int
    new: NewOrder | None
    to_id: int | None
    origin: Origin
    text: str = ""  # the words of the order then
    news: Understanding | None = None  # the message as a note of the customer


def _change(db: Session, actor: Actor, context: Context, found: Found, news: Understanding | None) -> None:
    awaiting.drop(db, actor)
    (choice,) = found.choices
    to_id = found.to.customer_id if found.to is not None else None
    deed = Deed(choice.placed.order.order_id, choice.new, to_id, context.origin, choice.text, news)
    context.reply(db, _done(db, actor, context, deed))


def _done(db: Session, actor: Actor, context: Context, deed: Deed) -> Say:
    also, now = "", context.now
    if deed.news is not None and deed.news.customer is not None:
        customer_id, news = deed.news.customer.customer_id, deed.news
        entries.record(db, actor, customer_id, news.text, news.said, None, now, deed.origin)
        also = texts.noted(deed.news.customer.name)
    if deed.new is None:
        return deliveries.removed(db, actor, orders.remove(db, actor, deed.order_id, now), also)
    try:
        made = order_changes.apply(db, actor, deed.order_id, deed.new, deed.to_id, now)
    except order_changes.SameAsBefore:
        return texts.same(orders.get(db, actor, deed.order_id), actor.zone, now)
    corrections.remember(db, made.draft_id, deed.origin)
    if deed.text:
        order_texts.remember(db, made.draft_id, deed.text)
    members.keep_current(db, actor, made.placed.customer.customer_id, now)
    return with_part(db, made.placed.order, texts.changed(made, actor.zone, now, also=also))


def given(db: Session, actor: Actor, order_id: int, customer_id: int, now: datetime) -> Say:
    """The order is the other customer's; its card, also where it was his already.

    Raises: orders.OrderNotFound; customers.CustomerNotFound
    """
    try:
        made = attribution.give_order(db, actor, order_id, customer_id, now)
    except order_changes.SameAsBefore:
        return texts.same(orders.get(db, actor, order_id), actor.zone, now)
    return with_part(db, made.placed.order, texts.changed(made, actor.zone, now))


def with_part(db: Session, order: Order, card: Say) -> Say:
    """The card of an order that is another by now, with what is booked as paid of it."""
    return order_cards.with_part(card, order, parts_received.paid_fen(db, order))


def back(db: Session, actor: Actor, draft_id: int, now: datetime) -> Say:
    """The order is again what it was before a change; its card.

    Raises: drafts.DraftNotFound; drafts.DraftResolved; orders.OrderNotFound
    """
    placed, is_undone = order_changes.undo(db, actor, draft_id, now)
    return with_part(db, placed.order, texts.back(placed, is_undone, actor.zone, now))


def put_right(db: Session, actor: Actor, context: Context, order_id: int, text: str) -> Say:
    """The order is what the words tell, and its card.

    Raises: orders.OrderNotFound; orders.AmountImpossible; order_becoming.SumUnknown
    """
    becomes = order_changes.again(db, actor, order_id, text, context.written_at)
    return _done(db, actor, context, Deed(order_id, becomes.new, None, context.origin, becomes.text))


def _ask(db: Session, actor: Actor, context: Context, found: Found, seen: Understanding) -> None:
    """The text waits as a draft that holds what each order would be."""
    shown: tuple[Choice, ...] = found.choices[: texts.LISTED]
    data = doubts.in_doubt(actor, context) | {
        "orders": [one.placed.order.order_id for one in shown],
        "to_id": found.to.customer_id if found.to is not None else None,
    }
    draft = drafts.keep(db, actor, doubts.KIND, seen.text, data, context.written_at)
    whose = found.customer if found.is_named else None
    right, is_read = found.change.right, seen.action == "order" or seen.reading.ask == "note_or_order"
    grows = found.change.is_guess and is_read and (right.by_fen or 0) > 0  # 增项3200 may be an order of its own
    order_fen = right.fen if right.is_total else right.by_fen if grows else None
    context.reply(db, texts.which(Which(seen.text, draft.draft_id, shown, whose, order_fen), actor.zone, context.now))


async def choose(update: Update, context: Context) -> None:
    """[改 1] [撤销 2] below the question; what the customer did is a note, too."""
    press, tagger = context.press(buttons.ChangeOrder), context.services.tagger()

    def query(db: Session, actor: Actor) -> tuple[Understanding, bool]:
        draft, owner = drafts.get(db, actor, press.draft_id), orders.get(db, actor, press.order_id).customer
        local = actor.local(draft.created_at)
        change = words.told(draft.text, local, owner.name)
        about = understanding.about(actor, owner, draft.text, tagger, draft.created_at)
        says_more = change is not None and (change.is_news or change.says_more)
        return about, says_more or _is_told_of(draft.text, local, owner.name)

    about, is_news = await context.read(query)

    def work(db: Session, actor: Actor) -> None:
        draft = drafts.take(db, actor, press.draft_id, context.now, (doubts.KIND,))
        if press.order_id not in (draft.data.get("orders") or []):
            raise buttons.StaleButton(press)
        origin = Origin(draft.data.get("chat_id"), draft.data.get("message_id"))
        becomes = order_changes.again(db, actor, press.order_id, draft.text, draft.created_at)
        news = about if is_news else None
        deed = Deed(press.order_id, becomes.new, draft.data.get("to_id"), origin, becomes.text, news)
        said, whose = _done(db, actor, context, deed), becomes.placed.customer
        debt = order_debts.offer_rest(db, actor, draft.text, whose, context.now) if becomes.new is not None else None
        context.edit(db, credit_texts.with_debt(said, debt, whose.customer_id))

    await context.commit(work)


def _is_told_of(text: str, at: datetime, called: str) -> bool:
    """True where what the order costs now is his news, too."""
    return order_totals.restated(text, at, called) is not None or contract_changes.told(text, at, called) is not None


async def undo(update: Update, context: Context) -> None:
    """[改回]"""
    draft_id, now = context.press(buttons.UndoOrderChange).draft_id, context.now

    def work(db: Session, actor: Actor) -> None:
        context.edit(db, back(db, actor, draft_id, now))

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.pressed(buttons.ChangeOrder, choose), registry.pressed(buttons.UndoOrderChange, undo)]

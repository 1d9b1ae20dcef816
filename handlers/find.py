"""Finding a customer and showing the 360° card."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import audit, awaiting, cards, customers, descriptions, drafts, members, notes, scores, search
from crm.conditions import Fitting
from crm.members import Actor
from crm.search import Found
from crm.understanding import Understanding
from handlers import arguments, buttons, conditions, places, registry, said
from handlers.context import Context
from handlers.say import Say
from handlers.texts import cards as card_texts
from handlers.texts import customers as texts
from handlers.texts import notes as note_texts
from handlers.texts import risk as risk_texts

CARD_WORDS = ("查", "客户")
FIND_WORDS = ("找", "搜")
SHOWN = 7  # hits on one message: with [更多] eight buttons
NOTES_PAGE = 6
QUERY = "query"
NAME = (
    r"(?:\s|[:：,，]|$)(?!(?=.*[\u4e00-\u9fff]).*(?:\d[\s-]?){7})[^\n]{0,16}$"  # short; a name with a number is a lead
)
CONDITION = re.compile(r"[\u4e00-\u9fff]{2,}\s*[=＝<>≥≤≠＜＞]")


async def show_card(update: Update, context: Context) -> None:
    """/c 张伟; without a name the current customer."""
    await look_up(update, context, arguments.after(update, CARD_WORDS))


async def find_customer(update: Update, context: Context) -> None:
    """/find"""
    await look_up(update, context, arguments.after(update, FIND_WORDS))


async def find_understood(update: Update, context: Context, seen: Understanding) -> None:
    """A free message that asks for a customer."""
    if seen.customer is None:
        await look_up(update, context, seen.reading.query or seen.text)
        return
    customer_id = seen.customer.customer_id
    await context.commit(lambda db, actor: context.reply(db, shown(db, actor, context, customer_id, True)))


async def look_up(update: Update, context: Context, query: str) -> None:
    """The one customer that fits, a choice of several, or the nearest names."""
    is_private = places.is_private(update)

    def ask(db: Session, actor: Actor) -> Found | Fitting:
        if is_private and CONDITION.search(query):
            return conditions.fitting(db, actor, query, context.now)
        found = search.find(db, actor, query, SHOWN)
        if found.customers or not is_private or not query:
            return found
        by_fields = conditions.fitting(db, actor, query, context.now) if conditions.is_one(query) else None
        if by_fields is not None and by_fields.customers:
            return by_fields
        described = descriptions.find(db, actor, query, SHOWN)
        return described if described.customers else by_fields or found

    found = await context.read(ask)
    if isinstance(found, Fitting):
        await context.commit(lambda db, actor: context.reply(db, conditions.listed(db, actor, context, query, found)))
        return

    is_nobody = is_private and not found.customers
    words = await context.read(lambda db, actor: said.held(db, actor, context, query)) if is_nobody else ""

    def work(db: Session, actor: Actor) -> None:
        if words:
            said.list_held(db, actor, context, words)
        else:
            context.reply(db, _answer(db, actor, context, query, found, is_private))

    await context.commit(work)


def _answer(db: Session, actor: Actor, context: Context, query: str, found: Found, is_private: bool) -> Say:
    if not query:
        current = actor.current_customer_id if is_private else None
        return shown(db, actor, context, current, True) if current else Say(texts.HOW_TO_FIND)
    if len(found.customers) == 1:
        return shown(db, actor, context, found.customers[0].customer_id, is_private)
    if not is_private:
        return texts.hits_in_group(found) if found.customers else texts.none_in_group()
    if not found.customers:
        return texts.none_found(query, found.nearest)
    draft = drafts.keep(db, actor, QUERY, query, {}, context.now)
    return texts.hits(found, draft.draft_id, 0, SHOWN, customers.owners(db, actor, found.customers))


def shown(db: Session, actor: Actor, context: Context, customer_id: int, is_private: bool) -> Say:
    """The card; its customer is current and no question is open any more."""
    audit.saw(db, actor, customers.get(db, actor, customer_id), context.now)
    scores.overtake(db, customer_id, context.now)
    card = cards.get(db, actor, customer_id, context.now)
    if not is_private:
        return card_texts.masked(card, actor.zone, context.now)
    awaiting.drop(db, actor)
    members.keep_current(db, actor, customer_id, context.now)
    reasons = risk_texts.reason_lines(card.summary.reasons or []) if card.summary else []
    return card_texts.card(card, actor.zone, context.now, reasons)


async def show_pressed(update: Update, context: Context) -> None:
    """A hit, or [查看客户]."""
    customer_id = context.press(buttons.ShowCustomer).customer_id
    is_private = places.is_private(update)
    await context.commit(lambda db, actor: context.edit(db, shown(db, actor, context, customer_id, is_private)))


async def find_more(update: Update, context: Context) -> None:
    """[更多] below the hits."""
    press = context.press(buttons.FindMore)

    def work(db: Session, actor: Actor) -> None:
        query = drafts.get(db, actor, press.draft_id, (QUERY,)).text
        offset = max(press.offset, 0)
        found = search.find(db, actor, query, SHOWN, offset)
        if not found.customers and not search.find(db, actor, query, 1).customers:  # the list was of those described
            found = descriptions.find(db, actor, query, SHOWN, offset)
        owners = customers.owners(db, actor, found.customers)
        context.edit(db, texts.hits(found, press.draft_id, press.offset, SHOWN, owners))

    await context.commit(work)


async def more_of(update: Update, context: Context) -> None:
    """[更多] below the card: older notes."""
    press = context.press(buttons.MoreOfCustomer)
    offset = max(press.offset, 0)

    def work(db: Session, actor: Actor) -> None:
        customer = customers.get(db, actor, press.customer_id)
        found = notes.newest(db, press.customer_id, NOTES_PAGE + 1, offset)
        more = offset + NOTES_PAGE if len(found) > NOTES_PAGE else None
        context.edit(db, note_texts.history(customer, found[:NOTES_PAGE], more, actor.zone, context.now))

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    commands = registry.command("c", ("查",), show_card, in_groups=True)
    return [
        *commands,
        registry.spoken(("客户",), commands[0].callback, NAME),
        *registry.command("find", FIND_WORDS, find_customer, in_groups=True),
        registry.pressed(buttons.ShowCustomer, show_pressed, in_groups=True),
        registry.pressed(buttons.FindMore, find_more),
        registry.pressed(buttons.MoreOfCustomer, more_of),
    ]

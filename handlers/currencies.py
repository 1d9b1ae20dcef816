"""Sums in foreign money: booked in yuan by the team's own rate; without one it is asked for, with the draft kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import awaiting, drafts, exchange, understanding
from crm.customers import Origin
from crm.members import Actor
from crm.understanding import Understanding
from handlers import (
    arguments,
    credit,
    deal_cards,
    deals,
    doubts,
    foreign_offers,
    notes,
    order_changes,
    orders,
    payments,
    places,
    registry,
    spoken,
)
from handlers.context import Context, Meant
from handlers.say import Say
from handlers.texts import currencies as texts
from nlp.fields import currencies
from nlp.reader import deposits, owed, quotes
from nlp.reader import entry_changes as entry_words

QUESTION = "rate"
LOOKS = ("汇率", "看汇率", "查汇率", "汇率表", "汇率设置")
STAND_IN = Decimal(7)  # yuan; only to see what a text means whose currency has no rate yet
_COMMANDS = re.compile(
    r"^\s*(?:/(?:order|deal)\b|"
    rf"(?:{'|'.join((*orders.WORDS, *deals.WORDS, *credit.DEBT, *credit.PAYMENT))}){registry.ANYTHING})"
)
_ASKED_FOR_A_SUM = (orders.QUESTION, deal_cards.SOLD, deal_cards.CHANGE)
Kind = Literal["money", "doubt", "offer", "note", "other"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a text with foreign sums is: `told` is the text in yuan, `lacking` a currency without a rate."""

    kind: Kind
    told: str
    lacking: str | None
    seen: Understanding | None = None


async def take(update: Update, context: Context) -> None:
    """Any text with a sum in foreign money: what books it reads it in yuan, a note keeps it as typed."""
    await _take(update, context, {})


async def _take(update: Update, context: Context, given: Mapping[str, Decimal]) -> None:
    text = arguments.text_of(update)
    if not places.is_private(update) or not currencies.find(text):
        await spoken.pass_on(update, context, take)
        return
    found = await context.read(lambda db, actor: _look(db, actor, update, context, given))
    is_deal = found.kind == "offer" and quotes.is_deal(text)
    if found.lacking is not None and (found.kind == "money" or is_deal):
        await context.commit(lambda db, actor: _ask(db, actor, context, found, text, given))
    elif found.kind == "offer":
        await foreign_offers.take(update, context, None if found.lacking else found.told)
    elif found.kind == "note":
        await foreign_offers.keep_note(update, context)
    elif found.lacking is not None or found.kind == "other":
        await spoken.pass_on(update, context, take)
    else:
        made, before = currencies.origins(found.told), context.beneath
        context.beneath = lambda db, actor: "\n".join(
            line for line in (texts.reckoned(made), before(db, actor) if before else "") if line
        )
        await spoken.pass_on(spoken.as_typed(update, found.told), context, take)


def _look(db: Session, actor: Actor, update: Update, context: Context, given: Mapping[str, Decimal]) -> Found:
    text = arguments.text_of(update)
    rates = {**exchange.rates(db, actor), **given}
    used = [one.currency for one in currencies.find(text)]
    lacking = next((currency for currency in used if currency not in rates), None)
    told = currencies.in_yuan(text, dict.fromkeys(used, STAND_IN) | rates)
    kind, seen = _kind(db, actor, update, context, told)
    return Found(kind, told, lacking, seen)


def _kind(db: Session, actor: Actor, update: Update, context: Context, told: str) -> tuple[Kind, Understanding | None]:
    """What the text is, read in yuan. As typed it must never be read as money: what is only a note is kept as one."""
    text, at = arguments.text_of(update), context.written_at
    if _COMMANDS.match(text):
        return "money", None
    asked = awaiting.look(actor, at) if context.meant is None else None
    if asked is not None and asked["what"] != QUESTION:
        return ("money" if asked["what"] in _ASKED_FOR_A_SUM else "other"), None
    if quotes.is_offer(text):
        return "offer", None
    seen = understanding.read(db, actor, notes.message_of(update, told), None, at, heeds_question=False)
    if seen.line is not None or seen.question is not None or seen.fact is not None:
        return "other", seen
    if seen.action == "order" or _is_entry(actor, context, seen):
        return "money", seen
    if seen.reading.ask in doubts.ASKED:
        return "doubt", seen
    if seen.action in ("note", "unclear"):
        return "note" if _is_misread(db, actor, update, context) else "other", seen
    return "other", seen


def _is_entry(actor: Actor, context: Context, seen: Understanding) -> bool:
    """True for money that came in or is owed, and for what puts an order or an entry right."""
    at = context.written_at
    local = actor.local(at)
    if payments.may_be_told(actor, seen, at) or entry_words.may_be_told(seen.text):
        return True
    change = order_changes.told(actor, seen, at)
    if change is not None and change.right.fen is not None:
        return True
    told = seen.action == "note" and (deposits.told(seen.text, local) or owed.told(seen.text, local))
    return bool(told)


def _is_misread(db: Session, actor: Actor, update: Update, context: Context) -> bool:
    """True where the words as typed would be taken for money, or be doubted, though in yuan they are a note."""
    message = notes.message_of(update, arguments.text_of(update))
    seen = understanding.read(db, actor, message, None, context.written_at, heeds_question=False)
    return seen.action == "order" or seen.reading.ask in ("note_or_order", "what_amount")


def _ask(db: Session, actor: Actor, context: Context, found: Found, text: str, given: Mapping[str, Decimal]) -> None:
    """The text waits as a draft like any in doubt; the next number is the rate."""
    assert found.lacking is not None
    draft = drafts.keep(db, actor, doubts.KIND, text, doubts.in_doubt(actor, context), context.written_at)
    held = {code: str(rate) for code, rate in given.items()}
    awaiting.ask(db, actor, QUESTION, context.now, draft_id=draft.draft_id, currency=found.lacking, given=held)
    customer = found.seen.customer if found.seen is not None else None
    context.reply(db, texts.ask_rate(found.lacking, text, draft.draft_id, customer, actor.sees_team))


async def take_rate(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The number after 1 美元算多少人民币: it books what waits, and is the team's rate where the member leads."""
    typed = arguments.text_of(update)
    told = currencies.rate_told(typed)
    rate = told[1] if told else currencies.rate_answered(typed)
    currency, draft_id = str(asked["currency"]), int(asked["draft_id"])
    if rate is None or (told is not None and told[0] != currency):
        await context.commit(lambda db, actor: context.reply(db, Say(texts.NO_NUMBER)))
        return
    draft = await context.read(lambda db, actor: drafts.get(db, actor, draft_id, (doubts.KIND,)))
    origin = Origin(draft.data.get("chat_id"), draft.data.get("message_id"))
    context.meant = Meant(draft_id, origin, draft.created_at, None)
    context.closes_question = True

    def sets(db: Session, actor: Actor) -> str:
        if not actor.sees_team:
            return ""
        exchange.put(db, actor, currency, rate, context.now)
        return texts.also_set(currency, rate)

    context.beneath = sets
    given = {code: Decimal(value) for code, value in (asked.get("given") or {}).items()} | {currency: rate}
    await _take(spoken.as_typed(update, draft.text), context, given)


async def set_rate(update: Update, context: Context) -> None:
    """美元汇率 7.12, 欧元按7.8算: who leads sets it; where it was asked for it answers that."""
    told = currencies.rate_told(arguments.text_of(update))
    asked = await context.read(lambda db, actor: awaiting.look(actor, context.written_at))
    if told is None or not places.is_private(update):
        await spoken.pass_on(update, context, set_rate)
        return
    currency, rate = told
    if asked is not None and asked["what"] == QUESTION and asked["currency"] == currency:
        await take_rate(update, context, asked)
        return

    def work(db: Session, actor: Actor) -> None:
        before = exchange.put(db, actor, currency, rate, context.now)
        context.reply(db, texts.was_set(currency, rate, before))

    await context.commit(work)


async def show(update: Update, context: Context) -> None:
    """汇率, 美元汇率多少"""
    await context.commit(lambda db, actor: context.reply(db, texts.page(exchange.rates(db, actor))))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.spoken(LOOKS, show, registry.NOTHING),
        registry.said(currencies.ASKED, show),
        registry.said(currencies.RATE, set_rate),
        registry.said(currencies.SUM, take),
    ]

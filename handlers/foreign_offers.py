"""Offers in foreign money: a note, with [记商机 …] below it; a deal as well where it says how likely it is."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from sqlalchemy.orm import Session
from telegram import Update

from crm import deal_lines, deals, drafts, entries, named, understanding
from crm.deals import NewDeal
from crm.members import Actor
from crm.tables import Customer
from crm.understanding import Understanding
from handlers import arguments, notes
from handlers import deals as deal_handlers
from handlers.context import Context
from handlers.say import Button
from handlers.texts import currencies as texts
from handlers.texts import deals as deal_texts
from nlp.fields import currencies
from nlp.reader import quotes


async def take(update: Update, context: Context, told: str | None) -> None:
    """The offer; `told` is its text in yuan, None where a rate is lacking: then no deal can be made of it."""
    seen = await _as_note(update, context)
    customer, text = seen.customer, arguments.text_of(update)
    if told is None or customer is None or seen.reading.ask:
        await notes.note_understood(update, context, seen)
        return
    new = _deal(context, customer, told)
    if not quotes.is_deal(text):
        context.put_beside(lambda db, actor: (_button(db, actor, context, text, new, customer.customer_id),))
        await notes.note_understood(update, context, seen)
        return

    def work(db: Session, actor: Actor) -> None:
        to, now = customer.customer_id, context.now
        made = entries.record(db, actor, to, text, seen.said, seen.todo, now, context.origin)
        context.reply(db, notes.said(made, actor, context))
        found = deals.add(db, actor, to, new, now)
        card = deal_texts.card(found, actor.zone, now, "✅ 记成一笔商机", can_undo=True)
        context.reply(db, dataclasses.replace(card, text=f"{card.text}\n{texts.reckoned(currencies.origins(told))}"))

    await context.commit(work)


async def keep_note(update: Update, context: Context) -> None:
    """What tells of foreign money and books nothing is a note as typed."""
    await notes.note_understood(update, context, await _as_note(update, context))


async def _as_note(update: Update, context: Context) -> Understanding:
    message, tagger = notes.message_of(update, arguments.text_of(update)), context.services.tagger()
    return await context.read(lambda db, actor: understanding.as_note(db, actor, message, tagger, context.written_at))


def _deal(context: Context, customer: Customer, told: str) -> NewDeal:
    """The offer as a deal: the largest sum, its day, and the goods with the foreign money."""
    line = deal_lines.read(told, context.written_at)
    largest = max(currencies.origins(told), key=lambda one: one.sum.value)
    called = named.words_for(customer, told)
    rest = tuple(word.replace(called, "") if called else word for word in line.rest)
    fen = int(Decimal(largest.yuan.removesuffix("元")) * 100)
    return NewDeal(fen, line.expected_on, currencies.beside(quotes.goods(rest), told))


def _button(db: Session, actor: Actor, context: Context, text: str, new: NewDeal, customer_id: int) -> Button:
    on = new.expected_on.isoformat() if new.expected_on else None
    data = {"fen": new.amount_fen, "on": on, "what": new.what, "name": None}
    draft = drafts.keep(db, actor, deal_handlers.KIND, text, data, context.now)
    return texts.as_deal(new.amount_fen, draft.draft_id, customer_id)

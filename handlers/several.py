"""A day's log: one message about several people becomes a record and a card for each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session
from telegram import Update

from crm import assignments, drafts, entries, leads, named, orders, profile_fields, successors, understanding
from crm.customers import Origin
from crm.members import Actor
from crm.orders import NewOrder
from crm.understanding import Understanding
from handlers import arguments, notes, tasks
from handlers import customers as customer_handlers
from handlers import orders as order_handlers
from handlers.context import Context
from handlers.texts import notes as texts
from handlers.texts import profiles as profile_texts
from nlp.reader import paid_whole

AS_NOTES = ("find", "done")  # beside news of others
ASKS = re.compile("提醒|记得|别忘")
NO_ORIGIN = Origin()  # an edit of the message must not put its whole text into one of the records


async def unclear_understood(update: Update, context: Context, seen: Understanding) -> None:
    """Nothing is done on a guess: several people are taken one by one, anything else is asked about."""
    if not seen.reading.parts:
        await notes.ask_whose(update, context, seen)
        return
    whole = replace(notes.message_of(update, ""), replied_to=None, may_mean_current=False)
    tagger, at = context.services.tagger(), context.written_at

    def query(db: Session, actor: Actor) -> list[Understanding]:
        each = [replace(whole, text=part) for part in seen.reading.parts]
        read = [(one, understanding.read(db, actor, one, tagger, at, heeds_question=False)) for one in each]
        return [understanding.as_note(db, actor, one, tagger, at) if _is_told(part) else part for one, part in read]

    found = await context.read(query)

    def work(db: Session, actor: Actor) -> None:
        for one in found:
            _keep(db, actor, update, context, one)

    await context.commit(work)


async def add_each(update: Update, context: Context, parts: Sequence[str]) -> None:
    """加客户 with several people in several lines: a new customer and a card for each."""
    tagger, at = context.services.tagger(), context.written_at
    found = await context.read(lambda db, actor: [understanding.as_lead(part, actor, tagger, at) for part in parts])

    def work(db: Session, actor: Actor) -> None:
        for entry in found:
            if entry.profile.name:
                outcome = leads.save(db, actor, entry, at, NO_ORIGIN)
                customer_handlers.tell_outcome(db, actor, context, outcome, entry.typed, True)
                continue
            draft = drafts.keep(db, actor, "note", entry.typed, {}, at)
            context.reply(db, texts.whose(entry.typed, draft.draft_id, ()))

    await context.commit(work)


def _keep(db: Session, actor: Actor, update: Update, context: Context, seen: Understanding) -> None:
    """The part is a note, a customer, an order or a reminder; what is not sure, or another deed, is asked about."""
    from handlers import payments  # it asks through this module's callers, so it is imported when they are there

    reading, customer, at = seen.reading, seen.customer, context.written_at
    if payments.keep_part(db, actor, context, seen):
        return
    if reading.ask is None and customer is not None and seen.action == "note":
        made = entries.record(db, actor, customer.customer_id, seen.text, seen.said, seen.todo, at, NO_ORIGIN)
        context.reply(db, notes.said(made, actor, context))
    elif reading.ask is None and seen.action == "add_customer" and seen.entry is not None and seen.entry.profile.name:
        outcome = leads.save(db, actor, seen.entry, at, NO_ORIGIN)
        customer_handlers.tell_outcome(db, actor, context, outcome, seen.text, True)
    elif reading.ask is None and customer is not None and seen.action == "order" and reading.amount_fen:
        fen, on = reading.amount_fen, reading.ordered_on or actor.today(at)
        new = NewOrder(fen, on, reading.product, is_paid=paid_whole.is_told(seen.text, fen))
        if order_handlers.ask_return(db, actor, context, seen.text, new, customer, is_part=True):
            return
        placed = orders.add(db, actor, customer.customer_id, new, at)
        card = order_handlers.placed_card(db, actor, placed, context.now)
        context.reply(db, order_handlers.with_unpaid(db, actor, seen.text, placed, card, at))
    elif reading.ask is None and seen.action == "remind":
        tasks.settle_all(db, actor, context, [assignments.understood(db, actor, seen, at)], origin=NO_ORIGIN)
    elif reading.ask is None and customer is not None and _is_news(seen):
        assert reading.fields is not None
        changed = profile_fields.merge(db, actor, customer.customer_id, reading.fields, seen.text, at)
        context.reply(db, profile_texts.changed(changed))
    else:
        data = {"message_id": None, "chat_id": arguments.origin(update).chat_id}
        draft = drafts.keep(db, actor, "note", seen.text, data, at)
        others = [customer] if customer is not None else seen.candidates
        context.reply(db, texts.whose(seen.text, draft.draft_id, others, reading.ask, reading.query))


def _is_told(seen: Understanding) -> bool:
    """True for 李娜后天回电话 beside news of others: she is told of, and what is to be done is the task of her note."""
    customer = seen.customer
    if customer is None:
        return False
    opens = (words := named.words_for(customer, seen.text)) and seen.text.strip().startswith(words)
    return seen.action in AS_NOTES or (seen.action == "remind" and bool(opens) and not ASKS.search(seen.text))


def _is_news(seen: Understanding) -> bool:
    """True for new fields of a customer who stays who he is."""
    found, customer = seen.reading.fields, seen.customer
    if seen.action != "update" or found is None or customer is None:
        return False
    return successors.words(found, seen.text, customer) is None

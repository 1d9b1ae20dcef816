"""Adding a customer from one message; taking it back, restoring it, giving it to the right person."""

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
    first_orders,
    leads,
    members,
    order_drafts,
    search,
    successors,
    understanding,
    withdrawals,
)
from crm.customers import Origin
from crm.leads import Entry, KnownAlready, Saved, WithColleague
from crm.members import Actor
from crm.order_matching import Match
from crm.tables import Customer
from crm.understanding import Understanding
from handlers import arguments, buttons, notes, orders, pasted, places, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import customers as texts
from handlers.texts import orders as order_texts
from handlers.texts import pool as pool_texts
from handlers.texts import profiles as profile_texts
from nlp import reader

WORDS = ("加客户", "新客户")
QUESTION = "lead_name"
ALIKE = 20  # customers looked at for 'whose is it'


async def add_customer(update: Update, context: Context) -> None:
    """/add, 加客户: everything in one message."""
    text = arguments.after(update, WORDS)
    if not text:
        await context.commit(lambda db, actor: context.reply(db, Say(texts.HOW_TO_ADD)))
        return
    if await pasted.take(update, context, text):
        return
    if len(parts := reader.split(text)) > 1 and places.is_private(update):
        from handlers import several  # it saves with this module, so it is imported when this one is there

        await several.add_each(update, context, parts)
        return
    from handlers import drafts as waiting  # it saves with this module, too

    if places.is_private(update) and await waiting.as_named(context, text.strip()):
        return
    tagger, at = context.services.tagger(), context.written_at
    entry = await context.read(lambda db, actor: understanding.as_lead(text, actor, tagger, at, is_command=True))
    await save(update, context, entry)


async def add_understood(update: Update, context: Context, seen: Understanding) -> None:
    """A free message that speaks of a new customer."""
    entry = seen.entry
    is_doubted = entry is None or seen.reading.ask == "new_or_note"
    if is_doubted or await context.read(lambda db, actor: _is_of_rep(db, actor, seen)):
        await notes.ask_whose(update, context, seen)
        return
    assert entry is not None
    await save(update, context, entry)


def _is_of_rep(db: Session, actor: Actor, seen: Understanding) -> bool:
    """True for 小周电话139…, said by who leads 小周: no customer is made of a rep unasked."""
    name = seen.entry.profile.name if actor.sees_team and seen.entry is not None else ""
    return bool(name) and seen.text.strip().startswith(name) and members.is_called(db, actor.team_id, name)


async def save(update: Update, context: Context, entry: Entry) -> None:
    """The entry is saved and shown, or kept as a draft with one sentence."""
    await context.commit(lambda db, actor: _save(db, actor, update, context, entry))


def _with_order(
    db: Session, actor: Actor, context: Context, text: str, customer: Customer, said: Say, at: datetime
) -> Say:
    """The card; what the words tell him to have bought is offered as an order."""
    new = first_orders.told(actor, text, customer, at)
    if new is None:
        return said
    data = order_drafts.waiting(new, Match(customer, [], new.product), (), context.origin) | {"of_entry": True}
    draft = drafts.keep(db, actor, orders.KIND, text, data, at)
    button = order_texts.offered(draft.draft_id, customer.customer_id, new.amount_fen)
    return dataclasses.replace(said, rows=(*said.rows, (button,)))


def _save(db: Session, actor: Actor, update: Update, context: Context, entry: Entry) -> None:
    origin, now = context.origin, context.now
    if not entry.profile.name:
        data = {"message_id": origin.message_id, "chat_id": origin.chat_id}
        draft = drafts.keep(db, actor, "nameless", entry.typed, data, context.written_at)
        is_private = places.is_private(update)
        context.reply(db, ask_name(db, actor, context, draft.draft_id) if is_private else Say(texts.HOW_TO_ADD))
        return
    outcome = leads.save(db, actor, entry, now, origin)
    tell_outcome(db, actor, context, outcome, entry.typed, places.is_private(update))


def tell_outcome(
    db: Session, actor: Actor, context: Context, outcome: leads.Outcome, typed: str, is_private: bool
) -> None:
    """What came of it is the reply; whose the new customer is by what was typed, he is."""
    from handlers import given_several  # it gives, and notes what it gives, so it is imported when this one is there

    context.reply(db, outcome_said(db, actor, context, outcome, is_private, typed, context.written_at))
    given_several.give_as_told(db, actor, context, outcome, typed)


def outcome_said(
    db: Session,
    actor: Actor,
    context: Context,
    outcome: leads.Outcome,
    is_private: bool,
    typed: str = "",
    at: datetime | None = None,
) -> Say:
    """What to say of an outcome; a customer saved or known is current. `typed`, `at`: in which he may have bought."""
    if isinstance(outcome, Saved):
        members.keep_current(db, actor, outcome.customer.customer_id, context.now)
        if not is_private:
            return texts.saved_in_group(outcome)
        said = texts.saved(outcome, actor.zone, context.now)
        if (gone := successors.left_tasks(db, actor, typed, outcome.customer)) is not None:
            said = dataclasses.replace(said, text=f"{said.text}\n{profile_texts.left_tasks(*gone)}")
        return _with_order(db, actor, context, typed, outcome.customer, said, at) if at else said
    if isinstance(outcome, KnownAlready) and is_private:
        return texts.known(outcome)
    if isinstance(outcome, WithColleague) and outcome.pooled is not None and is_private:
        return pool_texts.known(outcome.pooled)
    return Say(texts.WITH_COLLEAGUE if is_private else texts.KNOWN_IN_GROUP)


def ask_name(db: Session, actor: Actor, context: Context, draft_id: int, again: bool = False) -> Say:
    """The next text is the name of the customer in the draft."""
    awaiting.ask(db, actor, QUESTION, context.now, draft_id=draft_id)
    return texts.ask_name(draft_id, again)


async def take_name(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The text is the name that was missing."""
    text, draft_id = arguments.text_of(update), int(asked["draft_id"])
    name = leads.name_said(text) or text
    tagger, now = context.services.tagger(), context.now

    def query(db: Session, actor: Actor) -> Entry:
        draft = drafts.get(db, actor, draft_id)
        entry = understanding.as_lead(draft.text, actor, tagger, draft.created_at)
        return dataclasses.replace(entry, profile=dataclasses.replace(entry.profile, name=name[:60]))

    entry = await context.read(query)

    def work(db: Session, actor: Actor) -> None:
        awaiting.drop(db, actor)
        draft = drafts.take(db, actor, draft_id, now)
        origin = Origin(draft.data.get("chat_id"), draft.data.get("message_id"))
        outcome = leads.save(db, actor, entry, now, origin)
        context.reply(db, outcome_said(db, actor, context, outcome, True, draft.text, draft.created_at))

    await context.commit(work)


async def undo(update: Update, context: Context) -> None:
    """[撤销] on a new customer's card."""
    customer_id = context.press(buttons.UndoCustomer).customer_id

    def work(db: Session, actor: Actor) -> None:
        again = withdrawals.is_removed(db, actor, customer_id)
        context.edit(db, texts.removed(withdrawals.remove(db, _free(db, actor), customer_id, context.now), again))

    await context.commit(work)


async def restore(update: Update, context: Context) -> None:
    """[恢复]"""
    customer_id = context.press(buttons.RestoreCustomer).customer_id

    def work(db: Session, actor: Actor) -> None:
        withdrawals.restore(db, actor, customer_id)
        context.edit(db, texts.saved(leads.again(db, actor, customer_id), actor.zone, context.now))

    await context.commit(work)


async def ask_whose(update: Update, context: Context) -> None:
    """[不是他]"""
    customer_id = context.press(buttons.NotThisPerson).customer_id

    def work(db: Session, actor: Actor) -> None:
        customer = customers.get(db, actor, customer_id)
        alike = search.alike(db, actor, customer, ALIKE)
        context.edit(db, texts.whose(customer, alike))

    await context.commit(work)


async def fold(update: Update, context: Context) -> None:
    """[是同一个人], or the right person chosen."""
    press = context.press(buttons.FoldCustomer)

    def work(db: Session, actor: Actor) -> None:
        into, merge_id = withdrawals.fold(db, actor, press.customer_id, press.into_id, context.now)
        members.keep_current(db, actor, into.customer_id, context.now)
        context.edit(db, texts.folded(into, merge_id))

    await context.commit(work)


def _free(db: Session, actor: Actor) -> Actor:
    """The actor, with no question open: a press answers it."""
    awaiting.drop(db, actor)
    return actor


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("add", WORDS, add_customer, in_groups=True),
        registry.pressed(buttons.UndoCustomer, undo),
        registry.pressed(buttons.RestoreCustomer, restore),
        registry.pressed(buttons.NotThisPerson, ask_whose),
        registry.pressed(buttons.FoldCustomer, fold),
    ]

"""An edited message: the record it made is read again and its card changed. Registered before all others."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, filters

from crm import drafts, edits, entries, understanding
from crm.customers import Origin
from crm.edits import Made
from crm.leads import Entry
from crm.members import Actor
from crm.tables import Customer, Note
from crm.understanding import Understanding
from handlers import arguments, customers, fallbacks, notes
from handlers.context import Context
from handlers.say import Say
from handlers.texts import customers as customer_texts
from handlers.texts import messages as texts
from handlers.texts import notes as note_texts

WORDS = (*customers.WORDS, *notes.WORDS)


async def reread(update: Update, context: Context) -> None:
    """The edited text takes the place of the old one, wherever it went."""
    origin, text = arguments.origin(update), arguments.without_command(arguments.text_of(update), WORDS)
    made = await context.read(lambda db, actor: edits.find(db, actor, origin))
    if not text or made == Made():
        await context.commit(lambda db, actor: context.reply(db, Say(texts.EDIT_NOT_TAKEN)))
    elif made.customer is not None:
        await _customer(context, origin, text, made.customer)
    elif made.note is not None:
        await _note(context, origin, text, made.note)
    elif made.draft is not None:
        await _draft(update, context, text, made.draft.draft_id)


async def _customer(context: Context, origin: Origin, text: str, customer: Customer) -> None:
    tagger, at, now, customer_id = context.services.tagger(), context.written_at, context.now, customer.customer_id

    def query(db: Session, actor: Actor) -> tuple[Entry | None, Entry]:
        old = customer.source_text
        before = understanding.as_lead(old, actor, None, at) if old is not None else None
        return before, understanding.as_lead(text, actor, tagger, at)

    before, entry = await context.read(query)

    def work(db: Session, actor: Actor) -> None:
        saved = edits.reread_customer(db, actor, customer_id, before, entry, now, origin)
        note_id = saved.note.note_id if saved.note else None
        say = customer_texts.saved(saved, actor.zone, now, head=customer_texts.REREAD)
        _change_card(
            db, context, say, edits.card_of(db, origin, customer_id, None) or edits.card_of(db, origin, None, note_id)
        )

    await context.commit(work)


async def _note(context: Context, origin: Origin, text: str, note: Note) -> None:
    tagger, at, now, note_id = context.services.tagger(), context.written_at, context.now, note.note_id
    seen = await context.read(lambda db, actor: understanding.about_note(db, actor, note_id, text, tagger, at))

    def work(db: Session, actor: Actor) -> None:
        made = entries.rewrite(db, actor, note_id, text, seen.said, seen.todo, now)
        say = notes.said(made, actor, context, note_texts.CORRECTED)
        _change_card(db, context, say, edits.card_of(db, origin, None, note_id))

    await context.commit(work)


async def _draft(update: Update, context: Context, text: str, draft_id: int) -> None:
    message, tagger, at = notes.message_of(update, text), context.services.tagger(), context.written_at
    seen = await context.read(lambda db, actor: understanding.as_note(db, actor, message, tagger, at))
    await context.commit(lambda db, actor: _settle_draft(db, actor, update, context, seen, draft_id))


def _settle_draft(
    db: Session, actor: Actor, update: Update, context: Context, seen: Understanding, draft_id: int
) -> None:
    draft = drafts.get(db, actor, draft_id)
    if seen.customer is None:
        draft.text = seen.text
        context.reply(db, note_texts.whose(seen.text, draft_id, seen.candidates, seen.reading.ask))
        return
    draft.resolved_at = context.now
    origin, customer_id = arguments.origin(update), seen.customer.customer_id
    made = entries.record(db, actor, customer_id, seen.text, seen.said, seen.todo, context.now, origin)
    context.reply(db, notes.said(made, actor, context))


def _change_card(db: Session, context: Context, say: Say, message_id: int | None) -> None:
    """The bot's earlier card becomes `say`; where it is not known yet, a new one is sent."""
    if message_id is None:
        context.reply(db, say)
        return
    payload = {
        "chat_id": context.receipt.chat_id,
        "message_id": message_id,
        "text": say.text,
        "parse_mode": "HTML",
        "reply_markup": say.markup(),
    }
    context.send(db, "editMessageText", payload)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    edited = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE
    return [
        MessageHandler(edited & (filters.TEXT | filters.CAPTION), reread),
        MessageHandler(filters.UpdateType.EDITED_MESSAGE, fallbacks.ignore),  # a command edited in a group runs once
    ]

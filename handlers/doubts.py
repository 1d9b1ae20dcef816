"""A note that may be an order or a reminder: the likely answers are offered, and only the one chosen is stored."""

from __future__ import annotations

from sqlalchemy.orm import Session
from telegram import Update

from crm import drafts
from crm.customers import Origin
from crm.members import Actor
from crm.tables import Customer
from crm.understanding import Understanding
from handlers import arguments, buttons, notes, orders, places, tasks
from handlers.context import Context
from handlers.say import Button
from handlers.texts import notes as texts

KINDS = ("note_or_order", "note_or_remind")


async def note_understood(update: Update, context: Context, seen: Understanding) -> None:
    """The note is saved; one that may be something else is asked about first."""
    if seen.reading.ask not in KINDS or len(seen.candidates) != 1 or not places.is_private(update):
        await notes.note_understood(update, context, seen)
        return
    customer, origin = seen.candidates[0], arguments.origin(update)

    def work(db: Session, actor: Actor) -> None:
        other = _otherwise(db, actor, context, seen, customer)
        data = {"message_id": origin.message_id, "chat_id": origin.chat_id}
        draft = drafts.keep(db, actor, "note", seen.text, data, context.written_at)
        context.reply(db, texts.which(seen.text, draft.draft_id, customer, other))

    await context.commit(work)


def _otherwise(db: Session, actor: Actor, context: Context, seen: Understanding, customer: Customer) -> Button | None:
    """The button of what it may be besides a note; its draft bears no message: an edit speaks to the note."""
    reading, at = seen.reading, context.written_at
    if reading.ask == "note_or_order" and reading.amount_fen is not None:
        new, match = orders.as_read(seen, actor, at, reading.amount_fen)
        data = orders.waiting(new, match, (), Origin())
        draft = drafts.keep(db, actor, orders.KIND, seen.text, data, at)
        return texts.as_order(new, buttons.OrderOf(draft.draft_id, customer.customer_id))
    if reading.ask == "note_or_remind" and seen.todo is not None:
        data = {
            "what": seen.todo.what,
            "customer_id": customer.customer_id,
            "todo": tasks.as_data(seen.todo),
            "assignee_id": None,
        }
        draft = drafts.keep(db, actor, tasks.DRAFT, seen.text, data, at)
        return Button("提醒我", buttons.DraftToCustomer(draft.draft_id, customer.customer_id))
    return None

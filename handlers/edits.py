"""An edited message: the record it made is read again and its card changed. Registered before all others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, filters

from crm import (
    corrections,
    customers,
    drafts,
    edits,
    entries,
    errand_lists,
    errands,
    exchange,
    order_drafts,
    order_lines,
    order_matching,
    order_texts,
    task_changes,
    understanding,
)
from crm import notes as crm_notes
from crm import orders as crm_orders
from crm import tasks as crm_tasks
from crm.customers import Origin
from crm.edits import Made
from crm.leads import Entry
from crm.members import Actor
from crm.order_matching import Match
from crm.orders import NewOrder, Placed
from crm.tables import Customer, Draft, Note
from crm.tasks import Errand
from crm.understanding import Understanding
from handlers import (
    arguments,
    buttons,
    doubts,
    edited_cancellations,
    edited_corrections,
    fallbacks,
    messages,
    notes,
    order_changes,
    orders,
    payments,
    tasks,
)
from handlers import customers as customer_handlers
from handlers import task_changes as changing
from handlers.context import Context, Meant
from handlers.say import Say
from handlers.texts import customers as customer_texts
from handlers.texts import messages as message_texts
from handlers.texts import notes as note_texts
from handlers.texts import orders as order_cards
from handlers.texts import task_changes as change_texts
from handlers.texts import tasks as task_texts

WORDS = (*customer_handlers.WORDS, *notes.WORDS)


async def reread(update: Update, context: Context) -> None:
    """The edited text takes the place of the old one, wherever it went."""
    origin, text = arguments.origin(update), arguments.without_command(arguments.text_of(update), WORDS)
    made = await context.read(lambda db, actor: edits.find(db, actor, origin))
    if not text or made == Made():
        await edited_corrections.untaken(context, origin, text)
    elif made.change is not None and made.change.kind in corrections.KINDS:
        await edited_corrections.follow(context, origin, text, made.change)
    elif made.change is not None and made.change.kind == task_changes.KIND:
        await _task_change(context, origin, text, made.change)
    elif made.change is not None:
        await _doubt(update, context, made.change.draft_id, made.note)
    elif made.customer is not None:
        await _customer(context, origin, text, made.customer)
    elif made.note is not None:
        await _note(context, origin, text, made.note)
    elif made.order is not None:
        await _order(context, origin, arguments.without_command(text, orders.WORDS), made.order)
    elif made.errand is not None:
        await _task(update, context, arguments.without_command(text, tasks.WORDS), made.errand)
    elif made.draft is not None and made.draft.kind == orders.KIND:
        await _order_draft(update, context, made.draft.draft_id)
    elif made.draft is not None and made.draft.data.get("is_doubt"):
        await _doubt(update, context, made.draft.draft_id)
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
        context.change_card(
            db, say, edits.card_of(db, origin, customer_id, None) or edits.card_of(db, origin, None, note_id)
        )

    await context.commit(work)


async def _note(context: Context, origin: Origin, text: str, note: Note) -> None:
    tagger, at, now, note_id = context.services.tagger(), context.written_at, context.now, note.note_id
    seen = await context.read(lambda db, actor: understanding.about_note(db, actor, note_id, text, tagger, at))

    def work(db: Session, actor: Actor) -> None:
        made = entries.rewrite(db, actor, note_id, text, seen.said, seen.todo, now)
        say = notes.said(made, actor, context, note_texts.CORRECTED)
        context.change_card(db, say, edits.card_of(db, origin, None, note_id))
        if (off := edited_cancellations.called_off(db, actor, context, origin, text)) is not None:
            context.reply(db, off)

    await context.commit(work)


async def _order(context: Context, origin: Origin, text: str, made: Placed) -> None:
    """The order follows its message; one of somebody else, or without an amount, is not guessed at."""
    at, now, customer_id, order_id = context.written_at, context.now, made.customer.customer_id, made.order.order_id

    def look(db: Session, actor: Actor) -> tuple[NewOrder | None, Match]:
        customer = customers.get(db, actor, customer_id)
        told = exchange.in_yuan(db, actor, text)
        words = order_lines.read(told, actor.local(at)).rest
        return order_texts.reread(actor, told, customer, at), order_matching.find(db, actor, words, customer)

    new, match = await context.read(look)
    is_his = match.customer is not None and match.customer.customer_id == customer_id

    def work(db: Session, actor: Actor) -> None:
        if new is None or not is_his:
            context.reply(db, order_cards.placed(made, actor.zone, now, order_cards.not_followed(made)))
            return
        placed = crm_orders.change(db, actor, order_id, new, now)
        say = order_cards.placed(placed, actor.zone, now, message_texts.FOLLOWED)
        context.change_card(db, say, edits.card_of(db, origin, customer_id, None))

    await context.commit(work)


async def _task(update: Update, context: Context, text: str, made: Errand) -> None:
    """The reminder follows its message; what names no time to come is not guessed at."""
    message, at, task_id = notes.message_of(update, text), context.written_at, made.task.task_id
    customer_id, origin = made.task.customer_id, arguments.origin(update)
    together = await context.read(lambda db, actor: errand_lists.together(db, actor, origin, text, at))
    if together:
        await tasks.retake(update, context, text, together)
        return
    request = await context.read(lambda db, actor: errands.read(db, actor, message, customer_id, at))

    def work(db: Session, actor: Actor) -> None:
        if request.todo is None:
            context.reply(db, task_texts.card(made, actor.zone, context.now, message_texts.TASK_NOT_FOLLOWED))
            return
        errand = crm_tasks.retime(db, actor, task_id, request.todo, context.now)
        errand.task.what = request.what or errand.task.what
        say = task_texts.card(errand, actor.zone, context.now, message_texts.FOLLOWED)
        context.change_card(db, say, edits.card_of_task(db, origin, task_id))

    await context.commit(work)


async def _order_draft(update: Update, context: Context, draft_id: int) -> None:
    """An order that waits for its customer follows its message, and so does the question about it."""
    typed, origin, at, now = arguments.text_of(update), arguments.origin(update), context.written_at, context.now
    text = arguments.without_command(typed, orders.WORDS)

    def look(db: Session, actor: Actor) -> tuple[NewOrder | None, Match, tuple[str, ...]]:
        told = exchange.in_yuan(db, actor, text)
        if text == typed:
            seen = understanding.read(db, actor, notes.message_of(update, told), None, at, heeds_question=False)
            if seen.action == orders.KIND and seen.reading.amount_fen is not None:
                return *orders.as_read(seen, actor, at, seen.reading.amount_fen), ()
        line = order_lines.read(told, actor.local(at))
        match = order_matching.find(db, actor, line.rest)
        return orders.as_typed(line, match.product) if line.amount_fen is not None else None, match, line.rest

    new, match, words = await context.read(look)

    def work(db: Session, actor: Actor) -> None:
        draft = drafts.get(db, actor, draft_id, (orders.KIND,), to_change=True)
        card = edits.card_with(db, origin, buttons.encode(buttons.DropDraft(draft_id)))
        data = order_drafts.waiting(new, match, words, origin) if new is not None else {}
        if new is not None and match.customer is None and (match.candidates or data["name"]):
            draft.text, draft.data = text, data
            say = order_cards.whose(new, draft_id, match.candidates, data["name"], match.near)
        else:
            draft.resolved_at = now
            say = _settled_order(db, actor, context, text, new, match, origin)
        context.change_card(db, say, card)

    await context.commit(work)


def _settled_order(
    db: Session, actor: Actor, context: Context, text: str, new: NewOrder | None, match: Match, origin: Origin
) -> Say:
    """The order is stored, or what its message lacks by now is said: the amount before must not be kept."""
    if new is None:
        return order_cards.unclear(orders.missing(text), text)
    if match.customer is None:
        return order_cards.unclear(order_cards.NO_CUSTOMER, text)
    placed = crm_orders.add(db, actor, match.customer.customer_id, orders.with_words(new, text), context.now, origin)
    return order_cards.placed(placed, actor.zone, context.now)


async def _task_change(context: Context, origin: Origin, text: str, draft: Draft) -> None:
    """The task that was moved or called off is what the message makes of it now; a note of the message follows, too."""
    tagger, at, now = context.services.tagger(), context.written_at, context.now

    def look(db: Session, actor: Actor) -> Understanding | None:
        note = crm_notes.find_by_origin(db, actor, origin)
        return understanding.about_note(db, actor, note.note_id, text, tagger, at) if note is not None else None

    seen = await context.read(look)

    def work(db: Session, actor: Actor) -> None:
        note, also = crm_notes.find_by_origin(db, actor, origin), ""
        if note is not None and seen is not None:
            made = entries.rewrite(db, actor, note.note_id, text, seen.said, None, now)
            also = change_texts.noted(made.customer.name)
        errand, to = task_changes.again(db, actor, draft, text, at)
        if to == task_changes.UNTOLD or (to is not None and changing.is_over(to, actor, now)):
            context.reply(db, change_texts.not_followed(errand, actor.zone, now, also))
            return
        undone = task_changes.undo(db, actor, draft.draft_id, now)
        if not undone[0].is_back:
            context.reply(db, change_texts.back(undone, actor.zone, now))
            return
        task_id = errand.task.task_id
        changed = task_changes.apply(db, actor, task_id, to, now, origin)
        say = change_texts.changed(changed, actor.zone, now, also)
        context.change_card(db, say, edits.card_of_task(db, origin, task_id))

    await context.commit(work)


async def _doubt(update: Update, context: Context, draft_id: int, note: Note | None = None) -> None:
    """What was not sure is read again as it is typed now, and done or asked in the place of the question."""
    typed, at, tagger = arguments.text_of(update), context.written_at, context.services.tagger()
    message, origin = notes.message_of(update, typed), arguments.origin(update)

    def look(db: Session, actor: Actor) -> tuple[Understanding, int | None]:
        asked = drafts.get(db, actor, draft_id, (doubts.KIND,))
        then = replace(actor, current_customer_id=asked.data.get("current_id"))  # who was shown last when it was typed
        seen = understanding.read(db, then, message, tagger, at, heeds_question=False)
        return seen, edits.card_with(db, origin, buttons.encode(buttons.DropDraft(draft_id)))

    seen, card_id = await context.read(look)
    context.meant = Meant(draft_id, origin, at, card_id)
    is_taken = await changing.retake(update, context, message, seen)
    if is_taken or await order_changes.take(update, context, message, seen):
        return
    if note is not None:
        await _note(context, origin, typed, note)
    elif not await payments.take(update, context, seen):
        await messages.take_understood(update, context, seen)


async def _draft(update: Update, context: Context, text: str, draft_id: int) -> None:
    message, tagger, at = notes.message_of(update, text), context.services.tagger(), context.written_at
    seen = await context.read(lambda db, actor: understanding.as_note(db, actor, message, tagger, at))
    await context.commit(lambda db, actor: _settle_draft(db, actor, update, context, seen, draft_id))


def _settle_draft(
    db: Session, actor: Actor, update: Update, context: Context, seen: Understanding, draft_id: int
) -> None:
    draft = drafts.get(db, actor, draft_id, to_change=True)
    if seen.customer is None:
        draft.text = seen.text
        context.reply(db, note_texts.whose(seen.text, draft_id, seen.candidates, seen.reading.ask))
        return
    draft.resolved_at = context.now
    origin, customer_id = arguments.origin(update), seen.customer.customer_id
    made = entries.record(db, actor, customer_id, seen.text, seen.said, seen.todo, context.now, origin)
    context.reply(db, notes.said(made, actor, context))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    edited = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE
    return [
        MessageHandler(edited & (filters.TEXT | filters.CAPTION), reread),
        MessageHandler(filters.UpdateType.EDITED_MESSAGE, fallbacks.ignore),  # a command edited in a group runs once
    ]

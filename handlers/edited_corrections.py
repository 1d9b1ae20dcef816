"""An edited message that had put an order, a debt or a payment right: what it says now is right."""

from __future__ import annotations

from sqlalchemy.orm import Session

from crm import (
    accounts,
    corrections,
    credit,
    edits,
    entries,
    entry_changes,
    exchange,
    notes,
    order_changes,
    order_texts,
    orders,
    understanding,
)
from crm.customers import Origin
from crm.members import Actor
from crm.tables import Draft
from crm.understanding import Understanding
from handlers import buttons
from handlers import entry_changes as entry_handlers
from handlers.context import Context
from handlers.say import Say
from handlers.texts import entry_changes as entry_cards
from handlers.texts import messages as message_texts
from handlers.texts import order_changes as order_cards


async def follow(context: Context, origin: Origin, text: str, draft: Draft) -> None:
    """The correction is what its message makes of it now; a note of the message follows, too."""
    tagger, at = context.services.tagger(), context.written_at

    def look(db: Session, actor: Actor) -> Understanding | None:
        note = notes.find_by_origin(db, actor, origin)
        return understanding.about_note(db, actor, note.note_id, text, tagger, at) if note is not None else None

    seen = await context.read(look)
    is_order = draft.kind == orders.CHANGE_KIND
    undoing = buttons.UndoOrderChange(draft.draft_id) if is_order else buttons.UndoEntryChange(draft.draft_id)

    def work(db: Session, actor: Actor) -> None:
        note = notes.find_by_origin(db, actor, origin)
        if note is not None and seen is not None:
            entries.rewrite(db, actor, note.note_id, text, seen.said, None, context.now)
        card_id = edits.card_with(db, origin, buttons.encode(undoing))
        say, is_followed = (_order if is_order else _entry)(db, actor, context, draft, text, origin)
        context.change_card(db, say, card_id if is_followed else None)

    await context.commit(work)


async def untaken(context: Context, origin: Origin) -> None:
    """The edited message has no record that follows it; of a debt or payment it is said how to change that."""

    def work(db: Session, actor: Actor) -> None:
        found = [
            buttons.decode(data) for data in edits.answer_to(db, origin) if data.startswith(buttons.UndoEntry.code)
        ]
        entry_id = next((press.entry_id for press in found if isinstance(press, buttons.UndoEntry)), None)
        if entry_id is None:
            context.reply(db, Say(message_texts.EDIT_NOT_TAKEN))
            return
        booked = accounts.get(db, actor, entry_id)
        context.reply(db, Say(entry_cards.how_to_change(booked)))

    await context.commit(work)


def _order(db: Session, actor: Actor, context: Context, draft: Draft, text: str, origin: Origin) -> tuple[Say, bool]:
    """The card of the order, and whether it follows the message."""
    now, zone = context.now, actor.zone
    again = corrections.of_order(db, actor, draft, exchange.in_yuan(db, actor, text), context.written_at)
    if again is None:
        return order_cards.not_followed(orders.get(db, actor, int(draft.data["order_id"])), zone, now), False
    if again.choice is None:
        return order_cards.back(again.placed, False, zone, now), False
    order_id, new = again.placed.order.order_id, again.choice.new
    if new is None:
        return order_cards.cancelled(orders.remove(db, actor, order_id, now)), True
    try:
        made = order_changes.apply(db, actor, order_id, new, None, now)
    except order_changes.SameAsBefore:
        return order_cards.back(again.placed, True, zone, now), True
    corrections.remember(db, made.draft_id, origin)
    if again.choice.text:
        order_texts.remember(db, made.draft_id, again.choice.text)
    return order_cards.changed(made, zone, now), True


def _entry(db: Session, actor: Actor, context: Context, draft: Draft, text: str, origin: Origin) -> tuple[Say, bool]:
    """The card of the debt or payment, and whether it follows the message."""
    change = corrections.of_entry(db, actor, draft, exchange.in_yuan(db, actor, text))
    booked = accounts.get(db, actor, int(draft.data["entry_id"]))
    standing = credit.of(db, actor, booked.customer.customer_id, context.now)
    if change is None:
        return entry_cards.not_followed(booked, standing), False
    booked, is_back = entry_changes.undo(db, actor, draft.draft_id, context.now)
    if not is_back:
        return entry_cards.back(booked, False, standing), False
    return entry_handlers.put_right(db, actor, context, booked.entry, change, origin), True

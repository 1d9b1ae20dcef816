"""An edited message that had put an order, a debt or a payment right: what it says now is right."""

from __future__ import annotations

from sqlalchemy.orm import Session

from crm import (
    accounts,
    corrections,
    credit,
    edited_entries,
    edits,
    entries,
    entry_changes,
    exchange,
    notes,
    orders,
    understanding,
)
from crm.accounts import Booked
from crm.customers import Origin
from crm.members import Actor
from crm.tables import Draft
from crm.understanding import Understanding
from handlers import buttons, edited_cancellations
from handlers import entry_changes as entry_handlers
from handlers.context import Context
from handlers.say import Say
from handlers.texts import entry_changes as entry_cards
from handlers.texts import messages as message_texts
from handlers.texts import order_changes as order_cards
from nlp.reader.entry_changes import EntryChange, Kind


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


async def untaken(context: Context, origin: Origin, text: str) -> None:
    """The edited message has no record of its own: the debt or payment that it booked follows it.

    What it called off is offered again.
    """

    def work(db: Session, actor: Actor) -> None:
        entry_id = next((p.entry_id for p in edited_cancellations.undoing(db, origin, buttons.UndoEntry)), None)
        booked = accounts.get(db, actor, entry_id) if entry_id is not None else None
        if booked is not None and booked.entry.deleted_at is None:
            card_id = edits.card_with(db, origin, buttons.encode(buttons.UndoEntry(booked.entry.account_entry_id)))
            say, is_followed = _booked(db, actor, context, booked, text, origin)
            context.change_card(db, say, card_id if is_followed else None)
            return
        off = edited_cancellations.called_off(db, actor, context, origin, text, is_only=True)
        context.reply(db, off or Say(message_texts.EDIT_NOT_TAKEN))

    await context.commit(work)


def _booked(db: Session, actor: Actor, context: Context, booked: Booked, text: str, origin: Origin) -> tuple[Say, bool]:
    """The card of the debt or payment, and whether it follows the message."""
    fen = edited_entries.fen(actor, booked, exchange.in_yuan(db, actor, text), context.written_at)
    if fen is None or fen == booked.entry.amount_fen:
        return Say(entry_cards.how_to_change(booked)), False
    kind: Kind = "debt" if booked.entry.kind == "debt" else "payment"
    return entry_handlers.put_right(db, actor, context, booked.entry, EntryChange(kind, fen), origin), True


def _order(db: Session, actor: Actor, context: Context, draft: Draft, text: str, origin: Origin) -> tuple[Say, bool]:
    """The card of the order, and whether it follows the message."""
    now, zone = context.now, actor.zone
    again = corrections.of_order(db, actor, draft, exchange.in_yuan(db, actor, text), context.written_at)
    if again is None:
        return order_cards.not_followed(orders.get(db, actor, int(draft.data["order_id"])), zone, now), False
    if again.choice is None:
        return order_cards.back(again.placed, False, zone, now), False
    return edited_cancellations.put_right(db, actor, context, again.placed, again.choice, origin), True


def _entry(db: Session, actor: Actor, context: Context, draft: Draft, text: str, origin: Origin) -> tuple[Say, bool]:
    """The card of the debt or payment, and whether it follows the message."""
    change = corrections.of_entry(db, actor, draft, exchange.in_yuan(db, actor, text), context.written_at)
    booked = accounts.get(db, actor, int(draft.data["entry_id"]))
    standing = credit.of(db, actor, booked.customer.customer_id, context.now)
    if change is None:
        return entry_cards.not_followed(booked, standing), False
    booked, is_back = entry_changes.undo(db, actor, draft.draft_id, context.now)
    if not is_back:
        return entry_cards.back(booked, False, standing), False
    return entry_handlers.put_right(db, actor, context, booked.entry, change, origin), True

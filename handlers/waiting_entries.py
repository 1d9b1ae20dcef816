"""What waited in a draft is booked: a debt or payment told in a note, goods that came back, a debt that is less."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from crm import accounts, allowances, collecting, credit, deposits_counted, entry_changes, rests, settling
from crm import orders as order_rows
from crm.customers import Origin
from crm.members import Actor
from crm.orders import NewOrder
from crm.tables import Draft
from handlers import orders
from handlers.say import Say
from handlers.texts import credit as texts
from handlers.texts import entry_changes as change_texts
from handlers.texts import payments as payment_texts
from handlers.texts import rests as rest_texts
from nlp.reader import deposits
from nlp.reader.incoming import Incoming


def taken(db: Session, actor: Actor, draft: Draft, customer_id: int, now: datetime) -> Say:
    """What waited is done, as it is by now; with the card of it."""
    data = draft.data
    fen, on = int(data["fen"]), date.fromisoformat(data["on"]) if data["on"] else None
    if data["kind"] == "return":
        new = NewOrder(-fen, actor.today(draft.created_at), data["product"], data["quantity"])
        return orders.placed_card(db, actor, order_rows.add(db, actor, customer_id, new, now, Origin()), now)
    if data["kind"] == "less":
        lowered, was, draft_id = entry_changes.lower(db, actor, data["entry_id"], fen, now)
        return change_texts.changed(lowered, was, draft_id, credit.of(db, actor, customer_id, now))
    if data["kind"] == "debt":
        return _owed(db, actor, draft, customer_id, on, now)
    fen = rests.share_fen(db, actor, draft, customer_id, now)
    if not fen:
        return texts.page(credit.of(db, actor, customer_id, now), texts.ALL_PAID)
    return paid(db, actor, customer_id, fen, on or actor.today(now), now, deposits.is_named(draft.text))


def paid(db: Session, actor: Actor, customer_id: int, fen: int, on: date, now: datetime, is_ahead: bool = False) -> Say:
    """The payment is booked, of an order that is no debt with that debt; the card of it. `is_ahead`: a deposit."""
    made, draft_id = settling.book(db, actor, customer_id, fen, on, now, is_ahead=is_ahead)
    standing = credit.of(db, actor, customer_id, now)
    is_all = standing.account.owed_fen <= 0 and not standing.unpaid_fen
    done = collecting.ended_by(db, actor, customer_id, fen, is_all)
    card = texts.booked(made[-1], standing) if draft_id is None else texts.order_paid(made, draft_id, standing)
    return texts.with_done(card, done)


def came(db: Session, actor: Actor, customer_id: int, told: Incoming, at: datetime, now: datetime) -> Say:
    """The money told to have come is booked, and what is let off with it; the card of it."""
    today, on = actor.today(now), told.on or actor.today(at)
    fen, off_fen = allowances.of(db, customer_id, told, today) or (told.fen, 0)
    if told.is_ahead and (earlier := deposits_counted.waiting(db, actor, customer_id, fen, now)) is not None:
        earlier.resolved_at = now  # a note told it before: its button books nothing more
    if not off_fen:
        return paid(db, actor, customer_id, fen, on, now, told.is_ahead)
    made, draft_id = allowances.book(db, actor, customer_id, fen, off_fen, on, now)
    standing = credit.of(db, actor, customer_id, now)
    done = collecting.ended_by(db, actor, customer_id, fen, standing.account.owed_fen <= 0 and not standing.unpaid_fen)
    return texts.with_done(payment_texts.let_off(texts.booked(made[-1], standing), off_fen, draft_id), done)


def owed(db: Session, actor: Actor, customer_id: int, fen: int, on: date | None, now: datetime) -> Say:
    """The debt is booked as it is told; of an order told whole, of which a part is booked as paid, what is left."""
    paid_fen = settling.paid_of_fen(db, customer_id, fen, actor.today(now))
    booked = accounts.add(db, actor, customer_id, "debt", fen - paid_fen, on, now)
    return texts.booked(booked, credit.of(db, actor, customer_id, now), paid_fen)


def _owed(db: Session, actor: Actor, draft: Draft, customer_id: int, on: date | None, now: datetime) -> Say:
    """What is left of the debt by now is booked; what was paid of the order with it, if that is not in the ledger."""
    order = rests.order_of(db, draft)
    customer_id = order.customer_id if order is not None else customer_id  # it may be another's by now
    due = rests.due(db, actor, draft, customer_id, now)
    if due.fen <= 0:
        return texts.page(credit.of(db, actor, customer_id, now), rest_texts.nothing_owed(order, due.is_noted))
    is_changed = order is not None and rests.is_changed(draft, order)
    if due.paid_fen:
        made, draft_id = rests.book_with_part(db, actor, draft, customer_id, due, now)
        card = texts.part_booked(made, draft_id, credit.of(db, actor, customer_id, now))
    else:
        less_fen = 0 if is_changed else int(draft.data["fen"]) - due.fen
        booked = accounts.add(db, actor, customer_id, "debt", due.fen, on, now)
        card = texts.booked(booked, credit.of(db, actor, customer_id, now), less_fen)
    return rest_texts.of_changed(card, order.amount_fen) if order is not None and is_changed else card


def off(db: Session, actor: Actor, draft: Draft, now: datetime) -> Say | None:
    """Why a plan of payments is not booked: its order costs something else or is none by now; None else."""
    order = rests.order_of(db, draft)
    if order is None:
        return None
    stands, is_changed = order.deleted_at is None and not order.is_paid, rests.is_changed(draft, order)
    if stands and not is_changed:
        return None
    why = rest_texts.plan_of_another_sum(order.amount_fen) if stands else rest_texts.nothing_owed(order)
    return texts.page(credit.of(db, actor, order.customer_id, now), why)

"""The sum of an order whose words left it open: asked for, and taken alone or as a reply to the question."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update

from crm import awaiting, customers, drafts, order_drafts, order_lines, unlikely_orders
from crm.members import Actor
from crm.order_matching import Match
from crm.orders import NewOrder
from crm.outbox import About
from crm.tables import Customer
from crm.understanding import Understanding
from handlers import arguments, orders
from handlers.context import Context
from handlers.say import Say
from handlers.texts import orders as texts


def ask(db: Session, actor: Actor, context: Context, seen: Understanding, sentence: str) -> None:
    """The sum is asked for; of a customer who is known the answer needs nothing but the sum."""
    asked = texts.unclear(sentence, seen.text)
    if (customer := seen.customer) is not None:
        new, _ = orders.as_read(seen, actor, context.written_at, 0)
        told = {"product": new.product, "quantity": new.quantity, "on": new.ordered_on.isoformat()}
        awaiting.ask(db, actor, awaiting.TOTAL, context.now, customer_id=customer.customer_id, **told)
        asked = dataclasses.replace(asked, about=About(customer_id=customer.customer_id))
    context.reply(db, asked)


async def take(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The order is booked with the sum that was typed; one that is hardly meant waits for a tap."""
    text, customer_id = arguments.after(update, orders.WORDS), int(asked["customer_id"])
    line = await context.read(lambda db, actor: order_lines.read(text, actor.local(context.written_at)))

    def work(db: Session, actor: Actor) -> None:
        if line.amount_fen is None:
            context.reply(db, Say(orders.missing(text)))
            return
        awaiting.drop(db, actor)
        new = NewOrder(line.amount_fen, date.fromisoformat(asked["on"]), asked["product"], asked["quantity"])
        customer = customers.get(db, actor, customer_id)
        match = Match(customer, [], new.product)
        if (why := _why(db, actor, text, new, customer)) is None:
            orders.save(db, actor, context, text, new, match)
            return
        data = order_drafts.waiting(new, match, (), context.origin)
        draft = drafts.keep(db, actor, orders.KIND, text, data, context.now)
        context.reply(db, texts.doubted(customer, new.amount_fen, why, draft.draft_id))

    await context.commit(work)


def _why(db: Session, actor: Actor, text: str, new: NewOrder, customer: Customer) -> str | None:
    """Why the sum is asked about, None when it is surely one."""
    largest_fen = unlikely_orders.largest_below(db, actor, new.amount_fen)
    if largest_fen is not None:
        return texts.far_beyond(new.amount_fen, largest_fen)
    return texts.total_doubted(customer, new.amount_fen) if order_lines.is_bare(text, new.amount_fen) else None

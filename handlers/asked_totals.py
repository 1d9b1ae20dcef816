"""The sum of an order whose words left it open: asked for, and taken alone or as a reply to the question."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update

from crm import awaiting, customers, order_lines
from crm.members import Actor
from crm.order_matching import Match
from crm.orders import NewOrder
from crm.outbox import About
from crm.understanding import Understanding
from handlers import arguments, orders
from handlers.context import Context
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
    """The order is booked with the sum that was typed."""
    text, customer_id = arguments.after(update, orders.WORDS), int(asked["customer_id"])
    line = await context.read(lambda db, actor: order_lines.read(text, actor.local(context.written_at)))

    def work(db: Session, actor: Actor) -> None:
        awaiting.drop(db, actor)
        new = NewOrder(line.amount_fen or 0, date.fromisoformat(asked["on"]), asked["product"], asked["quantity"])
        match = Match(customers.get(db, actor, customer_id), [], new.product)
        orders.save(db, actor, context, text, new, match)

    await context.commit(work)

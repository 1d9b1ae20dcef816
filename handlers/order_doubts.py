"""An order or a return that is hardly meant as read is a question, with the reason below it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from crm import returned, unlikely_orders
from crm.members import Actor
from crm.tables import Customer
from crm.understanding import Understanding
from handlers.context import Context
from handlers.say import Button
from handlers.texts import orders as texts


async def asked(context: Context, seen: Understanding) -> Understanding:
    """What was understood; an order that is hardly meant as a question.

    So is a return of more than was ever bought, one whose money alone is told, and a sum far beyond all that was sold.
    """

    def look(db: Session, actor: Actor) -> tuple[Customer, str] | None:
        return _why(db, actor, context, seen)

    found = await context.read(look)
    if found is None:
        return seen
    customer, why = found

    def below(db: Session, actor: Actor) -> tuple[Button, ...]:
        context.put_below(why)
        return ()

    context.put_beside(below)
    return returned.doubted(seen, customer)


def _why(db: Session, actor: Actor, context: Context, seen: Understanding) -> tuple[Customer, str] | None:
    customer, fen = seen.customer, seen.reading.amount_fen or 0
    if customer is None:
        return None
    if (exceeding := returned.exceeding(db, actor, seen)) is not None:
        return customer, texts.returns_more(customer, exceeding[1], returned.has_bought(db, customer.customer_id))
    today = actor.today(context.written_at)
    if (on := unlikely_orders.returned_before(db, actor, seen, today)) is not None:
        return customer, texts.returned_before(-fen, on)
    largest_fen = unlikely_orders.far_beyond(db, actor, seen)
    return (customer, texts.far_beyond(fen, largest_fen)) if largest_fen is not None else None

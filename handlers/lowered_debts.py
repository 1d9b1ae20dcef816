"""A return may lower what is owed: its card offers that."""

from __future__ import annotations

from sqlalchemy.orm import Session

from crm import debts
from crm.members import Actor
from crm.understanding import Understanding
from handlers.context import Context
from handlers.say import Button
from handlers.texts import credit as credit_texts


def offer(context: Context, seen: Understanding) -> None:
    """The card of a return will carry [欠款减 …] where so much is owed; an order's is handlers/orders.py."""
    customer = seen.customer
    total_fen = seen.reading.amount_fen or 0
    if customer is None or total_fen >= 0:
        return

    def row(db: Session, actor: Actor) -> tuple[Button, ...]:
        debt = debts.offer_less(db, actor, seen.text, customer.customer_id, -total_fen, context.written_at)
        return (credit_texts.as_debt(debt, customer.customer_id),) if debt is not None else ()

    context.put_beside(row)

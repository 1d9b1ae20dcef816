"""Customers of whose orders a part is booked as paid and the rest is no debt yet: who owes counts no such rest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import customers, settling
from crm.accounts import Overdue
from crm.members import Actor
from crm.tables import AccountEntry, Customer, Order


def left(db: Session, actor: Actor, now: datetime) -> list[Overdue]:
    """The member's customers with what is left of their orders paid in part of late, the largest sums first."""
    paid = _paid(db, actor, now)
    wanted = select(Order, Customer).join(Customer, Customer.customer_id == Order.customer_id)
    stands = (Order.order_id.in_(paid), Order.deleted_at.is_(None), Order.is_paid.is_(False))
    rests: dict[Customer, int] = {}
    for order, customer in db.execute(wanted.where(*stands, customers.visible(actor))):
        rests[customer] = rests.get(customer, 0) + max(order.amount_fen - paid[order.order_id], 0)
    unpaid = settling.unpaid_of(db, [one.customer_id for one in rests], actor.today(now))
    found = [Overdue(one, min(fen, unpaid.get(one.customer_id, 0))) for one, fen in rests.items()]
    return sorted((one for one in found if one.fen > 0), key=lambda one: -one.fen)


def _paid(db: Session, actor: Actor, now: datetime) -> dict[int, int]:
    """What was booked as paid with each such order of late that he may see, by its id, as far as it stands."""
    stands = (AccountEntry.kind == "payment", AccountEntry.deleted_at.is_(None), AccountEntry.order_id.is_not(None))
    of_late = (AccountEntry.team_id == actor.team_id, AccountEntry.created_at >= now - settling.WITHIN)
    sums = select(AccountEntry.order_id, func.sum(AccountEntry.amount_fen))
    seen = sums.join(Customer, Customer.customer_id == AccountEntry.customer_id).where(*stands, *of_late)
    return {
        key: int(fen) for key, fen in db.execute(seen.where(customers.visible(actor)).group_by(AccountEntry.order_id))
    }

"""Customers of whose orders a part is booked as paid and the rest is no debt yet: who owes counts no such rest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import customers, payment_plans, settling
from crm.accounts import Overdue
from crm.members import Actor
from crm.tables import Customer, Draft, Member, Order

LOOKED_AT = 100  # newest orders with a part paid


def left(db: Session, actor: Actor, now: datetime) -> list[Overdue]:
    """The member's customers with what is left of their orders of late, the largest sums first."""
    colleagues = select(Member.member_id).where(Member.team_id == actor.team_id)
    made = (Draft.member_id.in_(colleagues), Draft.kind == payment_plans.BOOKED, Draft.resolved_at.is_(None))
    bought = (
        select(Customer)
        .select_from(Draft)
        .join(Order, Order.order_id == Draft.data["order_id"].as_integer())
        .join(Customer, Customer.customer_id == Order.customer_id)
        .where(*made, Draft.created_at >= now - settling.WITHIN, Order.deleted_at.is_(None), customers.visible(actor))
    )
    found = {one.customer_id: one for one in db.scalars(bought.order_by(Draft.created_at.desc()).limit(LOOKED_AT))}
    unpaid = settling.unpaid_of(db, list(found), actor.today(now))
    rests = [Overdue(one, unpaid.get(customer_id, 0)) for customer_id, one in found.items()]
    return sorted((one for one in rests if one.fen > 0), key=lambda one: -one.fen)

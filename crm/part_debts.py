"""Customers of whose orders a part is booked as paid and the rest is no debt yet: who owes counts no such rest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import customers, payment_plans, settling
from crm.accounts import Overdue
from crm.members import Actor
from crm.tables import Customer, Draft, Order

LOOKED_AT = 100  # newest orders with a part paid


def left(db: Session, actor: Actor, now: datetime) -> list[Overdue]:
    """The member's customers with what is left of their orders of late, the largest sums first."""
    made = (Draft.team_id == actor.team_id, Draft.kind == payment_plans.BOOKED, Draft.resolved_at.is_(None))
    newest = select(Draft.data).where(*made, Draft.created_at >= now - settling.WITHIN)
    data = db.scalars(newest.order_by(Draft.draft_id.desc()).limit(LOOKED_AT))
    order_ids = [one["order_id"] for one in data if "order_id" in one]
    bought = select(Order.customer_id).where(Order.order_id.in_(order_ids), Order.deleted_at.is_(None))
    mine = select(Customer).where(Customer.customer_id.in_(bought), customers.visible(actor))
    today = actor.today(now)
    rests = [Overdue(one, settling.unpaid_fen(db, [one.customer_id], today)) for one in db.scalars(mine)]
    return sorted((one for one in rests if one.fen > 0), key=lambda one: -one.fen)

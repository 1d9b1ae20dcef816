"""Customers of whose orders a part is booked as paid and the rest is no debt yet: who owes counts no such rest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import customers, payment_plans, settling
from crm.accounts import Overdue
from crm.members import Actor
from crm.tables import AccountEntry, Customer, Draft, Member, Order

LOOKED_AT = 100  # newest orders with a part paid


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
    """What was booked as paid with each of the newest such orders he may see, by its id, as far as it stands."""
    colleagues = select(Member.member_id).where(Member.team_id == actor.team_id)
    made = (Draft.member_id.in_(colleagues), Draft.kind == payment_plans.BOOKED, Draft.resolved_at.is_(None))
    newest = (
        select(Draft.data)
        .join(Order, Order.order_id == Draft.data["order_id"].as_integer())
        .join(Customer, Customer.customer_id == Order.customer_id)
        .where(*made, Draft.created_at >= now - settling.WITHIN, Order.deleted_at.is_(None), customers.visible(actor))
    )
    data = db.scalars(newest.order_by(Draft.created_at.desc()).limit(LOOKED_AT))
    orders = {key: one["order_id"] for one in data for key in one["entry_ids"]}
    such = (
        AccountEntry.account_entry_id.in_(orders),
        AccountEntry.kind == "payment",
        AccountEntry.deleted_at.is_(None),
    )
    paid: dict[int, int] = {}
    for key, fen in db.execute(select(AccountEntry.account_entry_id, AccountEntry.amount_fen).where(*such)):
        paid[orders[key]] = paid.get(orders[key], 0) + fen
    return paid

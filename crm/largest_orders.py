"""The largest single orders of a stretch of days: 谁的单子最大 asks for one order, not for the sum of many."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import customers, sellers
from crm.members import Actor
from crm.tables import Customer, Member, Order
from nlp.questions import Period

MOST = 5


@dataclass(frozen=True, slots=True)
class Sale:
    """An order, whose it is, and the name of the member for whom it counts."""

    order: Order
    customer: Customer
    seller: str | None


def find(db: Session, actor: Actor, days: Period) -> list[Sale]:
    """The orders with most money in these days, of those that count for the member or his team; largest first.

    A customer who went to a colleague is named to his team only.
    """
    sold = (
        sellers.counted(actor),
        customers.visible(actor),
        Order.team_id == actor.team_id,
        Order.ordered_on.between(days.first, days.last),
        Order.deleted_at.is_(None),
        Order.amount_fen > 0,
    )
    rows = (
        select(Order, Customer, Member.name)
        .join(Customer, Customer.customer_id == Order.customer_id)
        .outerjoin(Member, Member.member_id == sellers.SELLER)
        .where(*sold)
        .order_by(Order.amount_fen.desc(), Order.ordered_on.desc(), Order.order_id.desc())
        .limit(MOST)
    )
    return [Sale(order, customer, seller) for order, customer, seller in db.execute(rows)]

"""An order that words mark as paid (把王芳58标成已收款): what 撤销 takes back is the mark, not the sale."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from crm import drafts, orders
from crm.members import Actor
from crm.orders import Placed

KIND = "paid_mark"  # of the draft that takes the mark back


def mark(db: Session, actor: Actor, order_id: int, now: datetime) -> Placed:
    """The order is paid; the draft that takes that back is kept where it was not so before.

    Raises: orders.OrderNotFound
    """
    placed = orders.set_paid(db, actor, order_id, True)
    if placed.changed:
        drafts.keep(db, actor, KIND, "", {"order_id": order_id}, now)
    return placed


def undo(db: Session, actor: Actor, draft_id: int, now: datetime) -> Placed:
    """The order is not paid, as before.

    Raises: drafts.DraftNotFound; drafts.DraftResolved; orders.OrderNotFound
    """
    data = drafts.take(db, actor, draft_id, now, (KIND,)).data
    return orders.set_paid(db, actor, int(data["order_id"]), False)

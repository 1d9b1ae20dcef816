"""Orders and returns: recorded for a customer, taken back, brought back; the customer's summary follows each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import customers, members, purchases, risk, scores
from crm.members import Actor
from crm.tables import Customer, Order

LARGEST_FEN = 10**13  # 100 billion yuan: more is a slip of the finger


class OrderNotFound(LookupError):
    """There is no such order, or the member may not see its customer."""


class AmountImpossible(ValueError):
    """An order of nothing, or of more than anybody sells."""


@dataclass(frozen=True, slots=True)
class NewOrder:
    """What was sold (positive fen) or came back (negative fen) on a day of the team's zone."""

    amount_fen: int
    ordered_on: date
    product: str | None = None
    quantity: float | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An order with its customer and the customer's new total in fen. `changed` is False when it was so already."""

    order: Order
    customer: Customer
    total_fen: int
    changed: bool = True


def add(db: Session, actor: Actor, customer_id: int, new: NewOrder, now: datetime) -> Placed:
    """The order is stored, the customer's summary and scores follow, and the customer is current.

    Raises: customers.CustomerNotFound; AmountImpossible
    """
    if not 0 < abs(new.amount_fen) <= LARGEST_FEN:
        raise AmountImpossible(new.amount_fen)
    customer = customers.get(db, actor, customer_id)
    order = Order(
        team_id=actor.team_id,
        customer_id=customer_id,
        ordered_on=new.ordered_on,
        amount_fen=new.amount_fen,
        product=new.product[:200] if new.product else None,
        quantity=new.quantity,
        created_by_id=actor.member_id,
        created_at=now,
    )
    db.add(order)
    db.flush([order])
    summary = purchases.count_in(db, order)
    if order.amount_fen > 0:
        risk.close_bought(db, [customer_id], now)
        if customer.stage != "won":
            customer.stage = "won"
    scores.rescore(db, actor.team_id, [customer_id], now)
    members.keep_current(db, actor, customer_id, now)
    return Placed(order, customer, summary.total_fen)


def remove(db: Session, actor: Actor, order_id: int, now: datetime) -> Placed:
    """The order is taken back; a second time changes nothing.

    Raises: OrderNotFound
    """
    order, customer = _get(db, actor, order_id)
    changed = order.deleted_at is None
    if changed:
        order.deleted_at = now
        risk.reopen_bought(db, customer.customer_id, order.created_at)
    return _resettled(db, order, customer, changed, now)


def restore(db: Session, actor: Actor, order_id: int, now: datetime) -> Placed:
    """The order taken back counts again.

    Raises: OrderNotFound
    """
    order, customer = _get(db, actor, order_id)
    changed = order.deleted_at is not None
    if changed:
        order.deleted_at = None
        if order.amount_fen > 0:
            customer.stage = "won"
            risk.close_bought(db, [customer.customer_id], now)
    return _resettled(db, order, customer, changed, now)


def _resettled(db: Session, order: Order, customer: Customer, changed: bool, now: datetime) -> Placed:
    if changed:
        db.flush()
        purchases.rebuild(db, [customer.customer_id])
        purchases.unsettle(db, [customer.customer_id])
        scores.rescore(db, customer.team_id, [customer.customer_id], now)
    return Placed(order, customer, purchases.total_fen(db, customer.customer_id), changed)


def _get(db: Session, actor: Actor, order_id: int) -> tuple[Order, Customer]:
    wanted = select(Order, Customer).join(Customer, Customer.customer_id == Order.customer_id)
    found = db.execute(wanted.where(Order.order_id == order_id, customers.visible(actor))).one_or_none()
    if found is None:
        raise OrderNotFound(order_id)
    return found[0], found[1]

"""Orders and returns: recorded for a customer, taken back, brought back; the customer's summary follows each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import (
    customers,
    deal_wins,
    indicator_days,
    members,
    needs,
    order_sums,
    parts_received,
    purchases,
    risk,
    scores,
)
from crm.customers import Origin
from crm.members import Actor
from crm.tables import Customer, Order

CHANGE_KIND = "order_change"  # of the draft that undoes a change told in words
TWICE_WITHIN = timedelta(minutes=10)  # the same order again so soon may be one typed twice
ALIKE_WITHIN, WORTH_ASKING_FEN = timedelta(hours=12), 1000_00  # … and one of such a sum one told again
LOOKED_AT = 5  # newest orders of that sum and day
LARGEST_FEN = 10**13  # 100 billion yuan: more is a slip of the finger


class OrderNotFound(LookupError):
    """There is no such order, or the member may not see its customer."""


class AmountImpossible(ValueError):
    """An order of nothing, or of more than anybody sells."""


@dataclass(frozen=True, slots=True)
class NewOrder:
    """What was sold (positive fen) or came back (negative fen) on a day of the team's zone.

    is_paid: all of it was paid at once; None: nothing is said of it, a change leaves it as it is.
    """

    amount_fen: int
    ordered_on: date
    product: str | None = None
    quantity: float | None = None
    is_paid: bool | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Placed:
    """An order with its customer and the customer's new total in fen. `changed` is False when it was so already."""

    order: Order
    customer: Customer
    total_fen: int
    changed: bool = True


def add(
    db: Session, actor: Actor, customer_id: int, new: NewOrder, now: datetime, origin: Origin | None = None
) -> Placed:
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
        is_paid=bool(new.is_paid),
        created_by_id=actor.member_id,
        source_chat_id=origin.chat_id if origin else None,
        source_message_id=origin.message_id if origin else None,
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


def find_by_origin(db: Session, actor: Actor, origin: Origin) -> Placed | None:
    """The member's order that was made from this message, unless it was taken back."""
    if origin.message_id is None:
        return None
    mine = (Order.source_chat_id == origin.chat_id, Order.source_message_id == origin.message_id)
    made = select(Order.order_id).where(*mine, Order.created_by_id == actor.member_id, Order.deleted_at.is_(None))
    order_id = db.scalar(made.order_by(Order.order_id.desc()).limit(1))
    if order_id is None:
        return None
    try:
        order, customer = _get(db, actor, order_id)
    except OrderNotFound:
        return None  # the customer is a colleague's by now
    return Placed(order, customer, purchases.total_fen(db, customer.customer_id))


def twin(db: Session, order: Order) -> tuple[Order | None, Customer | None]:
    """The order of the same day and sum, of goods that may be the same, that was entered before and stands.

    It is the same customer's, or, which is returned beside it, another contact's of his firm and owner. In the very
    same words so it is for minutes, later it is bought again; one of a larger sum told again in other words is one for
    half a day.
    """
    customer = db.get_one(Customer, order.customer_id)
    mine = (Customer.team_id == order.team_id, Customer.owner_id == customer.owner_id, Customer.deleted_at.is_(None))
    mates = select(Customer.customer_id).where(*mine, Customer.company == customer.company)
    of_firm = Order.customer_id.in_(mates) if customer.company else Order.customer_id == order.customer_id
    same = (of_firm, Order.amount_fen == order.amount_fen)
    before = (Order.order_id < order.order_id, Order.created_at >= order.created_at - ALIKE_WITHIN)
    stands = select(Order).where(*same, *before, Order.ordered_on == order.ordered_on, Order.deleted_at.is_(None))
    newest = db.scalars(stands.order_by(Order.order_id.desc()).limit(LOOKED_AT))
    found = next((one for one in newest if _may_be_alike(one, order)), None)
    is_mates = found is not None and found.customer_id != order.customer_id
    return found, db.get(Customer, found.customer_id) if found is not None and is_mates else None


def _may_be_alike(one: Order, order: Order) -> bool:
    """True for the same goods minutes ago, and for a larger sum where they are not told to be others."""
    if one.product == order.product:
        return one.created_at >= order.created_at - TWICE_WITHIN
    a, b = (re.sub(r"\W", "", row.product or "").lower() for row in (one, order))
    return abs(order.amount_fen) >= WORTH_ASKING_FEN and (a in b or b in a)


def get(db: Session, actor: Actor, order_id: int) -> Placed:
    """The order, which may have been taken back.

    Raises: OrderNotFound
    """
    order, customer = _get(db, actor, order_id)
    return Placed(order, customer, purchases.total_fen(db, customer.customer_id))


def change(db: Session, actor: Actor, order_id: int, new: NewOrder, now: datetime) -> Placed:
    """The order says what `new` says, and the customer's sums and scores follow.

    Raises: OrderNotFound; AmountImpossible
    """
    if not 0 < abs(new.amount_fen) <= LARGEST_FEN:
        raise AmountImpossible(new.amount_fen)
    order, customer = _get(db, actor, order_id)
    indicator_days.reopen(db, customer.team_id, order.ordered_on, now)
    order.amount_fen, order.ordered_on = new.amount_fen, new.ordered_on
    order.product, order.quantity = new.product[:200] if new.product else None, new.quantity
    order.is_paid = order.is_paid if new.is_paid is None else new.is_paid
    return _resettled(db, order, customer, True, now)


def set_paid(db: Session, actor: Actor, order_id: int, is_paid: bool) -> Placed:
    """The order was paid at once, or was not; no sum of what was sold changes.

    Raises: OrderNotFound
    """
    order, customer = _get(db, actor, order_id)
    changed = order.is_paid != is_paid
    order.is_paid = is_paid
    return Placed(order, customer, purchases.total_fen(db, customer.customer_id), changed)


def give(db: Session, actor: Actor, order_id: int, customer_id: int, now: datetime) -> Placed:
    """The order is the other customer's, in truth; sums, scores and what it had won follow for both.

    Raises: OrderNotFound; customers.CustomerNotFound
    """
    order, before = _get(db, actor, order_id)
    customer = customers.get(db, actor, customer_id)
    needs.lose_order(db, order_id)
    deal_wins.lose_order(db, order_id, now)
    risk.reopen_bought(db, before.customer_id, order.created_at)
    order.customer_id = customer_id
    parts_received.follow(db, order)
    if order.amount_fen > 0:
        customer.stage = "won"
        risk.close_bought(db, [customer_id], now)
    _resettled(db, order, before, True, now)
    return _resettled(db, order, customer, True, now)


def remove(db: Session, actor: Actor, order_id: int, now: datetime) -> Placed:
    """The order is taken back; a second time changes nothing.

    Raises: OrderNotFound
    """
    order, customer = _get(db, actor, order_id)
    changed = order.deleted_at is None
    if changed:
        order.deleted_at = now
        parts_received.follow(db, order)
        needs.lose_order(db, order_id)
        deal_wins.lose_order(db, order_id, now)
        risk.reopen_bought(db, customer.customer_id, order.created_at)
    return _resettled(db, order, customer, changed, now)


def restore(db: Session, actor: Actor, order_id: int, now: datetime) -> Placed:
    """The order taken back counts again.

    Raises: OrderNotFound
    """
    order, customer = _get(db, actor, order_id)
    changed = order.deleted_at is not None
    if changed:
        gone_at, order.deleted_at = order.deleted_at, None
        parts_received.follow(db, order, gone_at)
        if order.amount_fen > 0:
            customer.stage = "won"
            risk.close_bought(db, [customer.customer_id], now)
    return _resettled(db, order, customer, changed, now)


def _resettled(db: Session, order: Order, customer: Customer, changed: bool, now: datetime) -> Placed:
    if changed:
        order_sums.follow(db, order, customer, now)
    return Placed(order, customer, purchases.total_fen(db, customer.customer_id), changed)


def _get(db: Session, actor: Actor, order_id: int) -> tuple[Order, Customer]:
    wanted = select(Order, Customer).join(Customer, Customer.customer_id == Order.customer_id)
    found = db.execute(wanted.where(Order.order_id == order_id, customers.visible(actor))).one_or_none()
    if found is None:
        raise OrderNotFound(order_id)
    return found[0], found[1]

"""Which stored order words tell to be paid: 把王芳58标成已收款; or money of just its sum that came: 王芳 58收到了."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from crm import accounts, customers, parts_received, recent, settling
from crm.members import Actor
from crm.tables import AccountEntry, Customer, Order

WITHIN = timedelta(days=60)  # an older order was paid, or is a debt by now


def find(db: Session, actor: Actor, whose: Sequence[int], fen: int | None, now: datetime) -> Order | None:
    """The unpaid order that is meant: of that sum, the one just entered, or the only one. `whose`: the customers."""
    rows = [row for row in _sold(db, actor, whose, actor.today(now) - WITHIN) if not row.is_paid]
    if fen is not None:
        return next((row for row in rows if row.amount_fen == fen), None)
    last_id = recent.last_order(db, actor, now)
    just_entered = next((row for row in rows if row.order_id == last_id), None)
    return just_entered or (rows[0] if len(rows) == 1 else None)


def paid_before(db: Session, actor: Actor, whose: Sequence[int], fen: int | None, now: datetime) -> Order | None:
    """The order of that sum that says so already."""
    rows = _sold(db, actor, whose, actor.today(now) - WITHIN)
    return next((row for row in rows if row.is_paid and row.amount_fen == fen), None)


def of_goods(db: Session, actor: Actor, customer_id: int, fen: int, goods: str, now: datetime) -> int | None:
    """The order of these goods and that sum, an unpaid one first; None without."""
    rows = _sold(db, actor, [customer_id], actor.today(now) - WITHIN)
    alike = [row for row in rows if row.amount_fen == fen and row.product == goods]
    return min(alike, key=lambda row: row.is_paid).order_id if alike else None


def of_today(db: Session, actor: Actor, customer_id: int, fen: int, today: date) -> Order | None:
    """The unpaid order of today of just this sum, if it is no debt by now: money of that sum pays it."""
    rows = [row for row in _sold(db, actor, [customer_id], today) if row.amount_fen == fen and not row.is_paid]
    return rows[0] if len(rows) == 1 and not is_owed(db, rows[0]) else None


def in_part(db: Session, actor: Actor, customer_id: int, fen: int, today: date) -> Order | None:
    """The only order of just this sum of which a part was booked with it and something is left: 全付了 pays that."""
    rows = [row for row in _sold(db, actor, [customer_id], today - WITHIN) if row.amount_fen == fen]
    if len(rows) != 1 or not parts_received.paid_fen(db, rows[0]) or not rest_fen(db, rows[0], today):
        return None
    return rows[0] if accounts.owed_fen(db, customer_id, today) < fen else None


def is_owed(db: Session, order: Order) -> bool:
    """True where a debt of the order's sum was booked since it was entered, or is open."""
    booked = accounts.entries(db, order.customer_id)
    since = [row for row in booked if row.kind == "debt" and row.created_at >= order.created_at]
    return any(row.amount_fen == order.amount_fen for row in (*since, *accounts.unpaid_debts(booked)))


def rest_fen(db: Session, order: Order, today: date) -> int | None:
    """What is left of an unpaid order of which a part is paid, with it or since, 0 where all is by now; None without.

    What came since for debts and orders beside it paid nothing of it: at least as much as those leave open is left.
    """
    if order.is_paid:
        return None
    booked, part_fen = accounts.entries(db, order.customer_id), parts_received.paid_fen(db, order)
    payments = [row for row in booked if row.kind == "payment" and row.order_id is None]
    since = [row.amount_fen for row in payments if row.created_at > order.created_at]
    unnoted_fen = max(settling.unnoted_fen(db, order.customer_id, booked, today), 0)
    open_fen = max(accounts.settled(booked, today).owed_fen + unnoted_fen, 0)
    left_fen = max(order.amount_fen - part_fen, 0)
    if part_fen:
        came = since.count(left_fen)
        return 0 if came and came > _alike_before(db, order, left_fen) else min(left_fen, open_fen)
    left_fen = min(left_fen, max(left_fen - sum(since), open_fen))
    return left_fen if left_fen < order.amount_fen else None


def _alike_before(db: Session, order: Order, left_fen: int) -> int:
    """How many orders of the customer before it have the same rest: a payment of that sum is of the oldest."""
    earlier = (Order.customer_id == order.customer_id, Order.order_id < order.order_id, Order.is_paid.is_(False))
    of_payments = (AccountEntry.order_id == Order.order_id, AccountEntry.kind == "payment")
    rests = select(Order.amount_fen - func.sum(AccountEntry.amount_fen)).join(AccountEntry, and_(*of_payments))
    rests = rests.where(*earlier, Order.deleted_at.is_(None), AccountEntry.deleted_at.is_(None))
    return list(db.scalars(rests.group_by(Order.order_id, Order.amount_fen))).count(left_fen)


def _sold(db: Session, actor: Actor, whose: Sequence[int], since: date) -> list[Order]:
    """What these customers bought since then, the last entered first; what the member may not see is left out."""
    wanted = select(Order).join(Customer, Customer.customer_id == Order.customer_id)
    stands = (Order.deleted_at.is_(None), Order.import_id.is_(None), Order.amount_fen > 0, Order.ordered_on >= since)
    mine = (Order.customer_id.in_(whose), customers.visible(actor))
    return list(db.scalars(wanted.where(*stands, *mine).order_by(Order.created_at.desc(), Order.order_id.desc())))

"""The running summary of each customer's purchases, kept with every order and rebuilt from them at will.

A purchase day is a distinct day whose orders, returns subtracted, add up to more than zero. Both ways give the same
row: `count_in` looks at one day, `rebuild` at all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from crm.tables import Customer, CustomerSummary, Order

CHUNK = 500  # customers a statement: stays below SQLite's bound of variables


def count_in(db: Session, order: Order) -> CustomerSummary:
    """The summary holds the order that was just stored. A day out of the usual order costs one rebuild."""
    db.flush()
    # held: another replica's order of this customer waits until this one is counted
    row = db.get(CustomerSummary, order.customer_id, with_for_update=True, populate_existing=True)
    if row is None:
        return _rebuilt(db, order.customer_id)
    same_day = (Order.customer_id == order.customer_id, Order.ordered_on == order.ordered_on)
    net = int(db.scalar(select(func.sum(Order.amount_fen)).where(*same_day, Order.deleted_at.is_(None))) or 0)
    was, is_now = net - order.amount_fen > 0, net > 0
    if was == is_now:
        row.total_fen += order.amount_fen
    elif is_now and (row.last_purchase_on is None or row.last_purchase_on < order.ordered_on):
        _append(row, order.ordered_on)
        row.total_fen += order.amount_fen
    else:
        return _rebuilt(db, order.customer_id)
    row.purchase_changes += 1
    db.flush([row])
    return row


def rebuild(db: Session, customer_ids: Iterable[int]) -> None:
    """The summaries say what the orders say; rows that were missing are there."""
    db.flush()
    wanted = sorted(set(customer_ids))
    for start in range(0, len(wanted), CHUNK):
        _rebuild_chunk(db, wanted[start : start + CHUNK])
    for row in list(db.identity_map.values()):
        if isinstance(row, CustomerSummary):
            db.expire(row)


def unsettle(db: Session, customer_ids: Sequence[int], stage: str = "interested") -> None:
    """Customers whose last purchase was taken back are no longer 'won': somebody was about to buy, so 'interested'."""
    for start in range(0, len(customer_ids), CHUNK):
        some = customer_ids[start : start + CHUNK]
        without = select(CustomerSummary.customer_id).where(
            CustomerSummary.customer_id.in_(some), CustomerSummary.purchase_days == 0
        )
        won = (Customer.stage == "won", Customer.customer_id.in_(without))
        db.execute(update(Customer).where(*won).values(stage=stage))


def _append(row: CustomerSummary, day: date) -> None:
    if row.last_purchase_on is not None:
        row.longest_gap_days = max(row.longest_gap_days or 0, (day - row.last_purchase_on).days)
    row.first_purchase_on = row.first_purchase_on or day
    row.last_purchase_on = day
    row.purchase_days += 1


def _rebuilt(db: Session, customer_id: int) -> CustomerSummary:
    db.flush()
    _rebuild_chunk(db, [customer_id])
    row = db.get_one(CustomerSummary, customer_id)
    db.refresh(row)
    return row


def _rebuild_chunk(db: Session, customer_ids: Sequence[int]) -> None:
    held = select(CustomerSummary.customer_id).where(CustomerSummary.customer_id.in_(customer_ids))
    there = set(db.scalars(held.order_by(CustomerSummary.customer_id).with_for_update()))
    missing = [customer_id for customer_id in customer_ids if customer_id not in there]
    if missing:
        teams = select(Customer.customer_id, Customer.team_id).where(Customer.customer_id.in_(missing))
        rows = [{"customer_id": cid, "team_id": team_id, "reasons": []} for cid, team_id in db.execute(teams)]
        if rows:
            db.execute(insert(CustomerSummary), rows)
    rows = list(_counted(db, customer_ids))
    if rows:
        db.execute(update(CustomerSummary), rows)
        counted = update(CustomerSummary).where(CustomerSummary.customer_id.in_(customer_ids))
        changes = CustomerSummary.purchase_changes + 1
        db.execute(counted.values(purchase_changes=changes), execution_options={"synchronize_session": False})


def _counted(db: Session, customer_ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    net = func.sum(Order.amount_fen)
    days = select(Order.customer_id, Order.ordered_on, net).where(
        Order.customer_id.in_(customer_ids), Order.deleted_at.is_(None)
    )
    days = days.group_by(Order.customer_id, Order.ordered_on).order_by(Order.customer_id, Order.ordered_on)
    found = {
        customer_id: [(day, int(fen)) for _, day, fen in rows]
        for customer_id, rows in groupby(db.execute(days), key=lambda row: row[0])
    }
    for customer_id in customer_ids:
        yield {"customer_id": customer_id, **summarized(found.get(customer_id, []))}


def summarized(net_by_day: Sequence[tuple[date, int]]) -> dict[str, Any]:
    """The purchase columns of one customer from the net fen of each day, oldest first."""
    bought = [day for day, fen in net_by_day if fen > 0]
    gaps = [(after - before).days for before, after in pairwise(bought)]
    return {
        "first_purchase_on": bought[0] if bought else None,
        "last_purchase_on": bought[-1] if bought else None,
        "purchase_days": len(bought),
        "longest_gap_days": max(gaps, default=None),
        "total_fen": sum(fen for _, fen in net_by_day),
    }


def total_fen(db: Session, customer_id: int) -> int:
    """Everything the customer bought, net of returns."""
    return int(db.scalar(select(CustomerSummary.total_fen).where(CustomerSummary.customer_id == customer_id)) or 0)

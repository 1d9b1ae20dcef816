"""Order lines as columns of numbers: what the models read, in one statement whatever the number of orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Integer, and_, cast, func, literal, or_, select
from sqlalchemy.orm import Session

from crm.tables import Customer, Order

FIRST_DAY = date(1, 1, 1)
JULIAN_BEFORE_FIRST_DAY = 1721424.5


@dataclass(frozen=True)
class OrderColumns:
    """All of shape (n_orders,): customer ids, day numbers (date.toordinal()) and fen, returns negative."""

    customers: npt.NDArray[np.int64]
    days: npt.NDArray[np.int64]
    fen: npt.NDArray[np.float64]

    def of(self, customer_id: int) -> OrderColumns:
        """The orders of one customer."""
        mine = self.customers == customer_id
        return OrderColumns(self.customers[mine], self.days[mine], self.fen[mine])


def of_team(db: Session, team_id: int, today: date) -> OrderColumns:
    """The orders of the team's living customers up to today; one dated ahead is left out."""
    living = select(Customer.customer_id).where(Customer.team_id == team_id, Customer.deleted_at.is_(None))
    mine = (Order.team_id == team_id, Order.customer_id.in_(living))
    return _read(db, *mine, Order.deleted_at.is_(None), Order.ordered_on <= today)


def of_customers(
    db: Session, customer_ids: Sequence[int], today: date, known_at: datetime | None = None
) -> OrderColumns:
    """The orders of these customers; with `known_at` as they stood at that instant."""
    there: ColumnElement[bool] = Order.deleted_at.is_(None)
    if known_at is not None:
        there = and_(Order.created_at < known_at, or_(there, Order.deleted_at > known_at))
    return _read(db, Order.customer_id.in_(customer_ids), there, Order.ordered_on <= today)


def _read(db: Session, *which: ColumnElement[bool]) -> OrderColumns:
    rows = db.execute(select(Order.customer_id, _day_number(db), Order.amount_fen).where(*which)).all()
    return OrderColumns(
        np.fromiter((row[0] for row in rows), np.int64, len(rows)),
        np.fromiter((row[1] for row in rows), np.int64, len(rows)),
        np.fromiter((row[2] for row in rows), np.float64, len(rows)),
    )


def _day_number(db: Session) -> ColumnElement[Any]:
    """date.toordinal() of the order's day, counted by the database: a million dates in Python cost a second."""
    if db.get_bind().dialect.name == "sqlite":
        return cast(func.julianday(Order.ordered_on) - JULIAN_BEFORE_FIRST_DAY, Integer)
    return cast(Order.ordered_on - literal(FIRST_DAY), Integer) + 1

"""Whom a sale counts for: who had the customer when it was booked, also after the customer went to somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, func, select, update

from crm import customers
from crm.members import Actor
from crm.tables import Customer, Order, OwnerChange

SELLER: ColumnElement[Any] = func.coalesce(Order.seller_id, Customer.owner_id)  # of orders joined with their customers


def counted(actor: Actor, seller: ColumnElement[Any] = SELLER) -> ColumnElement[bool]:
    """True of the sales that count in what the member is told: his own, or his team's; of customers not taken back."""
    ours = customers.in_team(actor)
    return ours if actor.sees_team else and_(ours, seller == actor.member_id)


def stay(moved: Sequence[ColumnElement[bool]]) -> Update:
    """The sales to customers whom `moved` says to change hands now stay with whom they counted for until now."""
    changes = select(OwnerChange.row_id).where(*moved, OwnerChange.before_id.is_not(None))
    before = select(OwnerChange.before_id).where(*moved, OwnerChange.row_id == Order.customer_id)
    undecided = (Order.customer_id.in_(changes), Order.seller_id.is_(None))
    return update(Order).where(*undecided).values(seller_id=before.correlate(Order).scalar_subquery())

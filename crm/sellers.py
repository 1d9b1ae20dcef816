"""Whom a sale or payment counts for: who had the customer when it was booked, whoever has the customer now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, func, select, update

from crm import customers
from crm.members import Actor
from crm.tables import AccountEntry, Customer, Order, OwnerChange

SELLER: ColumnElement[Any] = func.coalesce(Order.seller_id, Customer.owner_id)  # of orders joined with their customers


def counted(actor: Actor, seller: ColumnElement[Any] = SELLER) -> ColumnElement[bool]:
    """True of the sales that count in what the member is told: his own, or his team's; of customers not taken back."""
    ours = customers.in_team(actor)
    return ours if actor.sees_team else and_(ours, seller == actor.member_id)


def stay(moved: Sequence[ColumnElement[bool]]) -> list[Update]:
    """What customers whom `moved` says to change hands now bought and paid stays with whom it counted for until now."""
    changes = select(OwnerChange.row_id).where(*moved, OwnerChange.before_id.is_not(None))
    found = []
    for rows in (Order, AccountEntry):
        before = select(OwnerChange.before_id).where(*moved, OwnerChange.row_id == rows.customer_id)
        undecided = (rows.customer_id.in_(changes), rows.seller_id.is_(None))
        found.append(update(rows).where(*undecided).values(seller_id=before.correlate(rows).scalar_subquery()))
    return found

"""Rows of an import that is being written: no query sees them until one short transaction shows them all."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from crm.tables import Customer, CustomerPhone, CustomerSummary, Note, Order, SearchKey

HIDDEN = datetime(1970, 1, 1, tzinfo=UTC)
"""The `deleted_at` of rows that are not there yet: every query leaves out what is deleted, also 'as it stood then'."""
AT_ONCE = 200  # customers forgotten in one transaction
_BY_CUSTOMER = (SearchKey, CustomerPhone, Note, Order, CustomerSummary, Customer)
_SHOWN = (Customer, Note, Order)
_UNSEEN = {"synchronize_session": False}


def show(db: Session, import_id: int) -> None:
    """What the import has written is there for everybody."""
    for table in _SHOWN:
        hidden = (table.import_id == import_id, table.deleted_at == HIDDEN)
        db.execute(update(table).where(*hidden).values(deleted_at=None), execution_options=_UNSEEN)


def forget(db: Session, import_id: int) -> int:
    """Up to AT_ONCE customers that nobody has seen yet, or else orders, are gone; how many: 0 when none is left."""
    waiting = select(Customer.customer_id).where(Customer.import_id == import_id, Customer.deleted_at == HIDDEN)
    ids = list(db.scalars(waiting.limit(AT_ONCE)))
    for table in _BY_CUSTOMER if ids else ():
        db.execute(delete(table).where(table.customer_id.in_(ids)), execution_options=_UNSEEN)
    if ids:
        return len(ids)
    hidden = select(Order.order_id).where(Order.import_id == import_id, Order.deleted_at == HIDDEN).limit(AT_ONCE)
    gone = db.execute(
        delete(Order).where(Order.order_id.in_(hidden)).returning(Order.order_id), execution_options=_UNSEEN
    )
    return len(gone.all())


def newest_phone(db: Session) -> int:
    """The id of the number that was typed last: younger ones came while the import ran."""
    return db.scalar(select(func.max(CustomerPhone.customer_phone_id))) or 0


def drop_taken(db: Session, team_id: int, import_id: int, since: int) -> int:
    """Hidden customers whose number somebody else has got since the number `since` are not shown; how many."""
    mine, theirs = aliased(Customer), aliased(Customer)
    hidden = aliased(CustomerPhone)
    taken = _taken(team_id, import_id, since, theirs)
    held = select(hidden.customer_id).join(mine, mine.customer_id == hidden.customer_id)
    held = held.where(hidden.team_id == team_id, hidden.phone.in_(taken))
    held = held.where(mine.import_id == import_id, mine.deleted_at == HIDDEN)
    ids = list(db.scalars(held.distinct()))
    for table in _BY_CUSTOMER if ids else ():
        db.execute(delete(table).where(table.customer_id.in_(ids)), execution_options=_UNSEEN)
    return len(ids)


def _taken(team_id: int, import_id: int, since: int, owner: type[Customer]) -> Select[tuple[str]]:
    others: ColumnElement[bool] = or_(owner.import_id.is_(None), owner.import_id != import_id)
    numbers = select(CustomerPhone.phone).join(owner, owner.customer_id == CustomerPhone.customer_id)
    return numbers.where(
        CustomerPhone.customer_phone_id > since, CustomerPhone.team_id == team_id, owner.deleted_at.is_(None), others
    )

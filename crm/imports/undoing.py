"""What an import wrote, taken back: in one go what has to vanish together, then customer by customer."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.orm import Session

from crm import customers, purchases, risk
from crm.imports import writing
from crm.tables import Customer, CustomerPhone, Import, ImportChange, Note, Order, RiskEpisode, Task

NAMED = 8  # of those who stay
AT_ONCE = 100  # customers put back in one transaction
_UNSEEN = {"synchronize_session": False}


def size(db: Session, row: Import) -> int:
    """How many rows the undoing has to touch."""
    adopt(db, row)
    tables = (Customer, Note, Order)
    counted = [db.scalar(select(func.count()).where(table.import_id == row.import_id)) or 0 for table in tables]
    return sum(counted) + (db.scalar(select(func.count()).where(ImportChange.import_id == row.import_id)) or 0)


def remove(db: Session, row: Import, now: datetime) -> tuple[int, int]:
    """Orders, remarks and new customers of the import are gone; how many orders, and how many customers.

    A customer to whom something happened since stays.
    """
    import_id = row.import_id
    gone = update(Order).where(Order.import_id == import_id, Order.deleted_at.is_(None)).values(deleted_at=now)
    db.flush()
    orders = db.connection().execute(gone).rowcount
    notes = update(Note).where(Note.import_id == import_id, Note.deleted_at.is_(None)).values(deleted_at=now)
    db.execute(notes, execution_options=_UNSEEN)
    mine = (Customer.import_id == import_id, Customer.deleted_at.is_(None))
    made = update(Customer).where(*mine, *_untouched()).values(deleted_at=now)
    customers_gone = db.connection().execute(made).rowcount
    return int(orders), int(customers_gone)


def kept(db: Session, row: Import) -> list[str]:
    """The names of some whom the import made and who stay."""
    mine = (Customer.import_id == row.import_id, Customer.deleted_at.is_(None))
    return list(db.scalars(select(Customer.name).where(*mine).order_by(Customer.customer_id).limit(NAMED)))


def _untouched() -> tuple[ColumnElement[bool], ...]:
    """No order is left, no task, no note."""
    order = exists().where(Order.customer_id == Customer.customer_id, Order.deleted_at.is_(None))
    note = exists().where(Note.customer_id == Customer.customer_id, Note.deleted_at.is_(None))
    task = exists().where(Task.customer_id == Customer.customer_id)
    return tuple(~found.correlate(Customer) for found in (order, note, task))


def left(db: Session, row: Import) -> list[int]:
    """Customers who stay and have to be put back: they had orders of the import, or fields filled."""
    import_id = row.import_id
    theirs = select(Order.customer_id).join(Customer, Customer.customer_id == Order.customer_id)
    theirs = theirs.where(Order.import_id == import_id, Customer.deleted_at.is_(None))
    changed = select(ImportChange.customer_id).where(ImportChange.import_id == import_id)
    return sorted({*db.scalars(theirs.distinct()), *db.scalars(changed)})


def put_back(db: Session, row: Import, customer_ids: list[int], now: datetime) -> None:
    """Sums, stages, risk and fields of these customers are as if the import had not been.

    A field that somebody has changed since stays. May be done twice.
    """
    changed = select(ImportChange).where(
        ImportChange.import_id == row.import_id, ImportChange.customer_id.in_(customer_ids)
    )
    changes = {change.customer_id: change for change in db.scalars(changed)}
    purchases.rebuild(db, customer_ids)
    _reset_stages(db, customer_ids, {cid: change.stage for cid, change in changes.items() if change.stage})
    if row.done_at is not None:
        _reopen_risk(db, customer_ids, row.done_at)
    _empty_all(db, {customer_id: change.written for customer_id, change in changes.items() if change.written}, now)
    db.flush()
    gone = (ImportChange.import_id == row.import_id, ImportChange.customer_id.in_(customer_ids))
    db.execute(delete(ImportChange).where(*gone), execution_options=_UNSEEN)


def _reset_stages(db: Session, customer_ids: list[int], stages: dict[int, str]) -> None:
    by_stage: dict[str, list[int]] = defaultdict(list)
    for customer_id, stage in stages.items():
        by_stage[stage].append(customer_id)
    for stage, ids in by_stage.items():
        purchases.unsettle(db, ids, stage)
    purchases.unsettle(db, customer_ids)


def _reopen_risk(db: Session, customer_ids: list[int], at: datetime) -> None:
    ended = select(RiskEpisode.customer_id).where(
        RiskEpisode.customer_id.in_(customer_ids), RiskEpisode.closed_at == at
    )
    for customer_id in list(db.scalars(ended)):
        risk.reopen_bought(db, customer_id, at)


def _empty_all(db: Session, written: dict[int, dict[str, Any]], now: datetime) -> None:
    """What the import wrote is gone where it still stands, and so are the keys that led there."""
    living = select(Customer).where(Customer.customer_id.in_(list(written)), Customer.deleted_at.is_(None))
    rows = list(db.scalars(living))
    numbers = writing.numbers(db, [row.customer_id for row in rows])
    for row in rows:
        held, told = numbers[row.customer_id], written[row.customer_id]
        before = writing.keys_of(row, held)
        mine = {name.partition(":")[2] for name in told if name.startswith("phone:")}
        if mine:
            gone = (CustomerPhone.customer_id == row.customer_id, CustomerPhone.phone.in_(mine))
            db.execute(delete(CustomerPhone).where(*gone), execution_options=_UNSEEN)
        _empty(row, told, now)
        writing.change_keys(db, row, before, writing.keys_of(row, [number for number in held if number not in mine]))


def _empty(row: Customer, written: dict[str, Any], now: datetime) -> None:
    for name, value in written.items():
        what, _, rest = name.partition(":")
        if what == "birthday" and writing.birthday_of(row, rest) == value:
            customers.drop_birthday(row, rest)
        elif what not in ("birthday", "phone", "was") and getattr(row, name) == value:
            setattr(row, name, written.get(f"was:{name}"))
    row.updated_at = now


def adopt(db: Session, row: Import) -> None:
    """An import of before there were import_change and customer.import_id is kept as one of today."""
    old = row.counts.get("undo")
    if old is None:
        return
    for ids in writing.chunks(int(customer_id) for customer_id in old.get("made", ())):
        mine = update(Customer).where(Customer.customer_id.in_(ids)).values(import_id=row.import_id)
        db.execute(mine, execution_options=_UNSEEN)
        notes = update(Note).where(Note.customer_id.in_(ids), Note.created_at == row.done_at)
        db.execute(notes.values(import_id=row.import_id), execution_options=_UNSEEN)
    written = {int(customer_id): fields for customer_id, fields in old.get("filled", {}).items()}
    stages = {int(customer_id): stage for customer_id, stage in old.get("stages", {}).items()}
    changes = {cid: (written.get(cid, {}), stages.get(cid)) for cid in (*written, *stages)}
    writing.record(
        db, row.import_id, {c: w for c, (w, _) in changes.items()}, {c: s for c, (_, s) in changes.items() if s}
    )
    row.counts = {name: value for name, value in row.counts.items() if name != "undo"}

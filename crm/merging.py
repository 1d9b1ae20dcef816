"""What is a customer's, found in the tables themselves, goes to another record and back: no new table can be missed.

A column is about a customer when it refers to the table of customers or its name ends so. What the other record has
already (the same number, a touch on the same matter: whatever a unique index forbids twice) stays with the record that
is gone, unseen, and is there again when the merge is undone.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, UniqueConstraint, and_, exists, func, or_, select, true, update
from sqlalchemy import Table as Sheet
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from crm.tables import CustomerPhone, CustomerRelation, Statement, Table

# Made anew for each record from what is stored, or about the pair itself.
STAYING = ("customer_summary", "customer_score", "search_key", "twin_pair", "customer_merge")
CHUNK = 500  # keys of a statement

Keys = list[list[Any]]  # of each row the values of its primary key, but for a customer in it
Moved = dict[str, Keys]  # table → the rows that went from one record to the other


@dataclass(frozen=True, slots=True)
class Reference:
    """A table whose rows are about customers, by these columns."""

    sheet: Sheet
    columns: tuple[Column[Any], ...]

    @property
    def key(self) -> list[Column[Any]]:
        """The primary key, but for a customer in it."""
        return [column for column in self.sheet.primary_key.columns if column not in self.columns]

    @property
    def is_guarded(self) -> bool:
        """True when a customer may have some rows once only."""
        unique = [index.columns for index in self.sheet.indexes if index.unique]
        unique += [one.columns for one in self.sheet.constraints if isinstance(one, UniqueConstraint)]
        unique.append(self.sheet.primary_key.columns)
        return any(column.name in columns for column in self.columns for columns in unique)


@functools.cache
def references() -> tuple[Reference, ...]:
    """Every table with rows about customers that move with them."""
    found = []
    for sheet in Table.metadata.sorted_tables:
        columns = tuple(column for column in sheet.columns if _is_customer(column))
        if columns and sheet.name not in STAYING:
            found.append(Reference(sheet, columns))
    return tuple(found)


def _is_customer(column: Column[Any]) -> bool:
    own = {f"{column.table.name}_id"} if column.primary_key else set()
    refers = any(key.column.table.name == "customer" for key in column.foreign_keys)
    return refers or (column.name.endswith("customer_id") and column.name not in own)


def counts(db: Session, customer_id: int) -> dict[str, int]:
    """Table → how many of its rows are about the customer, none of those taken back; one statement."""
    sums = [
        select(func.count())
        .select_from(one.sheet)
        .where(or_(*(column == customer_id for column in one.columns)), *stands(one.sheet))
        for one in references()
    ]
    row = db.execute(select(*(one.scalar_subquery() for one in sums))).one()
    found = zip((one.sheet.name for one in references()), row, strict=True)
    return {str(name): number for name, number in found if number}


def stands(sheet: Sheet) -> list[ColumnElement[bool]]:
    """True of the rows of the table that were not taken back; no condition where none can be."""
    return [sheet.c.deleted_at.is_(None)] if "deleted_at" in sheet.c else []


def move(db: Session, gone_id: int, kept_id: int) -> Moved:
    """What was the one's is the other's. Said of both, the newer statement holds."""
    db.flush()
    moved: Moved = {"_swapped": _swap_statements(db, _newer_statements(db, gone_id, kept_id))}
    for one in references():
        keys = [key for column in one.columns for key in _moved(db, one, column, gone_id, kept_id)]
        if keys:
            moved[str(one.sheet.name)] = keys  # SQLAlchemy's own kind of text is no JSON key
    _order_relations(db, kept_id)
    db.expire_all()
    return moved


def move_back(db: Session, moved: Moved, gone_id: int, kept_id: int) -> None:
    """Of what was moved, that which is still the other's is the one's again."""
    db.flush()
    _swap_statements(db, moved.get("_swapped", []))
    for one in references():
        for column in one.columns:
            _carry(db, one, column, moved.get(one.sheet.name, []), kept_id, gone_id)
    _order_relations(db, gone_id)
    db.expire_all()


def _moved(db: Session, one: Reference, column: Column[Any], gone_id: int, kept_id: int) -> Keys:
    """The keys of the rows that this column moved: all, or those that no uniqueness forbids."""
    rows = db.execute(select(*(one.key or [column])).where(*_movable(one, column, gone_id, kept_id))).all()
    return _carry(db, one, column, [list(row) if one.key else [] for row in rows], gone_id, kept_id)


def _movable(one: Reference, column: Column[Any], gone_id: int, kept_id: int) -> Iterator[ColumnElement[bool]]:
    """Rows of the one, but for what the other has already and what would be about himself twice."""
    yield column == gone_id
    yield from (other.is_distinct_from(kept_id) for other in one.columns if other is not column)
    if one.sheet.name == "customer":
        yield one.sheet.c.customer_id != kept_id
    if one.sheet.name == "customer_phone":
        yield one.sheet.c.phone.not_in(select(CustomerPhone.phone).where(CustomerPhone.customer_id == kept_id))
    if one.sheet.name == "customer_relation":
        has = aliased(CustomerRelation)
        partner = next(other for other in one.columns if other is not column)
        either = (has.customer_id == kept_id) & (has.other_id == partner)
        either |= (has.other_id == kept_id) & (has.customer_id == partner)
        yield ~exists().where(either, has.kind == one.sheet.c.kind, has.deleted_at.is_(None))


def _carry(db: Session, one: Reference, column: Column[Any], keys: Keys, from_id: int, to_id: int) -> Keys:
    """The rows with these keys are of `to_id`, as far as a uniqueness allows: the keys that went."""
    done: Keys = []
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        if _went(db, one, column, some, from_id, to_id):
            done += some
        else:
            done += [key for key in some if _went(db, one, column, [key], from_id, to_id)]
    return done


def _went(db: Session, one: Reference, column: Column[Any], keys: Keys, from_id: int, to_id: int) -> bool:
    """All of them went, or none."""
    rows = update(one.sheet).where(column == from_id, _is_one_of(one, keys)).values({column.name: to_id})
    if not one.is_guarded:
        db.execute(rows)
        return True
    try:
        with db.begin_nested():
            db.execute(rows)
    except IntegrityError:
        return False
    return True


def _is_one_of(one: Reference, keys: Keys) -> ColumnElement[bool]:
    """The row has one of the keys; where the customer alone is the key, it is the customer's row."""
    parts = one.key
    if not parts:
        return true()
    if len(parts) == 1:
        return parts[0].in_([key[0] for key in keys])
    return or_(*(and_(*(part == value for part, value in zip(parts, key, strict=True))) for key in keys))


def _newer_statements(db: Session, gone_id: int, kept_id: int) -> list[list[int]]:
    """Pairs of statements on one matter of which the one's is newer: (the other's, the one's)."""
    mine, theirs = ({row.name: row for row in _statements(db, one)} for one in (kept_id, gone_id))
    both = mine.keys() & theirs.keys()
    return [[mine[n].statement_id, theirs[n].statement_id] for n in both if mine[n].stated_at < theirs[n].stated_at]


def _statements(db: Session, customer_id: int) -> Sequence[Statement]:
    return db.scalars(select(Statement).where(Statement.customer_id == customer_id)).all()


def _swap_statements(db: Session, pairs: list[list[int]]) -> Keys:
    """Each pair has changed what it says."""
    for one_id, other_id in pairs:
        one, other = db.get(Statement, one_id), db.get(Statement, other_id)
        if one is not None and other is not None:
            for name in ("value", "member_id", "stated_at"):
                was = getattr(one, name)
                setattr(one, name, getattr(other, name))
                setattr(other, name, was)
    db.flush()
    return pairs


def _order_relations(db: Session, customer_id: int) -> None:
    """Of two who know each other the smaller id stands first, as crm.relations stores them."""
    sheet = CustomerRelation
    wrong = (sheet.kind != "referred", sheet.customer_id > sheet.other_id)
    about = (sheet.customer_id == customer_id) | (sheet.other_id == customer_id)
    statement = update(sheet).where(about, *wrong).values(customer_id=sheet.other_id, other_id=sheet.customer_id)
    db.execute(statement, execution_options={"synchronize_session": False})

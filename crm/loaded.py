"""Rows as objects of the session, asked for at the cost of the driver.

What `db.scalars(select(Table)…)` gives, by crm.prepared: for the one or two rows that each note asks for, SQLAlchemy's
way around the statement took twice as long as all else. For statements of whole rows that every message runs.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import instance_dict

from crm.prepared import Prepared, Values
from crm.tables.base import Table

T = TypeVar("T", bound=Table)


class Loaded(Generic[T]):
    """A statement that selects rows of one table, whose parameters are named."""

    def __init__(self, table: type[T], statement: Select[tuple[T]]) -> None:
        self._mapper = table.__mapper__
        self._names: list[str] = statement.exported_columns.keys()
        self._key = [self._names.index(str(column.key)) for column in self._mapper.primary_key]
        self._prepared = Prepared(statement)

    def every(self, db: Session, values: Values) -> list[T]:
        """The objects, in the order of the rows; one that the session holds already is that one."""
        if db.autoflush:
            db.flush()
        return [self._object(db, row) for row in self._prepared.every(db, values)]

    def first(self, db: Session, values: Values) -> T | None:
        """The object of the first row, or None."""
        if db.autoflush:
            db.flush()
        row = self._prepared.row(db, values)
        return None if row is None else self._object(db, row)

    def _object(self, db: Session, row: tuple[object, ...]) -> T:
        """As the mapper would load it: not changed, and the session's from now on."""
        key = self._mapper.identity_key_from_primary_key(tuple(row[at] for at in self._key))
        held: T | None = db.identity_map.get(key)
        if held is not None:
            return held
        made: T = self._mapper.class_manager.new_instance()
        instance_dict(made).update(zip(self._names, row, strict=True))
        make_transient_to_detached(made)
        db.add(made)
        return made

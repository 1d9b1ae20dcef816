"""Statements that every update or note runs, at the cost of the driver.

SQLAlchemy's way around a statement costs ten times what SQLite takes for it (docs/performance.md). What is
prepared is still an SQLAlchemy statement, with its columns' types, and its errors are SQLAlchemy's; only the way
through the engine is left out, once the statement has been compiled. PostgreSQL, where the time is the server's, is
asked by SQLAlchemy as ever, and so is SQLite while somebody listens to what the engine is asked.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Connection, Delete, Insert, Select, Update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

Values = Mapping[str, Any]
_Process = Callable[[Any], Any] | None


class _Form(NamedTuple):
    """A statement as SQLite's driver takes it. A parameter is a name and what makes the driver's value of ours, or
    has no name, and a value that the statement holds."""

    sql: str
    parameters: tuple[tuple[str | None, _Process, Any], ...]
    columns: tuple[_Process, ...]
    row: Callable[..., Any]

    def bound(self, values: Values) -> list[Any]:
        """The driver's values, in its order."""
        return [
            fixed if name is None else values[name] if process is None else process(values[name])
            for name, process, fixed in self.parameters
        ]

    def read(self, row: tuple[Any, ...] | None) -> Any:
        """The row with our values, by name."""
        if row is None:
            return None
        return self.row(
            *(value if process is None else process(value) for value, process in zip(row, self.columns, strict=True))
        )


class Prepared:
    """A Core statement whose parameters are named. `names`: the columns that an INSERT is given."""

    def __init__(
        self, statement: Select[Any] | CompoundSelect[Any] | Insert | Update | Delete, names: Sequence[str] = ()
    ) -> None:
        self._statement = statement
        self._names = list(names)
        self._form: _Form | None = None

    def row(self, db: Session, values: Values) -> Any:
        """The first row that is selected or returned, its columns by name, or None."""
        connection = db.connection()
        form = self._driven(connection)
        if form is None:
            return connection.execute(self._statement, dict(values)).first()
        return form.read(_ask(connection, form, values).fetchone())

    def every(self, db: Session, values: Values) -> list[Any]:
        """All rows that are selected, their columns by name."""
        connection = db.connection()
        form = self._driven(connection)
        if form is None:
            return list(connection.execute(self._statement, dict(values)).all())
        return [form.read(row) for row in _ask(connection, form, values).fetchall()]

    def rows(self, db: Session, each: Sequence[Values]) -> list[Any]:
        """What an INSERT of these returns, for those that it inserts."""
        connection = db.connection()
        form = self._driven(connection)
        if form is None:
            return list(connection.execute(self._statement, [dict(values) for values in each]).all())
        found = (form.read(_ask(connection, form, values).fetchone()) for values in each)
        return [row for row in found if row is not None]

    def run(self, db: Session, values: Values) -> int:
        """How many rows were changed."""
        connection = db.connection()
        form = self._driven(connection)
        if form is None:
            return connection.execute(self._statement, dict(values)).rowcount
        return _ask(connection, form, values).rowcount

    def run_each(self, db: Session, each: Sequence[Values]) -> None:
        """The statement was run for each of these."""
        connection = db.connection()
        form = self._driven(connection)
        if form is None:
            connection.execute(self._statement, [dict(values) for values in each])
            return
        for values in each:
            _ask(connection, form, values)

    def insert(self, db: Session, values: Values) -> int:
        """The key of the inserted row."""
        connection = db.connection()
        form = self._driven(connection)
        if form is None:
            key = connection.execute(self._statement, dict(values)).inserted_primary_key
            return int(key[0]) if key else 0
        return _ask(connection, form, values).lastrowid or 0

    def _driven(self, connection: Connection) -> _Form | None:
        """The statement for the driver; None where SQLAlchemy is to run it."""
        if connection.dialect.name != "sqlite" or connection.dispatch.before_cursor_execute:
            return None
        if self._form is None:  # the same for every engine of ours, see crm.engines
            self._form = self._compiled(connection)
        return self._form

    def _compiled(self, connection: Connection) -> _Form:
        dialect = connection.dialect

        def into(kind: TypeEngine[Any]) -> _Process:
            return kind.dialect_impl(dialect).bind_processor(dialect)

        compiled: Any = self._statement.compile(dialect=dialect, column_keys=self._names or None)
        parameters: list[tuple[str | None, _Process, Any]] = []
        for name in compiled.positiontup:
            bind = compiled.binds[name]
            process = into(bind.type)
            if bind.required:
                parameters.append((bind.key, process, None))
            else:
                parameters.append((None, None, bind.value if process is None else process(bind.value)))
        columns = getattr(self._statement, "exported_columns", ())
        read = tuple(column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns)
        row: Any = namedtuple("Row", [column.key for column in columns])  # type: ignore[misc]  # known only here
        return _Form(str(compiled), tuple(parameters), read, row)


def _ask(connection: Connection, form: _Form, values: Values) -> sqlite3.Cursor:
    try:
        driver: Any = connection.connection.dbapi_connection
        cursor: sqlite3.Cursor = driver.execute(form.sql, form.bound(values))
    except sqlite3.Error as error:
        raise DBAPIError.instance(form.sql, None, error, sqlite3.Error, hide_parameters=True) from error
    return cursor

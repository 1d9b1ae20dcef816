"""Set-based SQL that fills tables by a fixed formula, the same on both databases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Engine,
    Integer,
    MetaData,
    String,
    case,
    func,
    insert,
    literal,
    select,
    text,
)
from sqlalchemy import Table as Sheet
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateTable

from crm import selectivity
from crm.tables import Instant, Table

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)  # Wednesday, 10:30 in Shanghai
DAYS = 730
CHUNK = 20_000

_scratch = MetaData()
MOMENT = Sheet(
    "moment_of_benchmark",
    _scratch,
    Column("n", Integer, primary_key=True),
    Column("day", Date),
    Column("at", Instant),
    prefixes=["TEMPORARY"],
)
NAME = Sheet(
    "name_of_benchmark",
    _scratch,
    Column("kind", String, primary_key=True),  # person | company
    Column("n", Integer, primary_key=True),
    Column("words", String),
    prefixes=["TEMPORARY"],
)
KEY = Sheet(
    "key_of_benchmark",
    _scratch,
    Column("words", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    prefixes=["TEMPORARY"],
)


def begin(db: Session) -> None:
    """The temporary tables are there, MOMENT with an instant of each of the last two years' days."""
    for sheet in (MOMENT, NAME, KEY):
        db.execute(CreateTable(sheet))
    at = [NOW - timedelta(days=n, minutes=60 + n * 37 % 600) for n in range(DAYS)]  # nothing in the last ten minutes
    db.execute(insert(MOMENT), [{"n": n, "day": one.date(), "at": one} for n, one in enumerate(at)])


def end(db: Session) -> None:
    """They are gone; ids given by hand are not given again."""
    for sheet in (KEY, NAME, MOMENT):
        sheet.drop(db.connection())
    if db.get_bind().dialect.name == "postgresql":
        highest = "(SELECT max(customer_id) FROM customer)"
        db.execute(text(f"SELECT setval(pg_get_serial_sequence('customer', 'customer_id'), {highest})"))


@contextmanager
def without_indexes(engine: Engine) -> Iterator[Connection]:
    """A connection on which a fill goes fast: indexes are made at its end, and a broken fill is thrown away."""
    indexes = [one for sheet in Table.metadata.sorted_tables for one in sheet.indexes if not one.unique]
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            _pragmas(connection, "journal_mode=MEMORY", "synchronous=OFF", "cache_size=-1000000")
        for one in indexes:
            one.drop(connection)
        yield connection
        for one in indexes:
            one.create(connection)
        if engine.dialect.name == "sqlite":
            selectivity.tell(connection)  # what it said of an index went with the index
        connection.commit()
        if engine.dialect.name == "sqlite":
            _pragmas(connection, "journal_mode=WAL")
    engine.dispose()  # what comes now has the connections of service


def _pragmas(connection: Connection, *pragmas: str) -> None:
    """Said outside of any transaction."""
    cursor = connection.connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def put(db: Session, sheet: Any, columns: dict[str, Any], *joins: tuple[Any, Any], where: Any = None) -> None:
    """A row of these columns for each row of what they come from, with the table's defaults in all others."""
    rows = select(*columns.values())
    for other, condition in joins:
        rows = rows.join(other, condition)
    if where is not None:
        rows = rows.where(where)
    db.execute(insert(sheet).from_select(list(columns), rows))


def put_rows(db: Session, sheet: Sheet, rows: Sequence[dict[str, Any]]) -> None:
    """These rows."""
    for start in range(0, len(rows), CHUNK):
        db.execute(insert(sheet), rows[start : start + CHUNK])


def numbers(size: int) -> Any:
    """A query of the numbers `i` from 1 to `size`."""
    n = select(literal(1).label("i")).cte("n", recursive=True)
    return n.union_all(select(n.c.i + 1).where(n.c.i < size))


def days_ago(number: Any, factor: int, most: int = DAYS) -> ColumnElement[Any]:
    """The place in MOMENT that a number has, among the last `most` days."""
    place: ColumnElement[Any] = number * factor % most
    return place


def one_of(words: Sequence[str], number: Any) -> ColumnElement[str]:
    """The word that a number stands for."""
    return case(*((number % len(words) == n, word) for n, word in enumerate(words[1:], 1)), else_=words[0])


def whole(db: Session, number: Any) -> Any:
    """A sum of whole numbers as one: PostgreSQL makes it a numeric."""
    return number if db.get_bind().dialect.name == "sqlite" else func.cast(number, Integer)

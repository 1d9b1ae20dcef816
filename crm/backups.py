"""The whole database as lines of JSON: written from one snapshot beside the running bot, read back into an empty one.

The first line is the head: {"format", "revision", "made_at"}. Each table begins with {"table", "columns", "last_id"};
its rows follow as arrays. The last line is {"rows": how many, "sha256": of all lines before it}. SQLite and PostgreSQL
write and read the same lines, so that a team may also move from one to the other.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    Column,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from crm import held, outbox
from crm.tables import Fact, Outbox
from crm.tables.base import Instant
from crm.tables.base import Table as Base

FORMAT: Final = 1
AT_ONCE: Final = 1_000  # rows read or written together
PUSH: Final = "restored"  # the notice to the admins which those are
_FOREIGN_TABLES: Final = {"alembic_version", "sqlite_sequence"}


class NotEmpty(RuntimeError):
    """The database to restore into holds rows already."""


class BackupBroken(ValueError):
    """The file is no whole backup: cut off, changed, or of an unknown format."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a backup says of itself."""

    revision: str
    made_at: str


def revision_of(connection: Connection) -> str | None:
    """The schema's revision; None where there is no schema yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def lines(connection: Connection, now: datetime) -> Iterator[str]:
    """Every line of the backup, without line ends; the connection's transaction is one snapshot."""
    told, rows = hashlib.sha256(), 0

    def said(line: Any) -> str:
        written = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
        told.update(written.encode() + b"\n")
        return written

    yield said({"format": FORMAT, "revision": revision_of(connection), "made_at": now.isoformat()})
    for table in Base.metadata.sorted_tables:
        columns = [column.name for column in table.columns]
        yield said({"table": table.name, "columns": columns, "last_id": _last_id(connection, table)})
        found = connection.execution_options(yield_per=AT_ONCE).execute(select(table).order_by(*table.primary_key))
        for row in found:
            rows += 1
            yield said([_plain(value) for value in row])
    yield json.dumps({"rows": rows, "sha256": told.hexdigest()})


def head(line: str) -> Head:
    """The first line, understood.

    Raises: BackupBroken
    """
    said = _read(line)
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise BackupBroken("format")
    return Head(said["revision"], said["made_at"])


def restore(connection: Connection, rest: Iterable[str], first: str) -> int:
    """Every row of the backup is in the database, which is at the backup's revision and empty; how many.

    `first` is the head's line, `rest` the others. Raises: BackupBroken, NotEmpty; then the transaction must be undone.
    """
    told = hashlib.sha256(first.encode() + b"\n")
    known = MetaData()
    known.reflect(connection)
    _refuse_rows(connection, known)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    table: Table | None = None
    columns: list[str] = []
    waiting: list[list[Any]] = []
    rows = 0
    for line in rest:
        said = _read(line)
        if isinstance(said, dict) and "sha256" in said:
            _insert(connection, table, columns, waiting)
            if said != {"rows": rows, "sha256": told.hexdigest()}:
                raise BackupBroken("sha256")
            return rows
        told.update(line.encode() + b"\n")
        if isinstance(said, dict):
            _insert(connection, table, columns, waiting)
            table, columns, waiting = _table(known, said["table"]), said["columns"], []
            _continue_ids(connection, said["table"], said["last_id"])
            continue
        waiting.append(said)
        rows += 1
        if len(waiting) == AT_ONCE:
            _insert(connection, table, columns, waiting)
            waiting = []
    raise BackupBroken("cut off")


def hold_due(db: Session, now: datetime) -> list[Outbox]:
    """What was due and not surely sent is held back, now and when it is planned again; the rows, oldest first."""
    late = select(Outbox).where(Outbox.state.in_(outbox.OPEN), Outbox.due_at <= now)
    found = list(db.scalars(late.order_by(Outbox.due_at, Outbox.outbox_id)))
    for row in found:
        row.state, row.reason = "skipped", held.RESTORED
    db.merge(Fact(name=outbox.RESTORED_AT, value={"at": now.isoformat()}))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _read(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise BackupBroken("json") from error


def _table(known: MetaData, name: str) -> Table:
    """The table as it is at the backup's revision, with this version's types where it still has the column."""
    if name not in known.tables:
        raise BackupBroken(f"table {name}")
    ours: dict[str, Any] = dict(Base.metadata.tables[name].columns) if name in Base.metadata.tables else {}
    columns = [Column(c.name, ours[c.name].type if c.name in ours else c.type) for c in known.tables[name].columns]
    return Table(name, MetaData(), *columns)


def _insert(connection: Connection, table: Table | None, names: list[str], rows: list[list[Any]]) -> None:
    if table is None or not rows:
        return
    readers = [_reader(table.columns[name].type) for name in names]
    values = [{name: read(value) for name, read, value in zip(names, readers, row, strict=True)} for row in rows]
    connection.execute(insert(table), values)


def _reader(kind: TypeEngine[Any]) -> Callable[[Any], Any]:
    read: Callable[[Any], Any]
    if isinstance(kind, LargeBinary):
        read = _unpacked
    elif isinstance(kind, DateTime | Instant):
        read = datetime.fromisoformat
    elif isinstance(kind, Date):
        read = date.fromisoformat
    else:
        return lambda value: value
    return lambda value: None if value is None else read(value)


def _unpacked(value: dict[str, str]) -> bytes:
    return base64.b64decode(value["base64"])


def _refuse_rows(connection: Connection, known: MetaData) -> None:
    for table in known.sorted_tables:
        if table.name not in _FOREIGN_TABLES and connection.scalar(select(func.count()).select_from(table)):
            raise NotEmpty(table.name)


def _last_id(connection: Connection, table: Table) -> int | None:
    """The highest id ever given, where ids grow: a button that is older than a deleted row must hit no other."""
    key = table.autoincrement_column
    if key is None:
        return None
    if connection.dialect.name == "sqlite":
        found = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
    else:
        last = text("SELECT pg_sequence_last_value(pg_get_serial_sequence(:table, :key)::regclass)")
        found = connection.scalar(last, {"table": table.name, "key": key.name})
    return None if found is None else int(found)


def _continue_ids(connection: Connection, name: str, last_id: int | None) -> None:
    key = Base.metadata.tables[name].autoincrement_column if name in Base.metadata.tables else None
    if not last_id or key is None:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
        last = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last_id)")
        connection.execute(last, {"name": name, "last_id": last_id})
        return
    last = text("SELECT setval(pg_get_serial_sequence(:name, :key), :last_id)")
    connection.execute(last, {"name": name, "key": key.name, "last_id": last_id})

"""How an engine is made: what SQLite must be told, JSON by the faster codec, statements compiled once."""

from __future__ import annotations

import sqlite3
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.util import LRUCache

JSON_CODEC: dict[str, Any] = {
    "json_serializer": lambda value: orjson.dumps(value).decode(),
    "json_deserializer": orjson.loads,
}
# Each place of a piece in a shared commit has a SAVEPOINT of its own name: beside them the driver's 128 held no other.
_CONNECT = {"timeout": 10, "check_same_thread": False, "cached_statements": 256}


class _Compiled(LRUCache[Any, Any]):
    """Compiled statements by the name of their dialect: SQLAlchemy asks with the dialect, of which each engine has one.

    All engines of one kind are made here and alike, so what one has compiled serves every other of the process.
    """

    def get(self, key: Any, default: Any = None) -> Any:
        """What is asked for before each statement."""
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), value)


_STATEMENTS = _Compiled(2000)  # compiled once a process: a thousand different ones are in use


def engine(url: str, connections: int) -> Engine:
    """An engine for the URL with so many connections, and a few more when all are in use."""
    options = JSON_CODEC | {"execution_options": {"compiled_cache": _STATEMENTS}, "hide_parameters": True}
    pool: dict[str, Any] = {"pool_size": connections, "max_overflow": 4}  # hidden: customers' data never reaches a log
    if make_url(url).get_backend_name() != "sqlite":
        spelled = make_url(url).set(drivername="postgresql+psycopg")
        return create_engine(spelled, pool_pre_ping=True, **options, **pool)
    # The one used last has the statements prepared; each new one must read the whole schema first.
    made = create_engine(url, connect_args=_CONNECT, pool_use_lifo=True, **options, **pool)
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _begin)
    dialect: Any = made.dialect  # SQLAlchemy compiles each of these anew, at ten times the cost
    dialect.do_savepoint = lambda connection, name: _tell(connection, f"SAVEPOINT {name}")
    dialect.do_release_savepoint = lambda connection, name: _tell(connection, f"RELEASE SAVEPOINT {name}")
    dialect.do_rollback_to_savepoint = lambda connection, name: _tell(connection, f"ROLLBACK TO SAVEPOINT {name}")
    return made


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # BEGIN is ours: the driver's own comes too late for BEGIN IMMEDIATE
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-8192",  # 8 MB in each of up to ten connections; the system keeps what is read often, once for all
        "busy_timeout=10000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    is_write = connection.get_execution_options().get("sales_write")
    _tell(connection, "BEGIN IMMEDIATE" if is_write else "BEGIN")


def _tell(connection: Connection, command: str) -> None:
    """The driver is told directly, at a sixth of the cost; its error is raised as SQLAlchemy would raise it."""
    driver: Any = connection.connection.dbapi_connection
    try:
        driver.execute(command)
    except sqlite3.OperationalError as error:
        raise OperationalError(command, None, error) from error

"""The database: reads in parallel, writes durable when their future resolves.

Work is an ordinary function of a Session. On SQLite one writer thread runs all write work that waits and commits it
together (group commit): each piece has its own SAVEPOINT, so one that fails takes nothing else with it, and no future
resolves before the shared COMMIT. On PostgreSQL each piece is a transaction of its own in a pool of threads.
Synchronous sessions in threads replace an async driver because every statement of aiosqlite costs a thread hop:
see docs/performance.md for the figures.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import orjson
from sqlalchemy import Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.orm import Session

T = TypeVar("T")
Work = Callable[[Session], T]

JSON_CODEC: dict[str, Any] = {
    "json_serializer": lambda value: orjson.dumps(value).decode(),
    "json_deserializer": orjson.loads,
}
READERS = 4
POSTGRES_WRITERS = 8
LARGEST_GROUP = 64  # pieces of work in one commit: bounds how long the first one waits
MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


class DatabaseClosed(RuntimeError):
    """Work was handed in after close()."""


class Database:
    """One open database. `url` is an SQLAlchemy URL: sqlite:///file or postgresql://…"""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.engine = _engine(url, self.is_sqlite)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="db-read")
        self._writers = _GroupCommit(self.engine) if self.is_sqlite else _Transactions(self.engine)

    def migrate(self, revision: str = "head") -> None:
        """The schema is at `revision`; safe to call by several processes at once on PostgreSQL."""
        if revision == "head" and self._is_current():
            return
        import alembic.command  # a tenth of a second and 10 MB that a start with a current schema can do without
        import alembic.config

        config = alembic.config.Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self.engine.begin() as connection:
            if not self.is_sqlite:
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7204001)")
            config.attributes["connection"] = connection
            alembic.command.upgrade(config, revision)

    def _is_current(self) -> bool:
        """The schema is at the newest revision; the files of migrations/versions begin with theirs."""
        newest = max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
        with self.engine.begin() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return False
            return bool(connection.scalar(text("SELECT version_num FROM alembic_version")) == newest)

    async def read(self, work: Work[T]) -> T:
        """The result of `work` on a consistent snapshot; it must not write."""
        return await asyncio.wrap_future(self._readers.submit(self._read, work))

    async def write(self, work: Work[T]) -> T:
        """The result of `work` after its writes are durable.

        Raises: whatever `work` raised (its writes are undone), or the database's error of the commit.
        """
        return await asyncio.wrap_future(self._writers.submit(work))

    def write_now(self, work: Work[T]) -> T:
        """As `write`, for code without an event loop: command line, demo, tests."""
        return self._writers.submit(work).result()

    def read_now(self, work: Work[T]) -> T:
        """As `read`, for code without an event loop."""
        return self._read(work)

    def close(self) -> None:
        """All work handed in is finished and every connection is closed."""
        self._writers.close()
        self._readers.shutdown(wait=True)
        self.engine.dispose()

    def _read(self, work: Work[T]) -> T:
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            try:
                return work(session)
            finally:
                session.expunge_all()
                session.rollback()


class _GroupCommit:
    """The one writer of an SQLite file."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: queue.SimpleQueue[tuple[Work[Any], Future[Any]] | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="db-write", daemon=True)
        self._thread.start()

    def submit(self, work: Work[T]) -> Future[T]:
        if self._closed:
            raise DatabaseClosed
        future: Future[T] = Future()
        self._waiting.put((work, future))
        return future

    def close(self) -> None:
        self._closed = True
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._waiting.get()) is not None:
            group = [first]
            closing = False
            while len(group) < LARGEST_GROUP and not self._waiting.empty():
                piece = self._waiting.get()
                if piece is None:
                    closing = True
                    break
                group.append(piece)
            # Work whose waiter was cancelled is not run; the rest cannot be cancelled any more.
            self._commit([piece for piece in group if piece[1].set_running_or_notify_cancel()])
            if closing:
                return

    def _commit(self, group: list[tuple[Work[Any], Future[Any]]]) -> None:
        outcomes: list[Callable[[], None]] = []
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                session.connection(execution_options={"sales_write": True})
                for work, future in group:
                    outcomes.append(_settle(session, work, future))
                session.flush()
                session.expunge_all()
        except Exception as error:  # the edge of the thread: a failed COMMIT fails every piece of the group
            for _, future in group:
                future.set_exception(error)
            return
        for outcome in outcomes:
            outcome()


def _settle(session: Session, work: Work[T], future: Future[T]) -> Callable[[], None]:
    """Run `work` in its SAVEPOINT; return what tells its future after the COMMIT."""
    try:
        with session.begin_nested():
            result = work(session)
    except Exception as error:  # handed to whoever awaits the future
        failure = error
        return lambda: future.set_exception(failure)
    return lambda: future.set_result(result)


class _Transactions:
    """Writers of a PostgreSQL database: a transaction for each piece of work."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._pool = ThreadPoolExecutor(POSTGRES_WRITERS, thread_name_prefix="db-write")

    def submit(self, work: Work[T]) -> Future[T]:
        return self._pool.submit(self._run, work)

    def _run(self, work: Work[T]) -> T:
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            result = work(session)
            session.flush()
            session.expunge_all()
        return result

    def close(self) -> None:
        self._pool.shutdown(wait=True)


def _engine(url: str, is_sqlite: bool) -> Engine:
    if not is_sqlite:
        spelled = make_url(url).set(drivername="postgresql+psycopg")
        pool: dict[str, Any] = {"pool_size": READERS + POSTGRES_WRITERS, "max_overflow": 4, "pool_pre_ping": True}
        return create_engine(spelled, hide_parameters=True, **JSON_CODEC, **pool)  # customers' data never reaches a log
    pool = {"pool_size": READERS + 2, "max_overflow": 4}
    pool["connect_args"] = {"timeout": 10, "check_same_thread": False}
    engine = create_engine(url, hide_parameters=True, **JSON_CODEC, **pool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # BEGIN is ours: the driver's own comes too late for BEGIN IMMEDIATE
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-65536",
        "busy_timeout=10000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    writes = connection.get_execution_options().get("sales_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

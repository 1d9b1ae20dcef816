"""The database: reads in parallel, writes durable when their future resolves.

Work is an ordinary function of a Session. On SQLite one writer thread runs all write work that waits and commits it
together (group commit): each piece has its own SAVEPOINT, so one that fails takes nothing else with it, and no future
resolves before the shared COMMIT. On PostgreSQL each piece is a transaction of its own in a pool of threads.
Synchronous sessions in threads replace an async driver because every statement of aiosqlite costs a thread hop:
see docs/performance.md for the figures.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, inspect, make_url, text
from sqlalchemy.orm import Session

from crm import engines, outages, selectivity

T = TypeVar("T")
Work = Callable[[Session], T]

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
        self.engine = engines.engine(url, connections=READERS + (2 if self.is_sqlite else POSTGRES_WRITERS))
        self.outages = outages.Watch()
        self._readers = _Readers(self.engine)
        writers = _GroupCommit if self.is_sqlite else _Transactions
        self._writers = writers(self.engine, self.outages)

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
            if self.is_sqlite and revision == "head":
                selectivity.tell(connection)

    @staticmethod
    def newest_revision() -> str:
        """The revision of this version's schema; the files of migrations/versions begin with theirs."""
        return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))

    def _is_current(self) -> bool:
        """The schema is at the newest revision."""
        with self.engine.begin() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return False
            return bool(connection.scalar(text("SELECT version_num FROM alembic_version")) == self.newest_revision())

    async def read(self, work: Work[T]) -> T:
        """The result of `work` on a consistent snapshot; it must not write."""
        waiter: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._readers.submit(work, waiter)
        return await waiter

    async def write(self, work: Work[T]) -> T:
        """The result of `work` after its writes are durable.

        Raises: whatever `work` raised (its writes are undone), or the database's error of the commit.
        """
        waiter: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._writers.submit(work, waiter)
        return await waiter

    def write_now(self, work: Work[T]) -> T:
        """As `write`, for code without an event loop: command line, demo, tests."""
        waiter: Future[T] = Future()
        self._writers.submit(work, waiter)
        return waiter.result()

    def read_now(self, work: Work[T]) -> T:
        """As `read`, for code without an event loop."""
        return _read(self.engine, work)

    def close(self) -> None:
        """All work handed in is finished and every connection is closed."""
        self._writers.close()
        self._readers.close()
        self.engine.dispose()


@dataclass(slots=True)
class _Piece:
    """Work and who waits for it; then its result or error."""

    work: Work[Any]
    waiter: Future[Any] | asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None

    def tell(self) -> None:
        """The waiter has the outcome, unless it was cancelled meanwhile. For an asyncio waiter: inside its loop."""
        if self.waiter.done():
            return
        if self.error is not None:
            self.waiter.set_exception(self.error)
        else:
            self.waiter.set_result(self.result)


def _tell_all(pieces: list[_Piece]) -> None:
    """Everybody has their outcome; the waiters of one event loop are woken together."""
    loops: dict[asyncio.AbstractEventLoop, list[_Piece]] = {}
    for piece in pieces:
        if isinstance(piece.waiter, asyncio.Future):
            loops.setdefault(piece.waiter.get_loop(), []).append(piece)
        else:
            piece.tell()
    for loop, waiting in loops.items():
        with contextlib.suppress(RuntimeError):  # the loop has ended: nobody waits any more
            loop.call_soon_threadsafe(_tell_here, waiting)


def _tell_here(pieces: list[_Piece]) -> None:
    for piece in pieces:
        piece.tell()


class _Threads:
    """Threads that take pieces of work from one queue, one or several at a time."""

    def __init__(self, threads: int, name: str, at_once: int) -> None:
        self._waiting: queue.SimpleQueue[_Piece | None] = queue.SimpleQueue()
        self._at_once = at_once
        self._closed = False
        self._threads = [threading.Thread(target=self._run, name=f"{name}-{n}", daemon=True) for n in range(threads)]
        for thread in self._threads:
            thread.start()

    def submit(self, work: Work[Any], waiter: Future[Any] | asyncio.Future[Any]) -> None:
        """The work will be done."""
        if self._closed:
            raise DatabaseClosed
        self._waiting.put(_Piece(work, waiter))

    def close(self) -> None:
        """What was handed in is done and the threads have ended."""
        self._closed = True
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while (first := self._waiting.get()) is not None:
            group = [first]
            closing = False
            while len(group) < self._at_once and not self._waiting.empty():
                piece = self._waiting.get()
                if piece is None:
                    closing = True
                    break
                group.append(piece)
            self._do([piece for piece in group if not piece.waiter.cancelled()])
            _tell_all(group)
            if closing:
                return

    def _do(self, group: list[_Piece]) -> None:
        """Every piece has its result or error."""
        raise NotImplementedError


class _Readers(_Threads):
    """Reads, each on a snapshot of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        super().__init__(READERS, "db-read", at_once=1)

    def _do(self, group: list[_Piece]) -> None:
        for piece in group:
            try:
                piece.result = _read(self._engine, piece.work)
            except Exception as error:  # handed to whoever awaits the piece
                piece.error = error


def _read(engine: Engine, work: Work[T]) -> T:
    with Session(engine, expire_on_commit=False, autoflush=False) as session:
        if engine.dialect.name == "postgresql":  # SQLite's snapshot is one for the whole transaction anyway
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        return work(session)  # what it loaded stays loaded: closing the session lets go of it, and rolls back


class _GroupCommit(_Threads):
    """The one writer of an SQLite file: what waits is committed together."""

    def __init__(self, engine: Engine, watch: outages.Watch) -> None:
        self._engine = engine
        self._watch = watch
        super().__init__(1, "db-write", at_once=LARGEST_GROUP)

    def _do(self, group: list[_Piece]) -> None:
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                inner = session.connection(execution_options={"sales_write": True}).connection.dbapi_connection
                before = inner.total_changes  # type: ignore[union-attr]  # it is open
                for piece in group:
                    _try(session, piece)
                has_changed = inner.total_changes != before  # type: ignore[union-attr]  # asked while it is open
        except Exception as error:  # the edge of the thread: a failed COMMIT fails every piece of the group
            self._watch.failed(error)
            for piece in group:
                piece.error = error
        else:
            self._look(group, has_changed=has_changed)

    def _look(self, group: list[_Piece], *, has_changed: bool) -> None:
        """A commit of nothing needs no room on the disk: it does not show that there is some."""
        for piece in group:
            self._watch.failed(piece.error)
        if has_changed:
            self._watch.succeeded()


def _try(session: Session, piece: _Piece) -> None:
    """The piece is done in a SAVEPOINT of its own."""
    try:
        with session.begin_nested():
            piece.result = piece.work(session)
    except Exception as error:  # handed to whoever awaits the piece
        if not session.connection().connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]  # is open
            raise  # a full disk undid the whole transaction, not only this piece: the group fails together
        piece.error = error
    session.expunge_all()  # no piece sees another's objects


class _Transactions(_Threads):
    """Writers of a PostgreSQL database: a transaction for each piece of work."""

    def __init__(self, engine: Engine, watch: outages.Watch) -> None:
        self._engine = engine
        self._watch = watch
        super().__init__(POSTGRES_WRITERS, "db-write", at_once=1)

    def _do(self, group: list[_Piece]) -> None:
        for piece in group:
            try:
                with Session(self._engine, expire_on_commit=False) as session, session.begin():
                    piece.result = piece.work(session)
                    session.flush()
                    session.expunge_all()
            except Exception as error:  # handed to whoever awaits the piece
                self._watch.failed(error)
                piece.error = error
            else:
                self._watch.succeeded()

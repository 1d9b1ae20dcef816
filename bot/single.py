"""Only one process serves: on SQLite for all work, on PostgreSQL for polling; replicas show that they live."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import secrets
from collections.abc import Coroutine
from pathlib import Path
from typing import IO, Any

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from crm import claims
from crm.database import Database

POLLER_LOCK = 7204002  # an arbitrary number of our own for pg_advisory_lock
LEARNER_LOCK = 7204006
PRESENCE_LOCKS = 7205  # the first of two numbers; those of bot.claims are apart
KEYS = 1 << 31
MOST_OF_A_FOLDER = 64  # processes that share one
RETRY_SECONDS = 1.0
LOOK_SECONDS = 2.0
_LIVING = """SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = :space AND objsubid = 2 AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""

log = structlog.get_logger()


class AlreadyServed(RuntimeError):
    """Another process serves this SQLite database."""


class SqliteLock:
    """Held by the one process that serves an SQLite file; the system frees it when the process dies."""

    def __init__(self, database: Database) -> None:
        file = Path(database.engine.url.database or "").resolve()  # by whatever links it is reached
        self._path = file.with_name(f"{file.name}.lock")
        self._file: IO[str] | None = None

    def take(self) -> None:
        """The lock is ours.

        Raises: AlreadyServed
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._path.open("w")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise AlreadyServed(str(self._path)) from error

    def free(self) -> None:
        """Another process may serve."""
        if self._file is not None:
            self._file.close()
            self._file = None


class _Lock:
    """Advisory locks on a connection of their own; the server frees them when the process or the connection dies."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None

    def free(self) -> None:
        """What was locked is free: told to the server, which else would see only a while later that we are gone."""
        if self._connection is not None:
            with contextlib.suppress(SQLAlchemyError):
                self._connection.execute(text("SELECT pg_advisory_unlock_all()"))
        self._let_go()

    def _let_go(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(SQLAlchemyError):
                self._connection.invalidate()
                self._connection.close()
            self._connection = None

    def _connect(self) -> Connection:
        """A connection outside transactions, so that no idle one holds up the server."""
        return self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def _lives(self) -> bool:
        """The connection, and so what it locks, is still there."""
        if self._connection is None:
            return False
        try:
            self._connection.scalar(text("SELECT 1"))
        except SQLAlchemyError as error:
            log.warning("lock_lost", lock=type(self).__name__, error=type(error).__name__)
            self._let_go()
            return False
        return True


class PollerLock(_Lock):
    """Held by the one replica that polls."""

    async def take(self) -> None:
        """Returns when this process is the poller."""
        while not await asyncio.to_thread(self._try):  # noqa: ASYNC110  no event tells that a server's lock is free
            await asyncio.sleep(RETRY_SECONDS)

    async def hold(self, work: Coroutine[Any, Any, None]) -> None:
        """`work` has run until the lock was lost, for example because the server was started again."""
        task = asyncio.create_task(work, name="poll")
        try:
            while not task.done():
                await asyncio.wait((task,), timeout=LOOK_SECONDS)
                if not task.done() and not await asyncio.to_thread(self._lives):
                    return
            await task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def _try(self) -> bool:
        try:
            connection = self._connect()
            if connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": POLLER_LOCK}):
                self._connection = connection
                return True
            connection.close()
        except SQLAlchemyError as error:  # the server is away for a while: asked again
            log.warning("poller_lock_unreachable", error=type(error).__name__)
        return False


class LearnerLock(_Lock):
    """Held by the one replica that learns: what another has under way then, a dead one left."""

    def take(self) -> bool:
        """Whether it is ours, now or already; False while another process learns or the server is away."""
        if self._database.is_sqlite or self._lives():
            return True
        try:
            connection = self._connect()
            if connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": LEARNER_LOCK}):
                self._connection = connection
                return True
            connection.close()
        except SQLAlchemyError as error:
            log.warning("learner_lock_unreachable", error=type(error).__name__)
        return False


class Succession:
    """A file for each process of a folder, which holds it, its number inside; it is free when the process dies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[str] | None = None

    def take(self, number: int) -> set[int]:
        """The numbers in files that nobody holds: those processes are surely dead. One of the files holds ours now."""
        dead = set()
        for at in range(MOST_OF_A_FOLDER):
            path = self._folder / f"replica-{at}"
            if self._file is not None and not path.exists():
                break
            dead |= self._look(path, number)
        return dead

    def free(self) -> None:
        """Another process of this folder may hold the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _look(self, path: Path, number: int) -> set[int]:
        with contextlib.ExitStack() as stack:
            held = stack.enter_context(path.open("a+"))
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return set()
            held.seek(0)
            before = held.read()
            if self._file is None:
                held.truncate(0)
                held.write(str(number))
                held.flush()
                self._file = held
                stack.pop_all()  # it stays open
        return {int(before)} if before.isdecimal() else set()


class Presence(_Lock):
    """This process's number, which stands in what it claims, and on PostgreSQL a lock that shows that it lives."""

    def __init__(self, database: Database, folder: Path | None = None) -> None:
        """folder: that of the process, by which the next one there knows at once that this one is dead."""
        super().__init__(database)
        self.claimant = secrets.randbelow(KEYS - 1) + 1
        self._succession = Succession(folder) if folder is not None and not database.is_sqlite else None
        claims.sign(database.engine, self.claimant)

    def free(self) -> None:
        """It shows no more that it lives."""
        super().free()
        if self._succession is not None:
            self._succession.free()

    def surely_dead(self, claimants: set[int]) -> set[int]:
        """Those of them who live no more, whatever their locks show: whose place this process has taken."""
        if self._database.is_sqlite:  # where SqliteLock lets one process in
            return claimants - {self.claimant}
        return claimants & self._succession.take(self.claimant) if self._succession is not None else set()

    def living(self) -> set[int]:
        """The numbers of all processes that live, this one's included, which is shown from now on.

        Raises: SQLAlchemyError while the server cannot be reached
        """
        if self._database.is_sqlite:
            return {self.claimant}
        if not self._lives():
            self._connection = self._connect()
            shown = {"space": PRESENCE_LOCKS, "key": self.claimant}
            self._connection.execute(text("SELECT pg_advisory_lock_shared(:space, :key)"), shown)
        rows = self._connection.scalars(text(_LIVING), {"space": PRESENCE_LOCKS}) if self._connection else ()
        return {self.claimant, *rows}

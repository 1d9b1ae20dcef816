"""Only one process serves: on SQLite for all work, on PostgreSQL for polling (replicas may run beside it)."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
from pathlib import Path
from typing import IO

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from crm.database import Database

POLLER_LOCK = 7204002  # an arbitrary number of our own for pg_advisory_lock
PRESENCE_LOCK = 7204003
RETRY_SECONDS = 1.0

log = structlog.get_logger()


class AlreadyServed(RuntimeError):
    """Another process serves this SQLite database."""


class SqliteLock:
    """Held by the one process that serves an SQLite file; the system frees it when the process dies."""

    def __init__(self, database: Database) -> None:
        self._path = Path(f"{database.engine.url.database}.lock")
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


class PollerLock:
    """Held by the one replica that polls; the server frees it when the connection dies."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None

    async def take(self) -> None:
        """Returns when this process is the poller."""
        while not await asyncio.to_thread(self._try):  # noqa: ASYNC110  no event tells that a server's lock is free
            await asyncio.sleep(RETRY_SECONDS)

    def free(self) -> None:
        """Another replica may poll."""
        if self._connection is not None:
            with contextlib.suppress(SQLAlchemyError):
                self._connection.invalidate()
                self._connection.close()
            self._connection = None

    def _try(self) -> bool:
        try:
            connection = self._database.engine.connect()
            if connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": POLLER_LOCK}):
                connection.commit()
                self._connection = connection
                return True
            connection.close()
        except SQLAlchemyError as error:  # the server is away for a while: asked again
            log.warning("poller_lock_unreachable", error=type(error).__name__)
        return False


class Presence:
    """Held by every replica while it lives, shared; so that one that starts knows whether others do."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None

    def take(self) -> bool:
        """We are present; whether nobody else is."""
        key = {"key": PRESENCE_LOCK}
        self._connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        is_only = bool(self._connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), key))
        self._connection.execute(text("SELECT pg_advisory_lock_shared(:key)"), key)
        if is_only:
            self._connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)
        return is_only

    def free(self) -> None:
        """We are gone."""
        if self._connection is not None:
            with contextlib.suppress(SQLAlchemyError):
                self._connection.invalidate()
                self._connection.close()
            self._connection = None

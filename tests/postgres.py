"""A real PostgreSQL server for the tests: TEST_PG_DSN, or one started from what is installed, or a stated skip."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

SERVER_ACCOUNT = "postgres"  # initdb refuses to run as root; Debian's package makes this account


def unavailable(what: str, reason: str) -> None:
    """The test is skipped, or fails where REQUIRE names `what`."""
    if what in os.environ.get("REQUIRE", ""):
        pytest.fail(f"REQUIRE names {what}, but {reason}")
    pytest.skip(f"{what}: {reason}")


@contextmanager
def server() -> Iterator[str]:
    """The SQLAlchemy URL of a running server's maintenance database."""
    given = os.environ.get("TEST_PG_DSN")
    if given:
        yield given
        return
    with own_server(fsync="off") as own:  # of a server that nobody kills no test can see whether the disk has it all
        yield own.url


@contextmanager
def own_server(fsync: str = "on") -> Iterator[Server]:
    """A running server that this test may stop and start."""
    binaries = _binaries()
    if binaries is None:
        unavailable("postgresql", "no server found: set TEST_PG_DSN or install Debian's package postgresql")
        return
    with tempfile.TemporaryDirectory(prefix="pg", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")) as folder:
        own = Server(binaries, Path(folder), fsync)
        own.start()
        try:
            yield own
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):  # it is stopped already
                own.stop("immediate")


def _binaries() -> Path | None:
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).parent] if on_path else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


class Server:
    """A server in a folder, reached by a socket there."""

    def __init__(self, binaries: Path, folder: Path, fsync: str) -> None:
        self._fsync = fsync
        self._binaries, self._folder = binaries, folder
        self.url = f"postgresql+psycopg://sales@/postgres?host={folder}"
        self._prefix: list[str] = []
        if os.geteuid() == 0:
            self.give(folder)
            self._prefix = ["setpriv", f"--reuid={SERVER_ACCOUNT}", f"--regid={SERVER_ACCOUNT}", "--init-groups"]
        self._do("initdb", "-U", "sales", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")

    @staticmethod
    def give(folder: Path) -> None:
        """The folder is the server's account's, where the tests run as root."""
        if os.geteuid() == 0:
            shutil.chown(folder, SERVER_ACCOUNT, SERVER_ACCOUNT)

    def start(self) -> None:
        """It answers."""
        options = f"-k {self._folder} -c listen_addresses='' -c max_connections=60 -c fsync={self._fsync}"
        self._do("pg_ctl", "-w", "-l", str(self._folder / "log"), "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """It has ended: 'fast' breaks connections off, 'immediate' is a crash."""
        self._do("pg_ctl", "-m", mode, "stop")

    def _do(self, program: str, *arguments: str) -> None:
        _run(*self._prefix, str(self._binaries / program), "-D", str(self._folder / "data"), *arguments)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, cwd="/")


@contextmanager
def fresh_database(
    server_url: str, name: str, tablespace: str = "pg_default", template: str = "template1"
) -> Iterator[str]:
    """The URL of a new database, dropped at the end: a copy of `template`, empty unless that is one of ours."""
    engine = create_engine(server_url, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}" TABLESPACE {tablespace}'))
    engine.dispose()  # its connection would not survive a restart of the server
    try:
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        engine.dispose()

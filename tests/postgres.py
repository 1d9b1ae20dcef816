"""A real PostgreSQL server for the tests: TEST_PG_DSN, or one started from what is installed, or a stated skip."""

from __future__ import annotations

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
    binaries = _binaries()
    if binaries is None:
        unavailable("postgresql", "no server found: set TEST_PG_DSN or install Debian's package postgresql")
        return
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        yield from _started(binaries, Path(folder))


def _binaries() -> Path | None:
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).parent] if on_path else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


def _started(binaries: Path, folder: Path) -> Iterator[str]:
    data = folder / "data"
    prefix: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, SERVER_ACCOUNT, SERVER_ACCOUNT)
        prefix = ["setpriv", f"--reuid={SERVER_ACCOUNT}", f"--regid={SERVER_ACCOUNT}", "--init-groups"]
    _run(*prefix, str(binaries / "initdb"), "-D", str(data), "-U", "sales", "-A", "trust", "-E", "UTF8", "--locale=C")
    options = f"-k {folder} -c listen_addresses='' -c max_connections=60"
    _run(*prefix, str(binaries / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql+psycopg://sales@/postgres?host={folder}"
    finally:
        _run(*prefix, str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, cwd="/")


@contextmanager
def fresh_database(server_url: str, name: str) -> Iterator[str]:
    """The URL of a new, empty database, dropped at the end."""
    engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        engine.dispose()

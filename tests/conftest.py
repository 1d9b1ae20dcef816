"""Fixtures of all tests: a migrated database file, copied per test."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot import logs
from crm.database import Database
from tests import garbage, postgres

PATIENCE = 3_000  # milliseconds of one example of a property; Hypothesis's own 200 are too few beside other work


def pytest_configure(config: pytest.Config) -> None:
    """The garbage collector does no work twice; one example may take as long as a busy machine needs, and no hang."""
    config.pluginmanager.register(garbage.Keeper())
    settings.register_profile("busy", deadline=PATIENCE)
    settings.load_profile("busy")


@pytest.fixture(scope="session", autouse=True)
def _logs_as_in_production() -> None:
    """Errors are logged as the process logs them: one masked line, no local variables."""
    logs.set_up("error")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the newest schema, made once a run."""
    path = tmp_path_factory.mktemp("schema") / "sales.db"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    return path


@pytest.fixture
def database_url(migrated_file: Path, tmp_path: Path) -> str:
    """The URL of this test's own migrated database."""
    path = tmp_path / "sales.db"
    shutil.copy(migrated_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """This test's own open database."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a real PostgreSQL server; skips, or fails where REQUIRE names postgresql."""
    with postgres.server() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of this test's own empty database on PostgreSQL."""
    with postgres.fresh_database(postgres_server, f"t{uuid.uuid4().hex}") as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """The name of a database on PostgreSQL with the newest schema, made once a run."""
    name = f"template{uuid.uuid4().hex}"
    with postgres.fresh_database(postgres_server, name) as url:
        database = Database(url)
        database.migrate()
        database.close()
        yield name


@pytest.fixture
def migrated_postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """The URL of this test's own migrated database on PostgreSQL."""
    with postgres.fresh_database(postgres_server, f"t{uuid.uuid4().hex}", template=postgres_template) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def any_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """This test's own migrated database, once on SQLite and once on PostgreSQL."""
    is_sqlite = request.param == "sqlite"
    opened = Database(request.getfixturevalue("database_url" if is_sqlite else "migrated_postgres_url"))
    yield opened
    opened.close()

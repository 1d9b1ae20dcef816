"""Every migration goes up and down again, on both databases, and ends at the tables the code knows."""

from __future__ import annotations

from pathlib import Path

import alembic.autogenerate
import alembic.command
import alembic.config
import pytest
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from crm import database as database_module
from crm.database import Database
from crm.tables import Table


def _config(connection: object) -> alembic.config.Config:
    config = alembic.config.Config()
    config.set_main_option("script_location", str(database_module.MIGRATIONS))
    config.attributes["connection"] = connection
    return config


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    """An open, empty database."""
    is_sqlite = request.param == "sqlite"
    return Database(f"sqlite:///{tmp_path / 'empty.db'}" if is_sqlite else request.getfixturevalue("postgres_url"))


def test_up_down_and_up_again(empty: Database) -> None:
    empty.migrate()
    with empty.engine.begin() as connection:
        alembic.command.downgrade(_config(connection), "base")
    with empty.engine.begin() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    empty.migrate()
    with empty.engine.begin() as connection:
        context = MigrationContext.configure(connection)
        assert alembic.autogenerate.compare_metadata(context, Table.metadata) == []
    empty.close()

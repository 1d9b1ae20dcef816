"""The office of the chat tests is here, too; and a database of each kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.chat.conftest import heavy, office, seated_file
from tests.faults import process

__all__ = ["any_url", "heavy", "office", "seated_file"]


@pytest.fixture(autouse=True)
def _no_process_outlives_its_test() -> Iterator[None]:
    yield
    process.end_those_left()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def any_url(request: pytest.FixtureRequest) -> str:
    """The URL of this test's own database, once on SQLite and once on PostgreSQL; it may still be empty."""
    return str(request.getfixturevalue("database_url" if request.param == "sqlite" else "postgres_url"))

"""Statements are compiled once in a process, however often a database is opened in it."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from crm.database import Database
from crm.tables import Team


def test_what_one_database_compiled_serves_the_next(
    migrated_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "sqlalchemy.engine")
    told = []
    for name in ("one.db", "two.db"):
        shutil.copy(migrated_file, tmp_path / name)
        opened = Database(f"sqlite:///{tmp_path / name}")
        caplog.clear()
        opened.read_now(lambda db: db.scalars(select(Team.team_id).where(Team.name == "没有这个队")).all())
        told.append(" ".join(caplog.messages))
        opened.close()
    assert "[cached since" in told[1]
    assert "[generated in" not in told[1]

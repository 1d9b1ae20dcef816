"""The real application under settings of a test's own: webhook mode, a proxy, a second replica."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy.orm import Session

from bot.application import App
from bot.settings import Settings, TelegramSettings, WebSettings
from crm import teams
from crm.database import Database
from emulator.server import Emulator
from tests import models

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
ADMIN_ID = 1004
LIMIT_SECONDS = 20
WEBHOOK_SECRET = "webhook-secret"


def free_port() -> int:
    """A port that nothing listens on now; it is below those that connections get, so that none takes it meanwhile."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def settings(emulator: Emulator, folder: Path, url: str, port: int = 0, **telegram: Any) -> Settings:
    """Settings of an application that talks to the emulator, with more of [telegram] as given."""
    reached: dict[str, Any] = {
        "token": SecretStr(emulator.token),
        "base_url": emulator.base_url,
        "base_file_url": emulator.file_url,
        "rate_gates": False,
    }
    return Settings(
        telegram=TelegramSettings(**{**reached, **telegram}),
        web=WebSettings(port=port),
        data_dir=folder,
        database_url=url,
        clock_url=emulator.clock_url,
    )


def webhook(emulator: Emulator, folder: Path, url: str) -> Settings:
    """Settings of an application in webhook mode on a free port."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    return settings(
        emulator, folder, url, port, mode="webhook", webhook_url=address, webhook_secret=SecretStr(WEBHOOK_SECRET)
    )


@asynccontextmanager
async def running(given: Settings) -> AsyncIterator[App]:
    """The application under these settings, with the tests' trained model."""
    async with App(given, model_dir=models.trained_model()) as app:
        yield app


def seat(url: str, *user_ids: int) -> None:
    """The database has a team: an admin, and reps with these ids."""

    def found(db: Session) -> None:
        team_id = teams.found(db, ADMIN_ID, "赵姐", NOW).team_id
        for user_id in user_ids:
            teams.join(db, team_id, user_id, f"销售{user_id}", "rep", NOW)

    database = Database(url)
    database.migrate()
    database.write_now(found)
    database.close()


async def until(holds: Callable[[], bool], seconds: float = LIMIT_SECONDS) -> None:
    """Returns once it holds; other tasks of the loop run meanwhile."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110  what is looked for tells nobody
            await asyncio.sleep(0.005)

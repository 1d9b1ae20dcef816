"""The demo: emulator, bot and a lively team in one process. Each start begins anew; nothing leaves this machine."""

from __future__ import annotations

import contextlib
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from bot import clock
from bot.application import App
from bot.demo import team
from bot.settings import Settings, TelegramSettings, WebSettings
from crm.database import Database
from emulator import server
from handlers import menus

FOLDER = Path("var/demo")  # and below it one for each port
PORTS_TRIED = 20
MODEL_FOLDER = Path("var/nlp")


def free_port(wanted: int) -> int:
    """The wanted port, or the next one above that nobody listens on: another demo may be running."""
    for port in range(wanted, wanted + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return port
    return 0


@asynccontextmanager
async def running(port: int) -> AsyncIterator[str]:
    """The address of the chat page of a running demo."""
    folder = _begin_anew(port)
    async with server.running(port=port) as emulator:
        settings = Settings(
            telegram=TelegramSettings(
                token=SecretStr(emulator.token),
                base_url=emulator.base_url,
                base_file_url=emulator.file_url,
                rate_gates=False,
            ),
            web=WebSettings(port=0),
            data_dir=folder,
            clock_url=emulator.clock_url,
            log_level="warning",
        )
        people = team.people(emulator)
        group = team.group(emulator, people)
        _fill(settings, group.chat_id)
        async with App(settings, model_dir=MODEL_FOLDER) as app:
            for actor in await app.database.read(team.actors):
                await app.api.call("setMyCommands", menus.own(actor))
            yield emulator.page_url


def _begin_anew(port: int) -> Path:
    folder = FOLDER / str(port)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _fill(settings: Settings, group_chat_id: int) -> None:
    database = Database(settings.database)
    try:
        database.migrate()
        database.write_now(lambda db: team.fill(db, group_chat_id, clock.real_now()))
    finally:
        database.close()

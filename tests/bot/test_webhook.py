"""Webhook mode: stored before 200, refused without the secret, once whatever is repeated, polling and webhook mixed."""

from __future__ import annotations

import asyncio
import io
import threading
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import func, select

from bot.application import App
from bot.web import LARGEST_UPDATE, SECRET_HEADER, WEBHOOK_PATH
from crm.database import Database
from crm.tables import Inbox, Outbox
from emulator import server
from emulator.person import Person
from tests.bot import house

SECRET = house.WEBHOOK_SECRET
REP_ID = 1001


def _update(update_id: int, text: str = "/help", user_id: int = REP_ID) -> dict[str, Any]:
    person = {"id": user_id, "is_bot": False, "first_name": "小李"}
    message = {"message_id": update_id, "date": 0, "from": person, "chat": {"id": user_id, "type": "private"}}
    return {"update_id": update_id, "message": {**message, "text": text, "entities": _command(text)}}


def _command(text: str) -> list[dict[str, Any]]:
    return [{"type": "bot_command", "offset": 0, "length": len(text)}] if text.startswith("/") else []


def _count(database: Database) -> tuple[int, int]:
    """Rows of inbox and outbox."""

    def count(db: Any) -> tuple[int, int]:
        inbox, outbox = (db.scalar(select(func.count()).select_from(table)) for table in (Inbox, Outbox))
        return inbox, outbox

    return database.read_now(count)


async def _post(app: App, body: Any, **headers: str) -> int:
    async with aiohttp.ClientSession() as session:
        given = {"data": io.BytesIO(body)} if isinstance(body, bytes) else {"json": body}
        url = f"http://127.0.0.1:{app.web.port}{WEBHOOK_PATH}"
        async with session.post(url, headers=headers, **given) as answer:
            return answer.status


async def test_an_update_comes_in_by_webhook_and_is_answered(tmp_path: Path, database_url: str) -> None:
    house.seat(database_url, REP_ID)
    async with server.running(clock=house.NOW) as emulator:
        rep = emulator.person("小李", REP_ID, started=True)
        async with house.running(house.webhook(emulator, tmp_path, database_url)) as app:
            await rep.send("/help")
            assert "全部命令" in (await rep.next_message()).text
            await app.idle()
            (set_up,) = emulator.traffic.of("setWebhook")
            assert set_up.params["secret_token"] == SECRET
            assert emulator.deliveries == 0
            assert not emulator.traffic.of("getUpdates")


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, _update(1), 403),
        ({SECRET_HEADER: "wrong"}, _update(1), 403),
        ({SECRET_HEADER: SECRET + "x"}, _update(1), 403),
        ({SECRET_HEADER: "密"}, _update(1), 403),
        ({SECRET_HEADER: SECRET}, b"garbage", 400),
        ({SECRET_HEADER: SECRET}, b"[1, 2]", 400),
        ({SECRET_HEADER: SECRET}, {"message": {}}, 400),
        ({SECRET_HEADER: SECRET}, {"update_id": "many"}, 400),
        ({SECRET_HEADER: SECRET}, {"update_id": 2**70}, 400),
        ({SECRET_HEADER: SECRET}, b" " * (LARGEST_UPDATE + 1), 413),
    ],
)
async def test_what_is_no_update_of_telegram_is_refused_and_not_stored(
    tmp_path: Path, database_url: str, headers: dict[str, str], body: Any, status: int
) -> None:
    async with (
        server.running(clock=house.NOW) as emulator,
        house.running(house.webhook(emulator, tmp_path, database_url)) as app,
    ):
        assert await _post(app, body, **headers) == status
        assert _count(app.database) == (0, 0)


async def test_the_same_update_twice_has_one_effect(tmp_path: Path, database_url: str) -> None:
    house.seat(database_url, REP_ID)
    async with server.running(clock=house.NOW) as emulator:
        rep = emulator.person("小李", REP_ID, started=True)
        async with house.running(house.webhook(emulator, tmp_path, database_url)) as app:
            for _ in range(3):
                assert await _post(app, _update(5), **{SECRET_HEADER: SECRET}) == 200
            await app.idle()
            assert _count(app.database) == (1, 1)
            assert len(_said(rep)) == 1


async def test_an_update_whose_sender_hangs_up_while_it_is_stored_is_answered(
    tmp_path: Path, database_url: str
) -> None:
    house.seat(database_url, REP_ID)
    async with server.running(clock=house.NOW) as emulator:
        rep = emulator.person("小李", REP_ID, started=True)
        async with house.running(house.webhook(emulator, tmp_path, database_url)) as app:
            leave = threading.Event()
            holding = asyncio.ensure_future(app.database.write(lambda db: leave.wait(10)))
            await asyncio.sleep(0)
            accepting = asyncio.ensure_future(app.intake.accept([_update(5)]))
            await asyncio.sleep(0)
            accepting.cancel()
            leave.set()
            await asyncio.gather(holding, accepting, return_exceptions=True)
            assert "全部命令" in (await rep.next_message()).text


async def test_without_webhook_mode_there_is_no_webhook(tmp_path: Path, database_url: str) -> None:
    async with (
        server.running(clock=house.NOW) as emulator,
        house.running(house.settings(emulator, tmp_path, database_url)) as app,
    ):
        assert await _post(app, _update(1), **{SECRET_HEADER: ""}) == 404


async def test_nothing_is_lost_when_polling_and_webhook_take_turns(tmp_path: Path, database_url: str) -> None:
    house.seat(database_url, REP_ID)
    async with server.running(clock=house.NOW) as emulator:
        emulator.webhooks.longest_pause = 0.1
        rep = emulator.person("小李", REP_ID, started=True)
        for given in (house.settings, house.webhook, house.settings):
            await rep.send("/help")  # while nothing runs: it waits for whoever comes
            async with house.running(given(emulator, tmp_path, database_url)) as app:
                await rep.next_message()
                await rep.send("/help")
                await rep.next_message()
                await house.until(lambda: emulator.deliveries == 0)
                await app.idle()
                assert _count(app.database)[0] == len(_said(rep))
        assert len(_said(rep)) == 6


async def test_a_webhook_that_cannot_be_set_at_once_is_set_later(tmp_path: Path, database_url: str) -> None:
    house.seat(database_url, REP_ID)
    async with server.running(clock=house.NOW) as emulator:
        emulator.faults.add("server_error", "setWebhook")
        rep = emulator.person("小李", REP_ID, started=True)
        async with house.running(house.webhook(emulator, tmp_path, database_url)):
            await rep.send("/help")
            assert (await rep.next_message()).text


def _said(person: Person) -> list[str]:
    return [message.text for message in person.messages() if message["from"]["is_bot"]]

"""A second taker of the same bot's updates, or of the same database: said in one sentence, and nobody is disturbed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import func, select

from bot.rivals import QUIET_SECONDS, SENTENCES, SURE, Rivals
from crm.database import Database
from crm.tables import Inbox, Note, Outbox
from emulator import server
from emulator.person import Person
from tests.bot import house
from tests.faults.process import BotProcess

REP = 1001
LIMIT_SECONDS = 60
NOTES = 20


@asynccontextmanager
async def polling(emulator: server.Emulator) -> AsyncIterator[list[int]]:
    """Another program polls meanwhile as bots do, and confirms what it gets; the ids of the updates that it took."""
    took: list[int] = []

    async def poll(session: aiohttp.ClientSession) -> None:
        offset = 0
        while True:
            body = {"timeout": 25, "offset": offset}
            async with session.post(f"{emulator.base_url}{emulator.token}/getUpdates", json=body) as answer:
                found: list[dict[str, Any]] = (await answer.json()).get("result", [])
            took.extend(update["update_id"] for update in found)
            offset = took[-1] + 1 if took else 0
            await asyncio.sleep(0 if found else 0.1)

    async with aiohttp.ClientSession() as session:
        task = asyncio.create_task(poll(session))
        try:
            yield took
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def _health(port: int) -> tuple[int, dict[str, Any]]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz") as answer:
        return answer.status, await answer.json()


def _told(person: Person) -> list[str]:
    return [message.text for message in person.messages() if message["from"]["is_bot"]]


def _report(counts: str) -> None:
    print(f"\n{counts}")  # noqa: T201  each fault test shows its counts: pytest -s


async def _second_poller(folder: Path, database_url: str) -> None:
    """The admin, the log and health say so, once; what the other took is lost to the bot, and nothing else is."""
    house.seat(database_url, REP)
    port = house.free_port()
    async with server.running(clock=house.NOW) as emulator:
        rep, admin = (emulator.person(name, n, started=True) for name, n in (("小李", REP), ("赵姐", house.ADMIN_ID)))
        bot = BotProcess(emulator, folder, database_url, SALES_WEB__PORT=str(port), SALES_LOG_LEVEL="warning")
        await bot.start()
        try:
            await rep.send("加客户 张伟")
            await rep.next_message(timeout=LIMIT_SECONDS)
            assert (await _health(port))[1]["rival"] is None
            async with polling(emulator) as took:
                assert "token" in (await admin.next_message(timeout=LIMIT_SECONDS)).text
                status, state = await _health(port)
                assert (status, state["ok"], state["rival"]) == (503, False, "poller")
                for n in range(NOTES):
                    await rep.send(f"记 张伟 第{n}条")
                await house.until(lambda: not emulator.deliveries, LIMIT_SECONDS)
            began, before = time.monotonic(), len(_told(rep))
            await rep.send("查 张伟")  # the other has gone: everything is answered again
            await house.until(lambda: len(_told(rep)) > before, LIMIT_SECONDS)
            again = time.monotonic() - began
        finally:
            await bot.stop()
    database = Database(database_url)
    kept = database.read_now(lambda db: db.scalar(select(func.count()).select_from(Note))) or 0
    seen = database.read_now(lambda db: set(db.scalars(select(Inbox.update_id))))
    database.close()
    both = seen & set(took)
    taken = f"taken by the other {len(took)}, kept here {kept}, by both {len(both)}"
    _report(f"sent {NOTES}, {taken}, answers again after {again:.1f} s")
    assert kept + len(set(took) - both) == NOTES
    assert _told(admin) == [text for text in _told(admin) if "token" in text][:1]
    assert bot.log.count("event=rival") == 1
    assert SENTENCES["poller"] in bot.log
    assert "Traceback" not in bot.log
    assert bot.log.count("\n") <= 3, bot.log


@pytest.mark.long
async def test_a_second_poller_is_told_of_once(tmp_path: Path, database_url: str) -> None:
    await _second_poller(tmp_path / "bot", database_url)


@pytest.mark.long
@pytest.mark.postgresql
async def test_a_second_poller_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    await _second_poller(tmp_path / "bot", postgres_url)


def _present(rivals: Rivals) -> str | None:
    return rivals.present


async def test_one_conflict_is_not_told_and_a_rival_that_went_is_forgotten(database: Database) -> None:
    at = [0.0]
    rivals = Rivals(database, lambda: house.NOW, lambda: None, lambda: at[0])
    for _ in range(SURE - 1):
        await rivals.met("terminated by other getUpdates request")
    assert _present(rivals) is None
    await rivals.met("terminated by other getUpdates request")
    assert _present(rivals) == "poller"
    at[0] += QUIET_SECONDS + 1
    assert _present(rivals) is None
    await rivals.met("can't use getUpdates method while webhook is active")
    assert _present(rivals) is None
    for _ in range(SURE):
        await rivals.met("can't use getUpdates method while webhook is active")
    assert _present(rivals) == "webhook"


@pytest.mark.long
async def test_a_poller_that_took_the_webhook_away_gives_it_back(tmp_path: Path, database_url: str) -> None:
    """Somebody starts a second bot, which polls, with the token of one that has a webhook; each on its own database."""
    house.seat(database_url, REP)
    other_url = f"sqlite:///{tmp_path / 'other.db'}"
    house.seat(other_url, REP)
    async with server.running(clock=house.NOW) as emulator:
        emulator.webhooks.longest_pause = 0.1
        rep, admin = (emulator.person(name, n, started=True) for name, n in (("小李", REP), ("赵姐", house.ADMIN_ID)))
        given = house.webhook(emulator, tmp_path / "one", database_url)
        async with house.running(given) as one:
            await rep.send("加客户 张伟")
            await rep.next_message()
            async with house.running(house.settings(emulator, tmp_path / "two", other_url)) as two:
                await house.until(lambda: not emulator.bot.deliveries.webhook_url)
                for n in range(NOTES):
                    await rep.send(f"加客户 客户{n}")
                await house.until(lambda: not emulator.deliveries)
                wanted = emulator.traffic.of("setWebhook")[-1].params
                await one.rivals.look_at_webhook(one.api, wanted)
                assert emulator.bot.deliveries.webhook_url == wanted["url"]
                assert one.rivals.present == "poller"
                for n in range(NOTES, 2 * NOTES):
                    await rep.send(f"加客户 客户{n}")
                await house.until(lambda: not emulator.deliveries)
                await house.until(lambda: two.rivals.present == "webhook", LIMIT_SECONDS)
                for app in (one, two):
                    await app.idle()
                kept = [app.database.read_now(lambda db: len(list(db.scalars(select(Inbox))))) for app in (one, two)]
                again = [text for text in _told(admin) if "token" in text]
            emulator.bot.deliveries.clear()
    _report(f"sent {2 * NOTES + 1}, handled here {kept[0]}, there {kept[1]}, lost {2 * NOTES + 1 - sum(kept)}")
    assert kept == [NOTES + 1, NOTES]
    assert len(again) == 2  # from each side, once


async def test_the_same_webhook_is_left_alone(tmp_path: Path, database_url: str) -> None:
    async with server.running(clock=house.NOW) as emulator:
        given = house.webhook(emulator, tmp_path, database_url)
        async with house.running(given) as app:
            await house.until(lambda: bool(emulator.traffic.of("setWebhook")))
            await app.rivals.look_at_webhook(app.api, emulator.traffic.of("setWebhook")[0].params)
            assert app.rivals.present is None
        assert len(emulator.traffic.of("setWebhook")) == 1


@pytest.mark.parametrize("way", ["the same path", pytest.param("a link", marks=pytest.mark.long)])
async def test_bot_run_twice_on_one_data_dir(tmp_path: Path, way: str) -> None:
    """The second says in one Chinese sentence why it ends, before it has asked Telegram or the database anything."""
    folder = tmp_path / "bot"
    url = f"sqlite:///{folder / 'sales.db'}"
    folder.mkdir()
    house.seat(url, REP)
    async with server.running(clock=house.NOW) as emulator:
        rep = emulator.person("小李", REP, started=True)
        if way == "a link":
            link = tmp_path / "link.db"
            link.symlink_to(folder / "sales.db")
        first = BotProcess(emulator, folder, url, SALES_LOG_LEVEL="warning")
        second = BotProcess(emulator, tmp_path / "second", f"sqlite:///{link}" if way == "a link" else url)
        try:
            await first.start()
            await rep.send("加客户 张伟")
            await rep.next_message(timeout=LIMIT_SECONDS)
            await second.start()
            typing = asyncio.create_task(_type(rep))
            async with asyncio.timeout(LIMIT_SECONDS):
                assert await second.ended() == 1
                await typing
            assert await first.stop() == 0
        finally:
            await first.kill()
            await second.kill()
        asked = {method: len(emulator.traffic.of(method)) for method in ("getMe", "deleteWebhook")}
    database = Database(url)
    kept = database.read_now(lambda db: db.scalar(select(func.count()).select_from(Note)))
    open_rows = database.read_now(lambda db: list(db.scalars(select(Outbox.state).where(Outbox.state != "sent"))))
    database.close()
    _report(f"sent {NOTES}, lost {NOTES - (kept or 0)}, answered {len(_told(rep)) - 1}")
    assert (kept, open_rows) == (NOTES, [])
    assert asked == {"getMe": 1, "deleteWebhook": 1}
    assert second.log.count("\n") == 1
    assert "已经有一个机器人在用这个数据库" in second.log
    assert "Traceback" not in second.log + first.log


async def _type(rep: Person) -> None:
    for n in range(NOTES):
        await rep.send(f"记 张伟 第{n}条")
        await rep.next_message(timeout=LIMIT_SECONDS)

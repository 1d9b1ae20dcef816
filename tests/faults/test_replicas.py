"""Two processes' worth of application on one PostgreSQL database: nothing handled twice, nothing sent twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.application import App
from bot.single import LOOK_SECONDS, POLLER_LOCK, RETRY_SECONDS
from bot.web import SECRET_HEADER, WEBHOOK_PATH
from crm import inbox, outbox, teams
from crm.database import Database
from crm.tables import Inbox, Note, Outbox
from emulator import server
from emulator.person import Person
from handlers.context import Context
from tests.bot import house

pytestmark = pytest.mark.postgresql

REPS = tuple(range(1001, 1021))
PUSHES = 200


@pytest.fixture
async def emulator() -> AsyncIterator[server.Emulator]:
    async with server.running(clock=house.NOW) as running:
        for user_id in REPS:
            running.person(f"销售{user_id}", user_id, started=True)
        yield running


def _states(database: Database, table: type[Inbox] | type[Outbox]) -> dict[str, int]:
    count = select(table.state, func.count()).group_by(table.state)
    return database.read_now(lambda db: {row[0]: row[1] for row in db.execute(count)})


def _plan(url: str) -> None:
    """Pushes of one minute, worded already."""

    def plan(db: Session) -> None:
        member = teams.find_member(db, REPS[0])
        assert member is not None
        planned = [
            outbox.Planned(
                f"test:{n}", "card", member.team_id, chat_id, house.NOW, {"chat_id": chat_id, "text": f"{n}"}
            )
            for n in range(PUSHES)
            for chat_id in (REPS[n % len(REPS)],)
        ]
        outbox.enqueue(db, planned, house.NOW)
        db.execute(update(Outbox).values(method="sendMessage", push=None))

    database = Database(url)
    database.write_now(plan)
    database.close()


def _sent(emulator: server.Emulator) -> Counter[str]:
    return Counter(str(e.params["text"]) for e in emulator.traffic.of("sendMessage"))


async def test_the_bot_lives_on_postgresql(
    emulator: server.Emulator, tmp_path: Path, migrated_postgres_url: str
) -> None:
    house.seat(migrated_postgres_url, *REPS)
    rep = emulator.person("", REPS[0])
    async with house.running(house.settings(emulator, tmp_path, migrated_postgres_url)) as app:
        await rep.send("/help")
        assert "全部命令" in (await rep.next_message()).text
        await rep.send("加客户 张三 13800138000")
        card = await rep.next_message()
        assert "张三" in card.text
        await rep.send("记 张三 嫌交期慢")
        await rep.next_message()
        await rep.press(card, "撤销")
        await rep.wait_edit(card)
        for text, said in (("加客户 李四", "李四"), ("/order 李四 500 螺栓", "¥500"), ("/deal 李四 8万", "¥80,000")):
            await rep.send(text)
            assert said in (await rep.next_message()).text
        await app.idle()
        assert set(_states(app.database, Inbox)) == {"handled"}
        assert set(_states(app.database, Outbox)) == {"sent"}


async def _two(stack: AsyncExitStack, emulator: server.Emulator, folder: Path, url: str, given: Any) -> list[App]:
    return [await stack.enter_async_context(house.running(given(emulator, folder / n, url))) for n in ("one", "two")]


async def test_two_senders_send_each_push_once(
    emulator: server.Emulator, tmp_path: Path, migrated_postgres_url: str
) -> None:
    house.seat(migrated_postgres_url, *REPS)
    async with AsyncExitStack() as stack:
        apps = await _two(stack, emulator, tmp_path, migrated_postgres_url, house.settings)
        _plan(migrated_postgres_url)
        for app in apps:
            app.sender.wake()
        await house.until(lambda: sum(_sent(emulator).values()) >= PUSHES)
        for app in apps:
            await app.idle()
        assert _sent(emulator) == Counter(f"{n}" for n in range(PUSHES))
        for chat_id in REPS:
            arrived = [int(str(m.text)) for m in emulator.person("", chat_id).messages() if m["from"]["is_bot"]]
            assert arrived == sorted(arrived)  # no process overtakes another within a chat
        assert _states(apps[0].database, Outbox) == {"sent": PUSHES}


async def test_one_of_two_pollers_polls_and_the_other_takes_over(
    emulator: server.Emulator, tmp_path: Path, migrated_postgres_url: str
) -> None:
    house.seat(migrated_postgres_url, *REPS)
    rep = emulator.person("", REPS[0])
    async with AsyncExitStack() as stack:
        second = await stack.enter_async_context(
            house.running(house.settings(emulator, tmp_path / "one", migrated_postgres_url))
        )
        async with house.running(house.settings(emulator, tmp_path / "two", migrated_postgres_url)) as first:
            for _ in range(10):
                await rep.send("/help")
            for _ in range(10):
                await rep.next_message()
            await first.idle()
        await rep.send("/help")
        await rep.next_message()
        await second.idle()
        assert [e for e in emulator.traffic.of("getUpdates") if e.status == 409] == []
        assert sum(_sent(emulator).values()) == 11


async def test_after_the_server_was_away_one_of_two_polls(
    emulator: server.Emulator, tmp_path: Path, migrated_postgres_url: str
) -> None:
    """All connections break, the poller's lock with them; whoever has it again is the only one that polls."""
    house.seat(migrated_postgres_url, *REPS)
    rep = emulator.person("", REPS[0])
    async with AsyncExitStack() as stack:
        apps = await _two(stack, emulator, tmp_path, migrated_postgres_url, house.settings)
        await rep.send("/help")
        await rep.next_message()
        _break_connections(migrated_postgres_url)
        await asyncio.sleep(LOOK_SECONDS + 2 * RETRY_SECONDS)  # the lock is looked at now and then: time is the fault
        begun = len(emulator.traffic.of("getUpdates"))
        for _ in range(3):
            await rep.send("/help")
            await rep.next_message()
        for app in apps:
            await app.idle()
        assert {e.status for e in emulator.traffic.of("getUpdates")[begun:]} == {200}
        assert _poller_locks(apps[0].database) == 1


async def test_an_update_that_reaches_both_replicas_has_one_effect(
    emulator: server.Emulator, tmp_path: Path, migrated_postgres_url: str
) -> None:
    """A webhook call that was answered late comes again, to the other replica, while the first still works on it."""
    house.seat(migrated_postgres_url, *REPS)
    people = [emulator.person("", user_id) for user_id in REPS]
    async with AsyncExitStack() as stack:
        apps = await _two(stack, emulator, tmp_path, migrated_postgres_url, house.webhook)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        for n in range(60):
            for app in apps:
                await _post(session, app, _typed(people[n % len(people)], n + 1, f"加客户 客户{n}"))
        for app in apps:
            await app.idle()
        assert _states(apps[0].database, Inbox) == {"handled": 60}
        assert sum(_sent(emulator).values()) == 60


async def test_order_in_a_chat_is_kept_across_replicas(
    emulator: server.Emulator, tmp_path: Path, migrated_postgres_url: str
) -> None:
    house.seat(migrated_postgres_url, *REPS)
    rep, other = emulator.person("", REPS[0]), emulator.person("", REPS[1])
    gate, began = asyncio.Event(), asyncio.Event()

    async def wait(_update: Update, _context: Context) -> None:
        began.set()
        await gate.wait()

    async with AsyncExitStack() as stack:
        one, two = await _two(stack, emulator, tmp_path, migrated_postgres_url, house.webhook)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        one.application.handlers[0].insert(0, MessageHandler(filters.Regex("^慢$"), wait))
        await _post(session, one, _typed(rep, 1, "慢"))
        await began.wait()
        for n in range(2, 10):
            await _post(session, (one, two)[n % 2], _typed(rep, n, f"加客户 客户{n}"))
        await _post(session, two, _typed(other, 10, "加客户 别人"))
        await other.next_message()  # another chat goes on meanwhile
        await two.idle()
        assert _states(two.database, Inbox) == {"new": 9, "handled": 1}
        gate.set()
        await house.until(lambda: _states(two.database, Inbox) == {"handled": 10})
        handled = select(Inbox.update_id).where(Inbox.chat_id == rep.user_id).order_by(Inbox.handled_at)
        assert two.database.read_now(lambda db: list(db.scalars(handled))) == list(range(1, 10))


async def test_what_a_dead_replica_stored_is_found_by_the_living(
    emulator: server.Emulator, tmp_path: Path, migrated_postgres_url: str
) -> None:
    house.seat(migrated_postgres_url, *REPS)
    rep = emulator.person("", REPS[0])
    async with house.running(house.webhook(emulator, tmp_path, migrated_postgres_url)) as app:
        _store(migrated_postgres_url, [_typed(rep, 500 + n, f"加客户 客户{n}") for n in range(3)])
        for _ in range(3):
            await rep.next_message()
        await app.idle()
        assert _states(app.database, Inbox) == {"handled": 3}


async def test_both_replicas_resume_what_a_third_left_and_it_has_one_effect(
    emulator: server.Emulator, tmp_path: Path, migrated_postgres_url: str
) -> None:
    house.seat(migrated_postgres_url, *REPS)
    rep = emulator.person("", REPS[0])
    async with house.running(house.webhook(emulator, tmp_path, migrated_postgres_url)) as app:
        await rep.send("加客户 张三")
        await rep.next_message()
        await app.idle()
    _store(migrated_postgres_url, [_typed(rep, 500 + n, f"记 张三 第{n}条") for n in range(40)])
    async with AsyncExitStack() as stack:
        apps = await _two(stack, emulator, tmp_path, migrated_postgres_url, house.webhook)
        for app in apps:
            await app.idle()
        notes = apps[0].database.read_now(lambda db: list(db.scalars(select(Note.text))))
        assert sorted(notes) == sorted(f"张三 第{n}条" for n in range(40))
        assert set(_states(apps[0].database, Inbox)) == {"handled"}


def _break_connections(url: str) -> None:
    database = Database(url)
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    with database.engine.begin() as connection:
        connection.execute(text(f"{others} AND datname = current_database()"))
    database.close()


def _poller_locks(database: Database) -> int:
    held = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND objid = :key")
    return database.read_now(lambda db: int(db.scalar(held, {"key": POLLER_LOCK}) or 0))


def _typed(person: Person, update_id: int, text: str) -> dict[str, Any]:
    message = {"message_id": update_id, "date": 0, "from": person.user, "chat": person.chat.face, "text": text}
    return {"update_id": update_id, "message": message}


async def _post(session: aiohttp.ClientSession, app: App, body: dict[str, Any]) -> None:
    url = f"http://127.0.0.1:{app.web.port}{WEBHOOK_PATH}"
    async with session.post(url, json=body, headers={SECRET_HEADER: house.WEBHOOK_SECRET}) as answer:
        assert answer.status == 200


def _store(url: str, updates: list[dict[str, Any]]) -> None:
    database = Database(url)
    arrivals = [inbox.Arrival(u["update_id"], u["message"]["chat"]["id"], orjson.dumps(u).decode()) for u in updates]
    bot_id = int(server.TOKEN.partition(":")[0])
    database.write_now(lambda db: inbox.store(db, bot_id, arrivals, house.NOW))
    database.close()

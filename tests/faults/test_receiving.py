"""Intake: failing handlers, unreadable updates, order under load, resuming, conflicts."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import orjson
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import CommandHandler, MessageHandler, filters

from crm import inbox, teams
from crm.database import Database
from crm.tables import Inbox, Note
from emulator import server
from handlers import registry
from handlers.context import Context
from tests.bot import house

if TYPE_CHECKING:
    from emulator.person import Person
    from tests.chat.conftest import Office

REP_ID = 1001


def _texts(person: Person) -> list[str]:
    return [message.text for message in person.messages() if message["from"]["is_bot"]]


def _hear_first(office: Office, command: str, callback: registry.Callback) -> None:
    """The running application has one more command, asked before all others."""
    office.app.application.handlers[0].insert(0, CommandHandler(command, callback))


def _states(database: Database) -> dict[str, int]:
    count = select(Inbox.state, func.count()).group_by(Inbox.state)
    return database.read_now(lambda db: {row[0]: row[1] for row in db.execute(count)})


def _from(person: Person, update_id: int, **message: Any) -> dict[str, Any]:
    whole = {"message_id": update_id, "date": 0, "from": person.user, "chat": person.chat.face, **message}
    return {"update_id": update_id, "message": whole}


async def test_a_handler_that_always_fails_is_tried_five_times_then_set_aside(office: Office) -> None:
    tries = []

    async def fail(update: Update, _context: Context) -> None:
        tries.append(update.update_id)
        raise ZeroDivisionError

    _hear_first(office, "boom", fail)
    await office.rep.send("/boom 王总的事")
    await office.rep.send("/help")
    await office.idle()
    assert len(tries) == inbox.TRIES
    assert _states(office.database) == {"failed": 1, "handled": 1}
    sorry, helped = _texts(office.rep)
    assert "没处理成功" in sorry
    assert "全部命令" in helped
    (notice,) = _texts(office.admin)
    assert "小李" in notice
    assert "Error" not in sorry + notice


async def test_a_file_that_fails_is_to_be_sent_again_and_not_in_other_words(office: Office) -> None:
    async def fail(_update: Update, _context: Context) -> None:
        raise ZeroDivisionError

    office.app.application.handlers[0].insert(0, MessageHandler(filters.Document.ALL, fail))
    await office.rep.document("客户.csv", "姓名\n张三\n".encode())
    await office.idle()
    (sorry,) = _texts(office.rep)
    assert "再发一次这个文件" in sorry


async def test_a_handler_that_fails_twice_has_its_effect_once(office: Office) -> None:
    tries = []

    async def fail_twice(update: Update, context: Context) -> None:
        tries.append(update.update_id)
        await context.commit(lambda db, actor: _rename(db, actor.member_id, fails=len(tries) < 3))

    _hear_first(office, "boom", fail_twice)
    await office.rep.send("/boom")
    await office.idle()
    assert len(tries) == 3
    assert office.member(office.rep).name == "小李!"
    assert _states(office.database) == {"handled": 1}


def _rename(db: Session, member_id: int, *, fails: bool) -> None:
    member = teams.find_member(db, REP_ID)
    assert member is not None
    member.name += "!"
    db.flush()
    if fails:
        raise ZeroDivisionError


async def test_an_update_that_cannot_be_read_stops_nothing(office: Office) -> None:
    for bad in ({"nonsense": 1}, 5):
        office.emulator.bot.deliveries.add("message", bad)  # type: ignore[arg-type]  # that is the point
    office.emulator.bot.deliveries.add("callback_query", {"data": "x"})
    await office.rep.send("/help")
    assert "全部命令" in (await office.rep.next_message()).text
    await office.idle()
    states = _states(office.database)
    assert states.pop("handled") == 1
    assert states == {"failed": 3}
    office.emulator.traffic.clear()  # these updates break the API's description on purpose


@pytest.mark.parametrize("is_sqlite", [True, pytest.param(False, marks=(pytest.mark.postgresql, pytest.mark.long))])
async def test_what_no_database_can_store_is_left_out(
    tmp_path: Path, request: pytest.FixtureRequest, is_sqlite: bool
) -> None:
    """Half a character, NUL, a chat of 70 bits, no number at all: what can be read is answered."""
    url = request.getfixturevalue("database_url" if is_sqlite else "postgres_url")
    house.seat(url, REP_ID)
    async with server.running(clock=house.NOW) as emulator:
        rep = emulator.person("小李", REP_ID, started=True)
        async with house.running(house.settings(emulator, tmp_path, url)) as app:
            for old, new in ((b"#", b"\\ud83d"), (b"#", b"\\u0000"), (b":1001", b":%d" % 2**70)):
                emulator.bot.deliveries.add("message", _from(rep, 7, text="加客户 张#三 13800138000")["message"])
                emulator.bot.deliveries.pending[-1].body = emulator.bot.deliveries.pending[-1].body.replace(old, new)
            await app.intake.accept([5, {"message": {}}])  # type: ignore[list-item]  # that is the point
            await rep.send("/help")
            await house.until(lambda: any("全部命令" in text for text in _texts(rep)))
            await app.idle()
            assert _states(app.database)["handled"] >= 3
        texts = _texts(rep)
    assert "先帮您留着" in texts[0]  # who 张\ufffd三 may be
    assert "张三" in texts[1]
    assert len(texts) == 3


async def test_kinds_of_update_that_nobody_asked_for_are_let_pass(office: Office) -> None:
    strange: list[dict[str, Any]] = [
        {"update_id": 1, "a_kind_of_tomorrow": {"id": 1}},
        {"update_id": 2, "deleted_business_messages": None},
        {"update_id": 3},
    ]
    await office.app.intake.accept(strange)
    await office.idle()
    assert _states(office.database) == {"handled": 3}
    assert _texts(office.rep) == []


async def test_chats_go_on_side_by_side_and_each_keeps_its_order(office: Office) -> None:
    gate, began = asyncio.Event(), asyncio.Event()

    async def wait(_update: Update, _context: Context) -> None:
        began.set()
        await gate.wait()

    _hear_first(office, "wait", wait)
    for person in (office.rep, office.rep2):
        await person.send("加客户 张三 1380013800" + str(person.user_id % 10))
        await person.next_message()
    await office.rep.send("/wait")
    await began.wait()
    for n in range(30):
        for person in (office.rep, office.rep2):
            await person.send(f"记 张三 第{n:02}条")
    for _ in range(30):
        await office.rep2.next_message()
    assert _notes(office, office.rep) == []  # still behind the one that waits
    gate.set()
    await office.idle()
    wanted = [f"张三 第{n:02}条" for n in range(30)]
    assert _notes(office, office.rep) == _notes(office, office.rep2) == wanted


def _notes(office: Office, person: Person) -> list[str]:
    author = office.member(person).member_id
    query = select(Note.text).where(Note.author_id == author).order_by(Note.note_id)
    return office.database.read_now(lambda db: list(db.scalars(query)))


async def test_what_was_stored_before_a_crash_is_handled_by_the_next_start(tmp_path: Path, database_url: str) -> None:
    house.seat(database_url, REP_ID)
    async with server.running(clock=house.NOW) as emulator:
        rep = emulator.person("小李", REP_ID, started=True)
        texts = ("加客户 张三 13800138000", "记 张三 嫌交期慢", "/help")
        raw = [_from(rep, n, text=text) for n, text in enumerate(texts, 1)]
        raw[2]["message"]["entities"] = [{"type": "bot_command", "offset": 0, "length": 5}]
        arrivals = [inbox.Arrival(u["update_id"], REP_ID, orjson.dumps(u).decode()) for u in raw]
        bot_id = int(emulator.token.partition(":")[0])
        database = Database(database_url)
        database.write_now(lambda db: inbox.store(db, bot_id, arrivals, house.NOW))
        database.close()
        async with house.running(house.settings(emulator, tmp_path, database_url)) as app:
            await app.idle()
            assert _states(app.database) == {"handled": 3}
            await app.intake.accept(raw)  # Telegram repeats what it was not told of
            await app.idle()
            assert _states(app.database) == {"handled": 3}
        assert len(_texts(rep)) == 3


async def test_another_poller_is_survived(office: Office) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{office.emulator.base_url}{office.emulator.token}/getUpdates", json={"timeout": 0}) as answer,
    ):
        assert answer.status == 200
    await office.rep.send("/help")
    assert "全部命令" in (await office.rep.next_message()).text


async def test_a_connection_that_breaks_while_polling_loses_nothing(office: Office) -> None:
    office.emulator.faults.add("cut_after", "getUpdates", times=3)
    for _ in range(5):
        await office.rep.send("/help")
    await office.idle()
    assert len(_texts(office.rep)) == 5


async def test_in_groups_strangers_and_chatter_are_left_alone(office: Office) -> None:
    group = office.emulator.group("杂谈", [office.stranger, office.rep])
    for text in ("大家好", "/help", "/summary", "记 王总 嫌贵"):
        await office.stranger.send(text, group)
    await office.rep.send("今天真热", group)
    await office.idle()
    assert [m.text for m in office.stranger.messages(group) if m["from"]["is_bot"]] == []

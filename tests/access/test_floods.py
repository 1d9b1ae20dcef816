"""Who floods hears one polite sentence and loses nothing; nobody else is slowed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.application import App
from bot.pace import Pace
from bot.settings import LimitSettings, Settings, TelegramSettings
from crm import teams
from crm.database import Database
from crm.tables import GroupChat, Inbox, Note
from emulator import server
from emulator.person import Person
from tests.bot import house

AT_ONCE, A_MINUTE = 3, 180  # then three a second: slower than a note takes even on a busy machine
FLOODER, OTHER, STRANGER = 1001, 1002, 1099
ALL_KEPT = "一条不少"


class Clock:
    """Seconds as a test sets them."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_so_many_at_once_and_then_so_many_a_minute() -> None:
    clock = Clock()
    pace = Pace(60, 60, clock)
    assert [pace.take(1) for _ in range(60)] == [0.0] * 60
    assert pace.take(1) == pytest.approx(1.0)
    assert pace.take(2) == 0.0, "another sender has a pace of his own"
    clock.now += 1.0
    assert pace.take(1) == 0.0
    assert pace.take(1) == pytest.approx(1.0)
    clock.now += 3600
    assert [pace.take(1) for _ in range(60)] == [0.0] * 60, "an hour later as at first, and no more"
    assert pace.take(1) > 0


def test_a_flood_is_told_once_and_the_next_one_again() -> None:
    clock = Clock()
    pace = Pace(2, 60, clock)
    for _ in range(3):
        pace.take(1)
    assert [pace.tells(1, 1) for _ in range(3)] == [True, False, False]
    clock.now += 60
    pace.take(1)
    assert pace.tells(1, 1)


def test_senders_whose_flood_is_over_are_forgotten() -> None:
    clock = Clock()
    pace = Pace(2, 60, clock)
    for sender in range(50_000):
        clock.now += 0.01
        assert pace.take(sender) == 0.0
    assert len(pace._until) <= 20_000  # what it holds is the point of this test


def test_without_a_number_a_minute_everything_passes() -> None:
    pace = Pace(1, 0)
    assert {pace.take(1) for _ in range(1000)} == {0.0}


def test_the_pace_goes_with_the_rate_gates_unless_it_is_set() -> None:
    on, off = TelegramSettings(rate_gates=True), TelegramSettings(rate_gates=False)
    assert Settings(telegram=on).messages_a_minute == 60
    assert Settings(telegram=off).messages_a_minute == 0
    assert Settings(telegram=off, limits=LimitSettings(messages_a_minute=5)).messages_a_minute == 5
    assert Settings(telegram=on, limits=LimitSettings(messages_a_minute=0)).messages_a_minute == 0


@asynccontextmanager
async def limited(
    url: str, folder: Path, a_minute: int = A_MINUTE, waiting: int = 1000
) -> AsyncIterator[tuple[App, server.Emulator]]:
    """The application with a pace that a test can wait for."""
    house.seat(url, FLOODER, OTHER)
    async with server.running(clock=house.NOW) as emulator:
        settings = house.settings(emulator, folder, url)
        settings.limits = LimitSettings(messages_at_once=AT_ONCE, messages_a_minute=a_minute, messages_waiting=waiting)
        async with house.running(settings) as app:
            yield app, emulator


def notes(database: Database) -> list[str]:
    """Every note, in the order in which it was saved."""
    return database.read_now(lambda db: list(db.scalars(select(Note.text).order_by(Note.note_id))))


def told(person: Person, words: str) -> int:
    """How often the bot said it."""
    return sum(words in message.text for message in person.messages() if message["from"]["is_bot"])


async def all_done(app: App, emulator: server.Emulator) -> None:
    """Everything sent so far was taken in, and has ended."""
    while emulator.deliveries:  # noqa: ASYNC110  gives way to the bot's tasks on the same loop
        await asyncio.sleep(0)
    await app.idle()


async def keeps_everything(url: str, folder: Path) -> None:
    number = 8
    async with limited(url, folder) as (app, emulator):
        flooder, other = (emulator.person(name, n, started=True) for name, n in (("快手", FLOODER), ("旁人", OTHER)))
        await flooder.send("加客户 王总 13800138000")
        await flooder.next_message()
        for n in range(number):
            await flooder.send(f"记 王总 第{n}件事")
        while not app.intake.lanes.length(FLOODER):  # noqa: ASYNC110  gives way to the bot's tasks on the same loop
            await asyncio.sleep(0)
        await other.send("/help")
        await other.next_message()
        left = app.intake.lanes.length(FLOODER)
        await all_done(app, emulator)
        kept = notes(app.database)
        print(f"sent {number}, lost {number - len(kept)}, waiting when another was answered {left}")  # noqa: T201  a count to be read
        assert [text.split("第")[1] for text in kept] == [f"{n}件事" for n in range(number)]
        assert told(flooder, ALL_KEPT) == 1
        assert left > 0, "the other was answered while the flood waited"
        assert told(other, ALL_KEPT) == 0


@pytest.mark.long
async def test_a_flood_loses_nothing_hears_one_sentence_and_slows_nobody(database_url: str, tmp_path: Path) -> None:
    await keeps_everything(database_url, tmp_path)


@pytest.mark.long
@pytest.mark.postgresql
async def test_the_same_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    await keeps_everything(postgres_url, tmp_path)


@pytest.mark.long
async def test_beyond_what_may_wait_is_refused_in_words_from_one_message_on(database_url: str, tmp_path: Path) -> None:
    async with limited(database_url, tmp_path, a_minute=1200, waiting=30) as (app, emulator):
        flooder = emulator.person("快手", FLOODER, started=True)
        await flooder.send("加客户 王总 13800138000")
        await flooder.next_message()
        for n in range(200):
            await flooder.send(f"记 王总 第{n}件事")
        await all_done(app, emulator)
        kept = [int(text.split("第")[1].removesuffix("件事")) for text in notes(app.database)]
        words = next(m.text for m in flooder.messages() if "没有收下" in m.text)
        print(f"sent 200, kept {len(kept)}, refused in words {200 - len(kept)}")  # noqa: T201  a count to be read
        assert kept == list(range(len(kept))), "what was taken is whole"
        assert f"第{len(kept)}件事" in words, "the sentence names the first that was not"
        assert told(flooder, "没有收下") == 1
        assert states(app.database) == {"handled"}
        await flooder.send("记 王总 后来的事")
        await all_done(app, emulator)
        assert len(notes(app.database)) == len(kept) + 1, "once the flood is done everything is taken again"


def states(database: Database) -> set[str]:
    """How the updates ended."""
    return database.read_now(lambda db: set(db.scalars(select(Inbox.state))))


async def test_in_a_group_a_flood_is_refused_and_the_others_are_answered(database_url: str, tmp_path: Path) -> None:
    async with limited(database_url, tmp_path) as (app, emulator):
        flooder, other = (emulator.person(name, n, started=True) for name, n in (("快手", FLOODER), ("旁人", OTHER)))
        group = emulator.group("销售一组", [flooder, other])
        member = app.database.read_now(lambda db: teams.find_member(db, OTHER))
        assert member is not None
        row = GroupChat(team_id=member.team_id, chat_id=group.chat_id, title="一组", connected_at=house.NOW)
        app.database.write_now(lambda db: db.add(row))
        for _ in range(AT_ONCE + 10):
            await flooder.send("/help", chat=group)
        for _ in range(30):
            await flooder.send("今天天气不错", chat=group)
        await other.send("/help", chat=group)
        await all_done(app, emulator)
        said = [message.text for message in group.from_bots]
        assert said.count("发得有点快，这条先不处理，请过一分钟再发，或私聊我发。") == 1
        answers = len(said) - 1
        assert AT_ONCE < answers < AT_ONCE + 10, "some of the flood's commands, and the other's"


async def test_a_strangers_flood_hears_nothing_more(database_url: str, tmp_path: Path) -> None:
    async with limited(database_url, tmp_path) as (app, emulator):
        stranger = emulator.person("路人", STRANGER, started=True)
        for _ in range(AT_ONCE + 3):
            await stranger.send("你好")
        await all_done(app, emulator)
        said = {m.text for m in stranger.messages() if m["from"]["is_bot"]}
        assert len(said) == 1

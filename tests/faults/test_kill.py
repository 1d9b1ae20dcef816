"""kill -9 while handling and sending: nothing accepted is lost, nothing takes effect twice, repeats are marked."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.sender import CLAIM, WORKERS
from bot.trips import REPEAT_MARK
from crm import customers, members, outbox, teams
from crm.database import Database
from crm.tables import Inbox, Note, Outbox
from emulator import server
from emulator.person import Person
from tests.faults.process import BotProcess

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
LIMIT_SECONDS = 90
REPS = 20


def _fill(database: Database) -> None:
    def seat(db: Session) -> None:
        team_id = teams.found(db, 5000, "主管", NOW).team_id
        for user_id in range(5001, 5001 + REPS):
            teams.join(db, team_id, user_id, f"销售{user_id}", "rep", NOW)
        for user_id in range(5001, 5001 + REPS):
            customers.add(db, members.acting(db, user_id, NOW), customers.Profile(name="张伟"), NOW)

    database.write_now(seat)


def _answers(emulator: server.Emulator) -> list[str]:
    """Every text that reached a phone, repeats included."""
    sent = [e for e in emulator.traffic.of("sendMessage") if e.status == 200]
    return [str(exchange.params["text"]) for exchange in sent]


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(LIMIT_SECONDS):
        while not holds():  # noqa: ASYNC110  the other process tells nothing; its traces are looked for
            await asyncio.sleep(0.01)


def _report(counts: str) -> None:
    print(f"\n{counts}")  # noqa: T201  each fault test shows its counts: pytest -s


async def _play(emulator: server.Emulator, bot: BotProcess, people: list[Person], notes: int, kills: int) -> None:
    """Notes are typed while the process is killed and started again."""
    dice = random.Random(7)
    await bot.start()
    for n in range(notes):
        await people[n % len(people)].send(f"记 张伟 第{n}条：客户嫌交期慢")
    for kill in range(kills):
        wanted = len(_answers(emulator)) + dice.randrange(5, max(6, notes // (kills + 1)))
        await _until(lambda wanted=wanted: len(_answers(emulator)) >= min(wanted, notes))  # type: ignore[misc]
        await bot.kill()
        await bot.start()
        if kill % 2:
            await asyncio.sleep(dice.random())  # a random moment of the start: the one place where time is the fault


async def _play_notes(tmp_path: Path, url: str, notes: int, kills: int) -> tuple[int, int, int]:
    """Lost, doubled, and repeated answers."""
    database = Database(url)
    database.migrate()
    _fill(database)
    async with server.running(clock=NOW) as emulator:
        people = [emulator.person(f"销售{n}", 5001 + n, started=True) for n in range(REPS)]
        bot = BotProcess(emulator, tmp_path / "bot", url)
        await _play(emulator, bot, people, notes, kills)
        done = select(func.count()).select_from(Outbox).where(Outbox.state == "sent", Outbox.method == "sendMessage")
        await _until(lambda: (database.read_now(lambda db: db.scalar(done)) or 0) >= notes)
        await bot.stop()
        texts = _answers(emulator)
        stored = database.read_now(lambda db: Counter(db.scalars(select(Note.text))))
        left = database.read_now(
            lambda db: db.scalar(select(func.count()).select_from(Inbox).where(Inbox.state != "handled"))
        )
        per_person = {person.user_id: len(person.messages()) for person in people}
    database.close()
    lost = notes - len(stored) + (left or 0)
    doubled = sum(count - 1 for count in stored.values())
    repeats = len(texts) - notes
    marked = sum(text.startswith(REPEAT_MARK) for text in texts)
    _report(
        f"notes {notes}, kills {kills}: lost {lost}, doubled {doubled}, answers repeated {repeats}, marked {marked}"
    )
    assert repeats <= marked
    assert all(count >= 2 * notes // REPS for count in per_person.values())
    return lost, doubled, repeats


async def test_notes_survive_kills(tmp_path: Path, database_url: str) -> None:
    lost, doubled, repeats = await _play_notes(tmp_path, database_url, notes=200, kills=2)
    assert (lost, doubled) == (0, 0)
    assert repeats <= 2 * WORKERS


@pytest.mark.long
async def test_notes_survive_ten_kills(tmp_path: Path, database_url: str) -> None:
    lost, doubled, repeats = await _play_notes(tmp_path, database_url, notes=2000, kills=10)
    assert (lost, doubled) == (0, 0)
    assert repeats <= 10 * WORKERS


@pytest.mark.long
@pytest.mark.postgresql
async def test_notes_survive_kills_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    lost, doubled, _ = await _play_notes(tmp_path, postgres_url, notes=400, kills=3)
    assert (lost, doubled) == (0, 0)


def _plan(db: Session, pushes: int) -> None:
    """Reminders of one minute, worded already, through the claim that every push takes."""
    team_id = members.acting(db, 5001, NOW).team_id
    planned = [
        outbox.Planned(
            key=f"test:{n}",
            push="notice",
            team_id=team_id,
            chat_id=5001 + n % REPS,
            due_at=NOW,
            data={"chat_id": 5001 + n % REPS, "text": f"第{n}条提醒"},
        )
        for n in range(pushes)
    ]
    outbox.enqueue(db, planned, NOW)
    db.execute(update(Outbox).where(Outbox.key.startswith("test:")).values(method="sendMessage", push=None))


async def _play_pushes(tmp_path: Path, url: str, pushes: int, kills: int) -> None:
    database = Database(url)
    database.migrate()
    _fill(database)
    database.write_now(lambda db: _plan(db, pushes))
    async with server.running(clock=NOW) as emulator:
        for n in range(REPS):
            emulator.person(f"销售{n}", 5001 + n, started=True)
        bot = BotProcess(emulator, tmp_path / "bot", url)
        await bot.start()
        for kill in range(kills):
            wanted = (kill + 1) * pushes // (kills + 2)
            await _until(lambda wanted=wanted: len(_answers(emulator)) >= wanted)  # type: ignore[misc]
            await bot.kill()
            await bot.start()
        open_rows = (
            select(func.count()).select_from(Outbox).where(Outbox.key.startswith("test:"), Outbox.state != "sent")
        )
        await _until(lambda: database.read_now(lambda db: db.scalar(open_rows)) == 0)
        await bot.stop()
        texts = [text for text in _answers(emulator) if "条提醒" in text]
    database.close()
    unmarked = Counter(text for text in texts if not text.startswith(REPEAT_MARK))
    marked = len(texts) - sum(unmarked.values())
    arrived = {text.removeprefix(REPEAT_MARK) for text in texts}
    _report(f"pushes {pushes}, kills {kills}: lost {pushes - len(arrived)}, marked as perhaps repeated {marked}")
    assert len(arrived) == pushes
    assert max(unmarked.values()) == 1
    assert marked <= kills * CLAIM * 2


async def test_pushes_survive_kills(tmp_path: Path, database_url: str) -> None:
    await _play_pushes(tmp_path, database_url, pushes=300, kills=2)

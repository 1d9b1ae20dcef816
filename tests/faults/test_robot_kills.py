"""kill -9 while posts go to group robots: none is lost, none is doubled unmarked, and nothing secret is logged."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.robots.sender import AT_ONCE
from crm import outbox, robots, teams
from crm.database import Database
from crm.tables import Outbox, Robot
from emulator import server
from tests import robot_receivers
from tests.faults.process import BotProcess
from tests.robot_receivers import TOKEN, Robots

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
LIMIT_SECONDS = 60
SERVICES = ("wecom", "dingtalk", "feishu")
MARK = "（重发，可能已收到）"


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(LIMIT_SECONDS):
        while not holds():  # noqa: ASYNC110  the other process tells nothing; its traces are looked for
            await asyncio.sleep(0.01)


def _token(number: int) -> str:
    return f"{TOKEN[:16]}{number:016}"


def _fill(db: Session, there: Robots, number: int) -> None:
    """A team with so many robots, and a digest that is due for each."""
    team_id = teams.found(db, 1004, "赵姐", NOW - timedelta(days=9)).team_id
    for n in range(number):
        service = SERVICES[n % len(SERVICES)]
        robot = Robot(
            team_id=team_id,
            service=service,
            name="群",
            address=there.address(service, _token(n)),
            state="on",
            created_at=NOW,
            connected_at=NOW,
            tokens=4.0,
            filled_at=datetime.now(UTC),
        )
        db.add(robot)
        db.flush()
        planned = outbox.Planned(
            key=f"digest:r{robot.robot_id}:2026-03-18",
            push="digest",
            team_id=team_id,
            chat_id=robots.lane(robot.robot_id),
            due_at=NOW,
            data={"on": "2026-03-18"},
            expires_at=NOW + timedelta(hours=5),
        )
        outbox.enqueue(db, [planned], NOW)


def _open(database: Database) -> int:
    """How many posts have no end yet."""
    left = select(func.count()).select_from(Outbox).where(Outbox.push == "digest", Outbox.state != "sent")
    return database.read_now(lambda db: db.scalar(left)) or 0


def _counts(there: Robots) -> tuple[Counter[str], Counter[str]]:
    """How often each robot's group read its digest without the mark of a repeat, and with it."""
    unmarked, marked = Counter[str](), Counter[str]()
    for token, (_, said) in zip(there.tokens, there.taken, strict=True):
        (marked if MARK in said else unmarked)[token] += 1
    return unmarked, marked


def _process(emulator: server.Emulator, folder: Path, url: str) -> BotProcess:
    robots_here = {"SALES_ROBOTS__LOCAL": "true", "SALES_ROBOTS__ANSWER_SECONDS": "5", "SALES_LOG_LEVEL": "debug"}
    return BotProcess(emulator, folder, url, **robots_here)


async def _play(folder: Path, url: str, posts: int, kills: int) -> tuple[Counter[str], Counter[str]]:
    database = Database(url)
    database.migrate()
    dice = random.Random(7)
    async with server.running(clock=NOW) as emulator, robot_receivers.running() as there:
        database.write_now(lambda db: _fill(db, there, posts))
        bot = _process(emulator, folder, url)
        await bot.start()
        for kill in range(kills):
            wanted = min(posts - 1, len(there.taken) + dice.randrange(1, max(2, posts // (kills + 1))))
            await _until(lambda wanted=wanted: len(there.taken) >= wanted)  # type: ignore[misc]
            await bot.kill()
            await bot.start()
            print(f"\nkill {kill + 1}: {len(there.taken)} of {posts} were read")  # noqa: T201  pytest -s
        await _until(lambda: _open(database) == 0)
        await bot.stop()
        assert TOKEN[:16] not in bot.log
        counts = _counts(there)
    database.close()
    return counts


@pytest.mark.long
async def test_posts_survive_kills(tmp_path: Path, database_url: str) -> None:
    unmarked, marked = await _play(tmp_path / "bot", database_url, posts=60, kills=2)
    assert set(unmarked) | set(marked) == {_token(n) for n in range(60)}
    assert max(unmarked.values()) == 1
    assert marked.total() <= 2 * AT_ONCE


@pytest.mark.postgresql
@pytest.mark.long
async def test_posts_survive_kills_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    unmarked, marked = await _play(tmp_path / "bot", postgres_url, posts=60, kills=2)
    assert set(unmarked) | set(marked) == {_token(n) for n in range(60)}
    assert max(unmarked.values()) == 1
    assert marked.total() <= 2 * AT_ONCE


@pytest.mark.long
async def test_killed_between_the_post_and_its_mark(tmp_path: Path, database_url: str) -> None:
    """The services have taken the posts, but the process dies before it hears so: each is repeated once, marked."""
    database = Database(database_url)
    number = AT_ONCE - 4
    async with server.running(clock=NOW) as emulator, robot_receivers.running() as there:
        database.write_now(lambda db: _fill(db, there, number))
        there.faults = ["slow"] * number
        bot = _process(emulator, tmp_path / "bot", database_url)
        await bot.start()
        await _until(lambda: len(there.taken) == number)
        await bot.kill()
        await bot.start()
        await _until(lambda: _open(database) == 0)
        await bot.stop()
        unmarked, marked = _counts(there)
    database.close()
    once = {_token(n): 1 for n in range(number)}
    assert (dict(unmarked), dict(marked)) == (once, once)

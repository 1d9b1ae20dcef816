"""Two, three, then four processes on one PostgreSQL database plan and send the same minute, again and again."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import func, select

from crm.database import Database
from crm.tables import Outbox
from emulator import server
from tests.bot import house
from tests.faults import balancer, reminders, typed_notes
from tests.faults.process import BotProcess
from tests.faults.typed_notes import NOW, until

pytestmark = [pytest.mark.long, pytest.mark.postgresql]

TIMES = 100
EACH = 4  # reminders and notes
TICKS = re.compile(rb"^sales_ticks_total (\d+)", re.MULTILINE)


async def _ticks(session: aiohttp.ClientSession, ports: list[int]) -> list[int]:
    """How often the process behind each port has planned."""
    found = []
    for port in ports:
        async with session.get(f"http://127.0.0.1:{port}/metrics") as answer:
            shown = TICKS.search(await answer.read())
            found.append(int(shown[1]) if shown else 0)
    return found


async def _all_planned(session: aiohttp.ClientSession, ports: list[int], before: list[int]) -> None:
    """Each of them has begun and ended a tick since."""
    now = before
    async with asyncio.timeout(typed_notes.LIMIT_SECONDS):
        while any(number <= then for number, then in zip(now, before, strict=True)):
            await asyncio.sleep(0.02)  # they tell nobody
            now = await _ticks(session, ports)


def _process(emulator: server.Emulator, folder: Path, url: str, port: int, before: balancer.Balancer) -> BotProcess:
    return BotProcess(
        emulator,
        folder,
        url,
        SALES_WEB__PORT=str(port),
        SALES_TELEGRAM__MODE="webhook",
        SALES_TELEGRAM__WEBHOOK_URL=before.url,
        SALES_TELEGRAM__WEBHOOK_SECRET=house.WEBHOOK_SECRET,
    )


async def _until_serving(session: aiohttp.ClientSession, port: int) -> None:
    async with asyncio.timeout(typed_notes.LIMIT_SECONDS):
        while True:
            try:
                await _ticks(session, [port])
            except aiohttp.ClientError:
                await asyncio.sleep(0.02)
            else:
                return


def _doubled_keys(database: Database) -> int:
    """Keys with more than one row."""
    keys = select(Outbox.key).where(Outbox.key.is_not(None)).group_by(Outbox.key).having(func.count() > 1)
    return len(database.read_now(lambda db: list(db.scalars(keys))))


def _carriers(database: Database) -> Counter[int]:
    """How many reminders each process has carried."""
    rows = select(Outbox.claimed_by, func.count()).where(Outbox.push == "task").group_by(Outbox.claimed_by)
    return database.read_now(lambda db: Counter({row[0]: row[1] for row in db.execute(rows)}))


async def test_replicas_plan_and_send_the_same_minute_a_hundred_times(tmp_path: Path, postgres_url: str) -> None:
    """Each time, reminders are added to the minute, and one rep types notes that reach all processes in turn."""
    database, ports = Database(postgres_url), [house.free_port() for _ in range(4)]
    typed_notes.fill(database)
    served: list[int] = []
    async with (
        server.running(clock=NOW) as emulator,
        balancer.running(served) as before,
        aiohttp.ClientSession() as session,
    ):
        given = typed_notes.Load(emulator, database)
        bots = [_process(emulator, tmp_path / f"{port}", postgres_url, port, before) for port in ports]
        for turn in range(TIMES):
            while len(served) < 2 + turn * 3 // TIMES:
                await bots[len(served)].start()
                await _until_serving(session, ports[len(served)])
                served.append(ports[len(served)])
            await _turn(session, served, given, turn)
        began = time.monotonic()
        await until(lambda: reminders.sent(database) == EACH * TIMES and given.is_done())
        caught_up = time.monotonic() - began
        ticks = await _ticks(session, served)
        for bot in bots:
            await bot.stop()
        typed_notes.report(f"planned {ticks} times; caught up {caught_up:.1f} s after the last; calls {before.taken}")
        _check(given, "".join(bot.log for bot in bots))
    database.close()
    assert ticks[0] >= TIMES


async def _turn(session: aiohttp.ClientSession, served: list[int], given: typed_notes.Load, turn: int) -> None:
    """More reminders are due and more notes typed, and every process has planned once more."""
    numbers = range(turn * EACH, turn * EACH + EACH)
    given.database.write_now(lambda db: reminders.plan(db, numbers))
    had = await _ticks(session, served)
    await given.type(EACH, by=turn)
    await given.emulator.clock.move_to(NOW)
    await _all_planned(session, served, had)


def _check(given: typed_notes.Load, log: str) -> None:
    """The counts are shown: one row and one message per key, in order, by several processes, and none failed."""
    found, tally, carriers = reminders.arrivals(given.emulator), given.tally(), _carriers(given.database)
    arrived, pushes = found.unmarked + found.marked, EACH * TIMES
    typed_notes.report(
        f"pushes sent {arrived.total()}, lost {pushes - len(arrived)}, doubled {arrived.total() - len(arrived)},"
        f" out of order {found.out_of_order}, carried {sorted(carriers.values())}; notes {tally}"
    )
    assert [line for line in log.splitlines() if "level=error" in line] == []
    assert _doubled_keys(given.database) == 0
    assert found.unmarked == dict.fromkeys(range(pushes), 1)
    assert (found.marked.total(), found.out_of_order) == (0, 0)
    assert (tally.faults(), tally.repeats, tally.marked) == ({}, 0, 0)
    assert len(carriers) >= 2

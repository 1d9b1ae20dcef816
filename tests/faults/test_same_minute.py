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
    """Reminders are added to the minute and notes typed meanwhile: one row and one message each, in their order."""
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
            database.write_now(lambda db, turn=turn: reminders.plan(db, range(turn * 3, turn * 3 + 3)))  # type: ignore[misc]
            await given.type(3)
            had = await _ticks(session, served)
            await emulator.clock.move_to(NOW)
            await _all_planned(session, served, had)
        began = time.monotonic()
        await until(lambda: reminders.sent(database) == 3 * TIMES and given.is_done())
        caught_up = time.monotonic() - began
        ticks = await _ticks(session, served)
        for bot in bots:
            await bot.stop()
        found, tally = reminders.arrivals(emulator), given.tally()
    failed = [line for bot in bots for line in bot.log.splitlines() if "level=error" in line]
    carriers = _carriers(database)
    doubled_keys = _doubled_keys(database)
    database.close()
    arrived = found.unmarked + found.marked
    typed_notes.report(
        f"planned {ticks} times; pushes sent {arrived.total()}, lost {3 * TIMES - len(arrived)}, doubled"
        f" {arrived.total() - len(arrived)}, out of order {found.out_of_order}, carried {sorted(carriers.values())};"
        f" calls {sorted(before.taken.values())}; notes {tally}; caught up {caught_up:.1f} s after the last turn"
    )
    assert failed == []
    assert doubled_keys == 0
    assert found.unmarked == dict.fromkeys(range(3 * TIMES), 1)
    assert (found.marked.total(), found.out_of_order) == (0, 0)
    assert (tally.faults(), tally.repeats, tally.marked) == ({}, 0, 0)
    assert len(carriers) >= 2
    assert ticks[0] >= TIMES

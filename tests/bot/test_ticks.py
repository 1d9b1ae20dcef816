"""Ticks end quietly: the one that runs is waited for, none begins after."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot import clock
from bot.ticks import Ticks
from crm import teams
from crm.database import Database
from tests.bot import house


async def test_stop_waits_for_the_tick_that_runs(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    database.write_now(lambda db: teams.found(db, house.ADMIN_ID, "赵姐", house.NOW))
    inside, leave = threading.Event(), threading.Event()
    planned: list[int] = []
    ticks = Ticks(database, clock.real_now, lambda: planned.append(1), lambda: None)

    def hold(_db: object) -> None:
        inside.set()
        leave.wait(10)

    holding = asyncio.ensure_future(database.write(hold))  # the tick's own writes wait behind it
    await asyncio.to_thread(inside.wait, 10)
    ticks.start()
    await house.until(lambda: ticks.runs)
    stopping = asyncio.ensure_future(ticks.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    leave.set()
    async with asyncio.timeout(10):
        await stopping
        await holding
    assert planned == [1]
    assert caplog.records == []


async def test_nothing_begins_after_stop(database: Database) -> None:
    planned: list[int] = []
    ticks = Ticks(database, clock.real_now, lambda: planned.append(1), lambda: None)
    ticks.start()
    await house.until(lambda: bool(planned))
    await ticks.stop()
    ticks.wake()
    await ticks.stop()
    assert planned == [1]

"""Work whose waiter gave up: it does not run, and the writer goes on."""

from __future__ import annotations

import asyncio
import threading

import pytest

from crm import teams
from crm.database import Database
from tests.crm.people import NOW


async def test_cancelled_work_is_not_run_and_the_writer_lives(database: Database) -> None:
    started, gate = threading.Event(), threading.Event()
    ran: list[str] = []

    def slow(db: object) -> None:
        started.set()
        gate.wait(10)

    first = asyncio.ensure_future(database.write(slow))
    await asyncio.to_thread(started.wait, 10)
    second = asyncio.ensure_future(database.write(lambda db: ran.append("second")))
    await asyncio.sleep(0)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    gate.set()
    await first
    await database.write(lambda db: teams.found(db, 1, "赵姐", NOW))
    assert ran == []


async def test_work_cancelled_while_it_runs_does_not_stop_the_writer(database: Database) -> None:
    started, gate = threading.Event(), threading.Event()

    def slow(db: object) -> None:
        started.set()
        gate.wait(10)

    running = asyncio.ensure_future(database.write(slow))
    await asyncio.to_thread(started.wait, 10)
    running.cancel()
    gate.set()
    assert (await database.write(lambda db: teams.found(db, 1, "赵姐", NOW))).name == "赵姐"

"""The machine sleeps while reminders leave: its connections are gone when it wakes, and it is three hours later."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sender import WORKERS
from crm.database import Database
from emulator import server
from tests.faults import gates, reminders, typed_notes
from tests.faults.process import BotProcess
from tests.faults.typed_notes import NOW, until

pytestmark = pytest.mark.long

PUSHES = 300
UNANSWERED = 8  # reminders that have arrived when it falls asleep, and it does not know yet


async def test_suspended_while_reminders_leave(tmp_path: Path, any_url: str) -> None:
    database = Database(any_url)
    typed_notes.fill(database)
    database.write_now(lambda db: reminders.plan(db, range(PUSHES)))
    async with server.running(clock=NOW) as emulator, gates.opened(emulator) as gate:
        typed_notes.Load(emulator, database)
        reached = {f"SALES_TELEGRAM__{name.upper()}": value for name, value in gate.reached().items()}
        bot = BotProcess(emulator, tmp_path / "bot", any_url, **reached)
        try:
            await bot.start()
            await until(lambda: len(reminders.arrivals(emulator).numbers) >= PUSHES // 3)
            emulator.faults.add("slow", "sendMessage", times=UNANSWERED, seconds=typed_notes.LIMIT_SECONDS)
            await until(lambda: not emulator.faults.armed)
            bot.suspend()
            await gate.cut()
            slept_at = len(reminders.arrivals(emulator).numbers)
            await emulator.clock.advance(timedelta(hours=3))
            began = time.monotonic()
            bot.resume()
            await until(lambda: reminders.sent(database) == PUSHES)
            took = time.monotonic() - began
            await bot.stop()
        finally:
            await bot.kill()  # it may be asleep
        found = reminders.arrivals(emulator)
    database.close()
    arrived = found.unmarked + found.marked
    doubled = sum(times - 1 for times in found.unmarked.values())
    typed_notes.report(
        f"pushes {PUSHES}, asleep after {slept_at}: lost {PUSHES - len(arrived)}, doubled {doubled},"
        f" repeated {arrived.total() - len(arrived)}, marked {found.marked.total()},"
        f" out of order {found.out_of_order}, caught up {took:.1f} s after waking"
    )
    assert found.numbers == set(range(PUSHES))
    assert doubled == 0
    assert UNANSWERED <= arrived.total() - PUSHES <= found.marked.total() <= WORKERS
    assert found.out_of_order == 0

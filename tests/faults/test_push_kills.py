"""kill -9 while pushes leave: none is lost, what perhaps arrived before is marked, and a living process goes on."""

from __future__ import annotations

import random
import time
from functools import partial
from pathlib import Path

import pytest

from bot.sender import CLAIM, WORKERS
from crm.database import Database
from emulator import server
from tests.faults import points, reminders, typed_notes
from tests.faults.process import BotProcess
from tests.faults.typed_notes import NOW, REPS, until

pytestmark = pytest.mark.long
FEW = 100
SLOW_SECONDS = 0.3  # Telegram has taken a push and answers so much later: else the moment to die at comes rarely


def _check(emulator: server.Emulator, pushes: int, kills: int, caught_up: float) -> reminders.Arrivals:
    """The counts are shown; nothing is lost, nothing doubled without its mark, no chat out of order."""
    found = reminders.arrivals(emulator)
    arrived = found.unmarked + found.marked
    typed_notes.report(
        f"pushes {pushes}, kills {kills}: sent {arrived.total()}, lost {pushes - len(arrived)},"
        f" doubled {arrived.total() - len(arrived)}, marked {found.marked.total()},"
        f" out of order {found.out_of_order}, caught up {caught_up:.1f} s after the last fault"
    )
    assert found.numbers == set(range(pushes))
    assert max(found.unmarked.values()) == 1
    assert arrived.total() - pushes <= found.marked.total() <= kills * CLAIM
    assert arrived.total() - pushes <= kills * WORKERS
    assert found.out_of_order == 0
    return found


class Supply:
    """Reminders that do not run out while a moment is looked for: a fast machine had sent all of them before."""

    def __init__(self, database: Database, pushes: int) -> None:
        self._database = database
        self.total = 0
        self._plan(pushes)

    def _plan(self, pushes: int) -> None:
        self._database.write_now(lambda db: reminders.plan(db, range(self.total, self.total + pushes)))
        self.total += pushes

    async def feed(self) -> None:
        """There are at least as many to send as both processes may carry at a time."""
        if reminders.sent(self._database) > self.total - FEW:
            self._plan(FEW)


async def test_pushes_survive_kills(tmp_path: Path, any_url: str) -> None:
    pushes, kills, dice = 300, 3, random.Random(7)
    database = Database(any_url)
    typed_notes.fill(database)
    supply = Supply(database, pushes)
    async with server.running(clock=NOW) as emulator:
        typed_notes.Load(emulator, database)
        bot = BotProcess(emulator, tmp_path / "bot", any_url)
        await bot.start()
        for kill in range(kills):
            wanted = (kill + 1) * pushes // (kills + 2)
            await until(lambda wanted=wanted: reminders.sent(database) >= wanted)  # type: ignore[misc]
            await points.die_at(bot, lambda: reminders.accepted(database, emulator), dice, supply.feed)
            await bot.start()
        began = time.monotonic()
        await until(lambda: reminders.sent(database) == supply.total)
        caught_up = time.monotonic() - began
        await bot.stop()
        _check(emulator, supply.total, kills, caught_up)
    database.close()


async def test_killed_between_the_sending_and_its_mark(tmp_path: Path, any_url: str) -> None:
    """Telegram has taken one reminder of each chat, but the process dies before it hears: they are repeated, marked."""
    pushes = len(REPS)
    database = Database(any_url)
    typed_notes.fill(database)
    database.write_now(lambda db: reminders.plan(db, range(pushes)))
    async with server.running(clock=NOW) as emulator:
        typed_notes.Load(emulator, database)
        emulator.faults.add("slow", "sendMessage", times=pushes, seconds=typed_notes.LIMIT_SECONDS)
        bot = BotProcess(emulator, tmp_path / "bot", any_url, SALES_LOG_LEVEL="info")
        await bot.start()
        await until(lambda: len(reminders.arrivals(emulator).numbers) == pushes)
        await bot.kill()
        emulator.faults.clear()
        began = time.monotonic()
        await bot.start()
        await until(lambda: reminders.sent(database) == pushes)
        caught_up = time.monotonic() - began
        await until(lambda: f"messages={pushes}" in bot.log)  # who takes a dead one's folder does not doubt its death
        await bot.stop()
        found = _check(emulator, pushes, 1, caught_up)
    database.close()
    assert found.unmarked == found.marked == dict.fromkeys(range(pushes), 1)


async def _started(bot: BotProcess, database: Database) -> int:
    """The process lives; its number."""
    before = reminders.living(database)
    await bot.start()
    await until(lambda: bool(reminders.living(database) - before))
    return (reminders.living(database) - before).pop()


@pytest.mark.postgresql
async def test_a_fan_out_by_two_processes_survives_kills(tmp_path: Path, postgres_url: str) -> None:
    """Each dies once among 1,000 pushes and comes back; then one dies for good, and the other sends what it left."""
    pushes, dice = 1_000, random.Random(7)
    database = Database(postgres_url)
    typed_notes.fill(database)
    supply = Supply(database, pushes)
    async with server.running(clock=NOW) as emulator:
        typed_notes.Load(emulator, database)
        bots = [BotProcess(emulator, tmp_path / name, postgres_url) for name in ("one", "two")]
        try:
            numbers = [await _started(bot, database) for bot in bots]
            for kill, who in enumerate((0, 1, 0)):
                await until(lambda kill=kill: reminders.sent(database) >= 150 + 150 * kill)  # type: ignore[misc]
                holds = partial(reminders.accepted, database, emulator, numbers[who])
                emulator.faults.add("slow", "sendMessage", times=supply.total, seconds=SLOW_SECONDS)
                await points.die_at(bots[who], holds, dice, supply.feed)
                emulator.faults.clear()
                began = time.monotonic()
                if kill < 2:
                    numbers[who] = await _started(bots[who], database)
            await until(lambda: reminders.sent(database) == supply.total)
            caught_up = time.monotonic() - began
            await bots[1].stop()
        finally:
            for bot in bots:
                await bot.kill()
        _check(emulator, supply.total, 3, caught_up)
    database.close()

"""kill -9 while handling and answering: nothing accepted is lost, nothing takes effect twice, repeats are marked."""

from __future__ import annotations

import contextlib
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.sender import WORKERS
from crm.database import Database
from emulator import server
from tests.faults import points, typed_notes
from tests.faults.process import BotProcess

FIRST_ANSWER_IMPORTS = 2.0  # of computing, in imports of the application in the same run: machines differ by three


def _import_seconds() -> float:
    """The computing of a process that imports the application and does nothing else."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", "import bot.application"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


POINTS: dict[str, Callable[[points.Life], bool]] = {
    "after the poll": points.Life.polled,
    "updates stored": points.Life.stored,
    "while committing": points.Life.committing,
    "answer committed": points.Life.answer_committed,
    "answer accepted": points.Life.answer_accepted,
}
ANY_TIME = "at random"
MORE = 20  # notes


async def _die(bot: BotProcess, life: points.Life, given: typed_notes.Load, point: str, dice: random.Random) -> int:
    """The process was killed at this point; how often it was looked at."""
    if point == ANY_TIME:
        await given.until_answered(dice.randrange(40))

    async def feed() -> None:
        if len(given.answered()) == given.typed:  # a fast machine has done everything before the point was met
            await given.type(MORE)

    return await points.die_at(bot, lambda: point == ANY_TIME or POINTS[point](life), dice, feed)


async def _play(folder: Path, url: str, notes: int, kills: list[str]) -> typed_notes.Tally:
    database, dice, share = Database(url), random.Random(7), notes // (len(kills) + 1)
    typed_notes.fill(database)
    async with server.running(clock=typed_notes.NOW) as emulator:
        given = typed_notes.Load(emulator, database)
        bot = BotProcess(emulator, folder, url)
        for point in kills:
            await given.type(share * 3 // 4)
            life = points.Life(emulator, database, given.answered)
            await given.start(bot)
            await given.until_answered(share // 2)
            await given.type(share - share * 3 // 4)
            looks = await _die(bot, life, given, point, dice)
            typed_notes.report(
                f"killed {point}, seen at look {looks}: {len(given.answered())} of {given.typed} answered"
            )
        await given.type(notes - given.typed)
        began = time.monotonic()
        await given.start(bot)
        with contextlib.suppress(TimeoutError):  # what is missing then is counted
            await typed_notes.until(given.is_done)
        caught_up = time.monotonic() - began
        await bot.stop()
        tally = given.tally()
    database.close()
    slowest, computed = (max(column) for column in zip(*given.first_answers, strict=True))
    typed_notes.report(
        f"notes {tally}; kills {len(kills)}; caught up {caught_up:.1f} s after the last start;"
        f" longest from a start to an answer {slowest:.1f} s, {computed:.1f} s of computing"
    )
    assert computed < FIRST_ANSWER_IMPORTS * _import_seconds()
    return tally


def _nothing_lost(tally: typed_notes.Tally, kills: int) -> None:
    assert tally.faults() == {}
    assert tally.repeats <= min(tally.marked, kills * WORKERS)


async def test_notes_survive_kills(tmp_path: Path, database_url: str) -> None:
    _nothing_lost(await _play(tmp_path / "bot", database_url, 120, ["answer accepted"]), 1)


@pytest.mark.long
async def test_four_thousand_notes_survive_twelve_kills(tmp_path: Path, any_url: str) -> None:
    kills = [*POINTS, ANY_TIME] * 2
    _nothing_lost(await _play(tmp_path / "bot", any_url, 4_000, kills), len(kills))

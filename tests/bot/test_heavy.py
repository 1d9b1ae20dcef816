"""The worker process for CPU work, and what a start must not import."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from bot.heavy import HeavyWork
from tests.faults.process import ROOT

COSTLY = ("alembic", "scipy", "sklearn", "matplotlib", "pypinyin", "jieba", "python_calamine", "xlsxwriter", "pandas")


def lives(pid: int) -> bool:
    """The process runs."""
    return Path(f"/proc/{pid}").exists()


async def test_a_killed_worker_is_replaced_at_the_next_call() -> None:
    heavy = HeavyWork()
    first = await heavy(os.getpid)
    with pytest.raises(BrokenProcessPool):
        await heavy(os.kill, first, signal.SIGKILL)
    assert await heavy(os.getpid) not in (first, os.getpid())
    heavy.close()


async def test_the_worker_of_a_killed_bot_ends_too() -> None:
    script = (
        "import asyncio, os; from bot.heavy import HeavyWork\n"
        "async def main(): print(await HeavyWork()(os.getpid), flush=True); await asyncio.Event().wait()\n"
        "if __name__ == '__main__': asyncio.run(main())"
    )
    bot = await asyncio.create_subprocess_exec(sys.executable, "-c", script, cwd=ROOT, stdout=subprocess.PIPE)
    assert bot.stdout is not None
    worker = int(await bot.stdout.readline())
    bot.kill()
    await bot.wait()
    async with asyncio.timeout(20):
        while lives(worker):  # noqa: ASYNC110  a process that is not our child tells us nothing
            await asyncio.sleep(0.02)


def test_a_start_imports_nothing_costly_that_it_can_do_without() -> None:
    script = f"import sys, bot.application; print([m for m in {COSTLY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_current_schema_needs_no_alembic(database_url: str) -> None:
    script = (
        "import sys; from crm.database import Database\n"
        f"database = Database({database_url!r}); database.migrate(); database.close()\n"
        "print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


async def test_a_worker_that_has_nothing_to_do_ends_and_another_begins() -> None:
    heavy = HeavyWork(rest_seconds=0.1)
    first = await heavy(os.getpid)
    async with asyncio.timeout(30):
        while lives(first):  # noqa: ASYNC110  gives way to the timer
            await asyncio.sleep(0)
    assert await heavy(os.getpid) != first
    heavy.close()

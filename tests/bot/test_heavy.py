"""The worker process for CPU work, and what a start must not import."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures.process import BrokenProcessPool

import pytest

from bot.heavy import HeavyWork
from tests.faults.process import ROOT

COSTLY = ("alembic", "scipy", "sklearn", "matplotlib", "pypinyin", "jieba", "python_calamine", "xlsxwriter", "pandas")


async def test_a_killed_worker_is_replaced_at_the_next_call() -> None:
    heavy = HeavyWork()
    first = await heavy(os.getpid)
    with pytest.raises(BrokenProcessPool):
        await heavy(os.kill, first, signal.SIGKILL)
    assert await heavy(os.getpid) not in (first, os.getpid())
    heavy.close()


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

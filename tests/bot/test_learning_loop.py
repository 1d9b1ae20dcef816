"""The loop that looks for teams to learn ends when it is told to, whatever it is doing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot import clock
from bot.learning import Learning
from bot.model import Model
from crm.database import Database


@pytest.mark.parametrize("steps", range(8))
async def test_closing_ends_a_loop_that_was_woken_just_now(database: Database, tmp_path: Path, steps: int) -> None:
    learning = Learning(database, Model(tmp_path, database, _nothing), clock.real_now, _nothing)
    learning.wake()
    learning.start()
    for _ in range(steps):
        await asyncio.sleep(0)
    learning.wake()
    async with asyncio.timeout(10):
        await learning.close()


def _nothing() -> None:
    """Nobody waits for news of this loop."""

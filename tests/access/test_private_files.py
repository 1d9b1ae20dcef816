"""What the process writes is its owner's alone: database, its journals, locks, backups, models."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
from pathlib import Path

import pytest

from emulator import server
from tests.bot import house
from tests.faults.process import ROOT, BotProcess

OTHERS = 0o077  # permission bits of anybody but the owner
MINE = ("log", "nlp")  # made by the test itself


def open_to_others(folder: Path) -> list[str]:
    """The files below the folder that somebody else may read, write or enter."""
    made = [path for path in folder.rglob("*") if path.relative_to(folder).parts[0] not in MINE]
    return [path.name for path in made if stat.S_IMODE(path.stat().st_mode) & OTHERS]


@pytest.mark.long
async def test_everything_that_the_process_writes_is_its_owners_alone(tmp_path: Path) -> None:
    folder, saved = tmp_path / "var", tmp_path / "saved"
    saved.mkdir(mode=0o700)
    before = os.umask(0)
    try:
        async with server.running(clock=house.NOW) as emulator:
            bot = BotProcess(emulator, folder, f"sqlite:///{folder / 'sales.db'}")
            await bot.start()
            stranger = emulator.person("路人", 1090)
            await stranger.send("你好")
            await stranger.next_message(timeout=60)
            command = (sys.executable, "-m", "bot", "backup", str(saved / "backup"))
            backup = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=bot.environment)
            assert await backup.wait() == 0, bot.log
            assert (folder / "sales.db-wal").exists()
            assert open_to_others(folder) == []
            assert open_to_others(saved) == []
            await bot.stop()
        assert open_to_others(folder) == []
    finally:
        os.umask(before)

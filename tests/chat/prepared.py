"""Offices in which something has happened already: it happens once a run, and each test goes on from there alone."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.heavy import HeavyWork
from emulator.server import Emulator
from tests.chat import conftest
from tests.chat.conftest import Office

Steps = Callable[[Office], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Left:
    """An office after its bot has stopped: the database file, and the emulator as it keeps itself."""

    database: Path
    emulator: bytes


_LEFT: dict[Steps, Left] = {}  # of this process, as long as its folders for tests last


def office_after(steps: Steps) -> object:
    """A fixture: a running office in which the steps were taken and the bot was started again.

    Each test has a copy of the database and of the emulated world, so that none sees what another does.
    """

    @pytest.fixture
    async def office(
        seated_file: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, heavy: HeavyWork
    ) -> AsyncIterator[Office]:
        if steps not in _LEFT:
            _LEFT[steps] = await _left(steps, seated_file, tmp_path_factory.mktemp("left"), heavy)
        left = _LEFT[steps]
        async with conftest.opened(Emulator.resumed(left.emulator), left.database, tmp_path, heavy) as running:
            yield running

    return office


async def _left(steps: Steps, seated: Path, folder: Path, heavy: HeavyWork) -> Left:
    emulator = Emulator(clock=conftest.WEDNESDAY_MORNING)
    conftest.gathered(emulator)
    async with conftest.opened(emulator, seated, folder, heavy) as office:
        await steps(office)
        await office.idle()
    assert not (folder / "sales.db-wal").exists(), "what was written last would be missing from the copy"
    return Left(Path(shutil.copy(folder / "sales.db", folder / "left.db")), emulator.keep())

"""The real bot as a process of its own, to be killed."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path

from emulator import server
from tests import models

ROOT = Path(__file__).resolve().parent.parent.parent
STOP_SECONDS = 10
_running: set[int] = set()  # process ids


class BotProcess:
    """`python -m bot run` against an emulator; the same database every time it is started."""

    def __init__(
        self, emulator: server.Emulator, folder: Path, database_url: str, module: str = "bot", **settings: str
    ) -> None:
        """`module`: what is run instead of `bot`, where a test plants a fault in it."""
        self._module = module
        folder.mkdir(parents=True, exist_ok=True)
        link = folder / "nlp"
        if not link.exists():
            link.symlink_to(models.trained_model())
        self._process: asyncio.subprocess.Process | None = None
        self._log_path = folder / "log"
        self._environment = {
            **os.environ,
            "SALES_CONFIG": str(folder / "none.toml"),
            "SALES_TELEGRAM__TOKEN": emulator.token,
            "SALES_TELEGRAM__BASE_URL": emulator.base_url,
            "SALES_TELEGRAM__BASE_FILE_URL": emulator.file_url,
            "SALES_TELEGRAM__RATE_GATES": "false",
            "SALES_WEB__PORT": "0",
            "SALES_DATA_DIR": str(folder),
            "SALES_DATABASE_URL": database_url,
            "SALES_CLOCK_URL": emulator.clock_url,
            "SALES_LOG_LEVEL": "error",
            **settings,
        }

    @property
    def log(self) -> str:
        """What it has said to its outputs, over all its starts."""
        return self._log_path.read_text() if self._log_path.exists() else ""

    @property
    def environment(self) -> dict[str, str]:
        """Its environment, with which its other commands run."""
        return dict(self._environment)

    async def start(self) -> None:
        """The process is running (not yet ready)."""
        with self._log_path.open("a") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", self._module, "run", cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )
        _running.add(self._process.pid)

    async def ended(self) -> int:
        """The exit status, once the process has ended by itself."""
        if self._process is None:
            raise RuntimeError("it was not started")
        status = await self._process.wait()
        _running.discard(self._process.pid)
        return status

    def suspend(self) -> None:
        """The process stands still, as when the machine sleeps."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """The process goes on where it stood still."""
        self._signal(signal.SIGCONT)

    async def stand_still(self) -> None:
        """Every thread of the process stands still, so that it can be looked at before it goes on or is killed."""
        self.suspend()
        async with asyncio.timeout(STOP_SECONDS):
            while any(state not in "tT" for state, _ in self._threads()):  # noqa: ASYNC110  the kernel tells nobody
                await asyncio.sleep(0)

    @property
    def cpu_seconds(self) -> float:
        """What it has computed since its start; unlike the time, other processes hardly change it."""
        return sum(ticks for _, ticks in self._threads()) / os.sysconf("SC_CLK_TCK")

    def _threads(self) -> list[tuple[str, int]]:
        """State and ticks of computing of each thread. Source: proc(5), /proc/pid/stat."""
        tasks = Path(f"/proc/{self._process.pid if self._process else 0}/task")
        fields = [(task / "stat").read_text().rpartition(")")[2].split() for task in tasks.iterdir()]
        return [(of[0], int(of[11]) + int(of[12])) for of in fields]

    def _signal(self, number: signal.Signals) -> None:
        if self._process is None:
            raise RuntimeError("it was not started")
        self._process.send_signal(number)

    async def kill(self) -> None:
        """The process is dead at once: kill -9."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """The process has shut down cleanly; its exit status."""
        return await self._end(signal.SIGTERM)

    async def _end(self, number: signal.Signals) -> int:
        if self._process is None:
            return 0
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(number)
            self._process.send_signal(signal.SIGCONT)  # one that stands still would never hear of it
        status = await self._process.wait()
        _running.discard(self._process.pid)
        self._process = None
        return status


def end_those_left() -> None:
    """No process that was started here lives: a test that failed may have left one."""
    for pid in tuple(_running):
        _running.discard(pid)
        with contextlib.suppress(ProcessLookupError, FileNotFoundError):
            parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid():  # else the number is another program's by now
                os.kill(pid, signal.SIGKILL)

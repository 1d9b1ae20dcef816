"""A big office for measuring: many reps with customers on a fresh database, and the real bot as a process."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from crm import customers, members, teams
from crm.database import Database
from emulator import server
from emulator.person import Person

ROOT = Path(__file__).resolve().parent.parent
REPS = 500
FIRST_USER_ID = 20_001
CUSTOMERS_EACH = 8
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹"
GIVEN = "伟芳娜敏静强磊洋勇艳杰涛明超霞平刚军丽华建国志文博雨欣子涵佳俊浩思远美玲春梅玉兰永德宇豪慧婷鹏立新守秀振凯若"
TEXTS = (
    "{} 说上批螺栓有十几个滑牙 让我们给个说法",
    "今天拜访{} 想要新款报价 下个月可能下单",
    "{}嫌交期太慢 说再这样就换别家了",
    "{} 很满意这次的服务 还介绍了朋友过来",
    "和{}通了电话 问有没有带防锈涂层的型号",
)


@dataclass(slots=True)
class Child:
    """A process under measurement."""

    process: asyncio.subprocess.Process

    @property
    def memory_mb(self) -> float:
        """Resident memory of the process and its children."""
        return sum(_resident_kb(pid) for pid in _family(self.process.pid)) / 1024

    def memory_by_process(self) -> dict[int, float]:
        """Megabytes in memory by process, itself and its children."""
        return {pid: _resident_kb(pid) / 1024 for pid in _family(self.process.pid)}

    @property
    def cpu_seconds(self) -> float:
        """User and system time so far."""
        return _cpu_seconds(self.process.pid)

    async def stop(self) -> None:
        """The process has ended."""
        if self.process.returncode is None:
            self.process.terminate()
            with contextlib.suppress(ProcessLookupError):
                await self.process.wait()


def _resident_kb(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    return 0


def family_cpu_seconds(pid: int) -> float:
    """User and system time so far of a process and its children, those that have ended too."""
    return _cpu_seconds(pid, fields=4) + sum(_cpu_seconds(member) for member in _family(pid)[1:])


def _cpu_seconds(pid: int, fields: int = 2) -> float:
    """User and system time; with four fields also that of children that have ended."""
    with contextlib.suppress(OSError):  # it has ended just now
        found = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return sum(map(int, found[11 : 11 + fields])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _family(pid: int) -> list[int]:
    children: list[int] = []
    with contextlib.suppress(OSError):
        children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [pid, *(member for child in children for member in _family(child))]


async def start(*command: str, environment: dict[str, str] | None = None, core: int | None = 1) -> Child:
    """A child process of this Python, on one core of its own where there are two.

    It keeps its byte code, whatever the shell says: else each start would compile everything anew.
    """
    pinned = (os.cpu_count() or 1) > 1 and core is not None
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **(environment or {})},
        preexec_fn=(lambda: os.sched_setaffinity(0, {core})) if pinned else None,  # type: ignore[arg-type]  # core is set
        stdout=asyncio.subprocess.DEVNULL,
    )
    return Child(process)


def stay_on_core(core: int) -> None:
    """This process (the emulator's) keeps off the other core."""
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {core})


def people(emulator: server.Emulator) -> list[Person]:
    """The reps, each with a private chat."""
    return [emulator.person(f"销售{n}", FIRST_USER_ID + n, started=True) for n in range(REPS)]


def fill(database: Database) -> None:
    """One team; every rep owns a few customers."""
    now = datetime.now(UTC)

    def seat(db: Session) -> int:
        team_id = teams.found(db, FIRST_USER_ID - 1, "主管", now).team_id
        for n in range(REPS):
            teams.join(db, team_id, FIRST_USER_ID + n, f"销售{n}", "rep", now)
        return team_id

    database.write_now(seat)
    for n in range(REPS):
        database.write_now(partial(_own, rep=n, now=now))


def _own(db: Session, rep: int, now: datetime) -> None:
    actor = members.acting(db, FIRST_USER_ID + rep, now)
    for name in customer_names(rep):
        customers.add(db, actor, customers.Profile(name=name), now)


def customer_names(rep: int) -> list[str]:
    """The names of the customers of one rep: common Chinese names, some of which other reps know too."""
    dice = random.Random(rep)
    return [dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN) for _ in range(CUSTOMERS_EACH)]


def notes(count: int) -> list[str]:
    """Messages as reps write them; the n-th is the (n % REPS)-th rep's, about a customer of theirs."""
    names = [customer_names(rep) for rep in range(REPS)]
    return [TEXTS[n % len(TEXTS)].format(names[n % REPS][n // REPS % CUSTOMERS_EACH]) for n in range(count)]


def environment(emulator: server.Emulator, folder: Path, model: Path) -> dict[str, str]:
    """Settings of the bot under measurement, as environment variables."""
    (folder / "nlp").symlink_to(model.resolve())
    return {
        "SALES_TELEGRAM__TOKEN": emulator.token,
        "SALES_TELEGRAM__BASE_URL": emulator.base_url,
        "SALES_TELEGRAM__BASE_FILE_URL": emulator.file_url,
        "SALES_TELEGRAM__RATE_GATES": "false",
        "SALES_WEB__PORT": "0",
        "SALES_DATA_DIR": str(folder),
        "SALES_DATABASE_URL": f"sqlite:///{folder / 'sales.db'}",
        "SALES_LOG_LEVEL": "warning",
    }


@asynccontextmanager
async def child(*command: str, environment: dict[str, str] | None = None) -> AsyncIterator[Child]:
    """A child process that is stopped at the end."""
    started = await start(*command, environment=environment)
    try:
        yield started
    finally:
        await started.stop()


async def read_everything(emulator: server.Emulator) -> None:
    """Every message is read: the next one a person waits for is new."""
    for person in people(emulator):
        for message in person.messages():
            if message["from"]["is_bot"]:
                await person.next_message()

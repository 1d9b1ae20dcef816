"""Two replicas on one PostgreSQL against one: updates a second, and the CPU that each update costs.

Run: python -m benchmarks replicas. Updates reach the processes as a balancer gives them out, by chance, through their
webhook, 64 at once; the answers are counted at the emulator. With fewer than four cores two processes, the emulator and
the server share them: then what counts is that an update costs no more CPU than with one process.
"""

from __future__ import annotations

import asyncio
import os
import random
import socket
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks import office
from bot.web import SECRET_HEADER, WEBHOOK_PATH
from crm.database import Database
from emulator import server
from tests import models, postgres

UPDATES, WARM_UP = 2_000, 300
AT_ONCE = 64
RUNS = 3
ENOUGH_CORES, MUST_GAIN, MUST_COST = 4, 1.3, 1.15
SECRET = "benchmark-secret"  # noqa: S105  opens nothing but these processes
PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Updates a second, and milliseconds of CPU an update, of the bot's processes and of the database's."""

    rate: float
    bot_ms: float
    server_ms: float


def main() -> None:
    """Prints the figures."""
    cores = os.cpu_count() or 1
    print(f"{cores} cores, load {os.getloadavg()[0]:.1f}; {UPDATES:,} notes of {office.REPS} chats, {AT_ONCE} at once")
    found: dict[int, list[Figures]] = {1: [], 2: []}
    with postgres.server() as server_url:
        for run in range(RUNS):
            for processes, figures in found.items():
                figures.append(asyncio.run(_measure(server_url, processes, run)))
                one = figures[-1]
                print(
                    f"  {processes} process{'es' * (processes > 1)}: {one.rate:.0f} updates/s, CPU an update "
                    f"{one.bot_ms:.2f} ms bot, {one.server_ms:.2f} ms PostgreSQL",
                    flush=True,
                )
    _judge(cores, *(min(figures, key=lambda one: one.bot_ms) for figures in found.values()))


def _judge(cores: int, one: Figures, two: Figures) -> None:
    """Prints what the issue asks for on so many cores."""
    gain, cost = two.rate / one.rate, two.bot_ms / one.bot_ms
    judged = (
        f"gain {gain:.2f} (must {MUST_GAIN})" if cores >= ENOUGH_CORES else f"CPU {cost:.2f} × (within {MUST_COST})"
    )
    print(f"two replicas against one on {cores} cores: {judged}; rate {gain:.2f} ×, CPU an update {cost:.2f} ×")


async def _measure(server_url: str, processes: int, run: int) -> Figures:
    """The figures of so many processes on a database of their own."""
    with (
        postgres.fresh_database(server_url, f"replicas_{processes}_{run}") as url,
        tempfile.TemporaryDirectory() as folder,
    ):
        database = Database(url)
        database.migrate()
        office.fill(database)
        with database.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")  # autovacuum comes by once a minute: the first run paid five times
        database.close()
        async with server.running() as emulator, AsyncExitStack() as stack:
            emulator.traffic.hold(1_000)
            office.people(emulator)
            folders = [Path(tempfile.mkdtemp(dir=folder)) for _ in range(processes)]
            ports = [await _start(stack, emulator, one, url) for one in folders]
            children = [child for child, _ in ports]
            session = await stack.enter_async_context(aiohttp.ClientSession())
            addresses = [f"http://127.0.0.1:{port}{WEBHOOK_PATH}" for _, port in ports]
            await _ready(session, [port for _, port in ports])
            texts = office.notes(UPDATES + WARM_UP)
            await _deliver(session, addresses, emulator, texts[:WARM_UP], 0)
            bot = sum(child.cpu_seconds for child in children)
            data, began = office.family_cpu_seconds(_postmaster(url)), time.perf_counter()
            await _deliver(session, addresses, emulator, texts[WARM_UP:], WARM_UP)
            took = time.perf_counter() - began
            bot = sum(child.cpu_seconds for child in children) - bot
            data = office.family_cpu_seconds(_postmaster(url)) - data
    return Figures(UPDATES / took, bot / UPDATES * 1000, data / UPDATES * 1000)


async def _start(stack: AsyncExitStack, emulator: server.Emulator, folder: Path, url: str) -> tuple[office.Child, int]:
    """A replica and the port of its webhook."""
    port = _free_port()
    environment = office.environment(emulator, folder, models.trained_model()) | {
        "SALES_TELEGRAM__MODE": "webhook",
        "SALES_TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{port}",
        "SALES_TELEGRAM__WEBHOOK_SECRET": SECRET,
        "SALES_WEB__PORT": str(port),
        "SALES_DATABASE_URL": url,
    }
    child = await office.start("-m", "bot", "run", environment=environment, core=None)
    stack.push_async_callback(child.stop)
    return child, port


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def _ready(session: aiohttp.ClientSession, ports: list[int]) -> None:
    """Every replica says that it is well."""
    async with asyncio.timeout(PATIENCE):
        for port in ports:
            while not await _is_well(session, port):  # noqa: ASYNC110  another process starts
                await asyncio.sleep(0.1)


async def _is_well(session: aiohttp.ClientSession, port: int) -> bool:
    try:
        async with session.get(f"http://127.0.0.1:{port}/healthz") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False


async def _deliver(
    session: aiohttp.ClientSession, addresses: list[str], emulator: server.Emulator, texts: list[str], before: int
) -> None:
    """Each text has reached one of the replicas and has its answer."""
    dice, people, gate = random.Random(7), office.people(emulator), asyncio.Semaphore(AT_ONCE)
    answered = emulator.traffic.counts["sendMessage"] + len(texts)

    async def post(n: int, address: str) -> None:
        person = people[(before + n) % len(people)]
        message = {"message_id": before + n + 1, "date": 0, "from": person.user, "chat": person.chat.face}
        body: dict[str, Any] = {"update_id": before + n + 1, "message": message | {"text": texts[n]}}
        async with gate, session.post(address, json=body, headers={SECRET_HEADER: SECRET}) as answer:
            answer.raise_for_status()

    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(post(n, dice.choice(addresses)) for n in range(len(texts))))
        while emulator.traffic.counts["sendMessage"] < answered:  # noqa: ASYNC110  other processes send
            await asyncio.sleep(0.005)


def _postmaster(url: str) -> int:
    """The process that all of the server's descend from."""
    database = Database(url)
    try:
        with database.engine.connect() as connection:
            folder = connection.exec_driver_sql("SHOW data_directory").scalar_one()
    finally:
        database.close()
    return int((Path(folder) / "postmaster.pid").read_text().split()[0])


if __name__ == "__main__":
    main()

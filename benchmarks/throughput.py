"""Notes handled end to end against a bare echo bot: updates a second, and the time from sending to the answer."""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import tempfile
import time
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from benchmarks import office
from crm.database import Database
from emulator import server
from tests import models

UPDATES = 3_000
WARM_UP = 200
RATES = (50, 200)  # updates a second
SECONDS = 10
SETTLES_IN, AT_REST = 120, 0.05  # seconds; CPU seconds of one
COMMAND = "/help"  # stored, answered, marked as handled, and nothing else


async def _measure(emulator: server.Emulator, texts: list[str], answers_before: int) -> float:
    """Updates a second between the first and the last answer to the texts, which are queued all at once."""
    people = office.people(emulator)
    for n, text in enumerate(texts):
        await people[n % len(people)].send(text)
    return await _answers(emulator, answers_before, len(texts))


async def _answers(emulator: server.Emulator, before: int, count: int) -> float:
    began, seen = 0.0, 0
    while seen < count:
        await asyncio.sleep(0.002)
        seen = _sent(emulator) - before
        if seen and not began:
            began, first = time.perf_counter(), seen
    return (count - first) / (time.perf_counter() - began)


def _sent(emulator: server.Emulator) -> int:
    return emulator.traffic.counts["sendMessage"]


async def _echo(concurrent: int, texts: list[str]) -> float:
    async with server.running() as emulator, _echo_bot(emulator, concurrent):
        await _measure(emulator, texts[:WARM_UP], 0)
        return await _measure(emulator, texts, WARM_UP)


def _echo_bot(emulator: server.Emulator, concurrent: int) -> AbstractAsyncContextManager[office.Child]:
    return office.child("-m", "benchmarks.echo_bot", emulator.token, emulator.base_url, str(concurrent))


async def _latency(emulator: server.Emulator, texts: list[str], rate: int) -> tuple[float, float]:
    """Milliseconds from sending to the answer's arrival, p50 and p99."""
    people = office.people(emulator)
    took: list[float] = []

    async def one(n: int) -> None:
        person = people[n % len(people)]
        began = time.perf_counter()
        await person.send(texts[n % len(texts)])
        await person.next_message(timeout=30)
        took.append((time.perf_counter() - began) * 1000)

    tasks = []
    for n in range(rate * SECONDS):
        tasks.append(asyncio.create_task(one(n)))
        await asyncio.sleep(1 / rate)
    await asyncio.gather(*tasks)
    cuts = statistics.quantiles(took, n=100)
    return cuts[49], cuts[98]


async def _handled(emulator: server.Emulator, bot: office.Child, what: str, texts: list[str]) -> None:
    """Prints how many of the texts are answered in a second, and the processor's time for each."""
    before, cpu = _sent(emulator), bot.cpu_seconds
    rate = await _measure(emulator, texts, before)
    _report(what, rate, f"{(bot.cpu_seconds - cpu) / len(texts) * 1000:.2f} ms CPU each")


async def _settled(bot: office.Child) -> None:
    """The customers that were filled in are scored for the first time: no message of a day waits for that."""
    async with asyncio.timeout(SETTLES_IN):
        before = office.family_cpu_seconds(bot.process.pid)
        while True:
            await asyncio.sleep(1)
            used = office.family_cpu_seconds(bot.process.pid) - before
            if used < AT_REST:
                return
            before += used


async def _notes(texts: list[str], folder: Path) -> None:
    database = Database(f"sqlite:///{folder / 'sales.db'}")
    database.migrate()
    office.fill(database)
    with database.engine.connect() as connection:
        synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar()
    database.close()
    async with server.running() as emulator:
        emulator.traffic.hold(1_000)
        environment = office.environment(emulator, folder, models.trained_model())
        async with office.child("-m", "bot", "run", environment=environment) as bot:
            await _measure(emulator, texts[:WARM_UP], 0)
            await _settled(bot)
            await _handled(emulator, bot, "bare inbox + reply, durable", [COMMAND] * len(texts))
            await _handled(emulator, bot, "notes, end to end, durable", texts)
            await office.read_everything(emulator)
            for per_second in RATES:
                p50, p99 = await _latency(emulator, texts, per_second)
                print(f"  latency at {per_second}/s: p50 {p50:.1f} ms, p99 {p99:.1f} ms")
    with sqlite3.connect(folder / "sales.db") as connection:
        stored = connection.execute("SELECT count(*) FROM note").fetchone()[0]
        left = connection.execute("SELECT count(*) FROM inbox WHERE state <> 'handled'").fetchone()[0]
    print(f"  synchronous={synchronous} (2 = FULL), notes stored {stored:,}, updates without effect {left}")


_best = 0.0


def _report(what: str, rate: float, more: str = "") -> None:
    ratio = f"{rate / _best:.2f} of the echo bot" if _best else ""
    print(f"  {what:<34}{rate:>8.0f} updates/s  {ratio}  {more}")


def main() -> None:
    """Prints the figures."""
    global _best
    office.stay_on_core(0)
    texts = office.notes(UPDATES)
    print(f"{UPDATES:,} updates of {office.REPS} private chats; emulator and bot on a core each; no rate gates")
    print("  the bot is at rest before it is measured: a new team's customers are scored for the first time then")
    rates = {concurrent: asyncio.run(_echo(concurrent, texts)) for concurrent in (1, 16, 256)}
    for concurrent, rate in rates.items():
        _report(f"bare echo bot, concurrent {concurrent}", rate)
    _best = max(rates.values())
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_notes(texts, Path(folder)))


if __name__ == "__main__":
    main()

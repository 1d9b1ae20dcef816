"""From process start to the first answer, and resident memory when idle, beside the bare echo bot."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from pathlib import Path

from benchmarks import office
from crm.database import Database
from emulator import server
from tests import models

IDLE_SECONDS = (10, 40)  # after the second the workers of the start have ended
PATIENCE = 120.0
QUESTION = "/help"


async def _first_answer(emulator: server.Emulator, *command: str, environment: dict[str, str] | None = None) -> None:
    """Prints seconds from the start of the process to the answer to a message that waited for it, and memory."""
    person = office.people(emulator)[0]
    await person.send(QUESTION)
    began = time.perf_counter()
    async with office.child(*command, environment=environment) as child:
        await person.next_message(timeout=PATIENCE)
        took, cpu = time.perf_counter() - began, child.cpu_seconds
        print(f"first answer after {took:.2f} s ({cpu:.2f} s CPU)", end="")
        print(await _at_rest(child))


async def _at_rest(child: office.Child) -> str:
    """Megabytes of the process and its workers, each of so many seconds later."""
    said, waited = "", 0
    for seconds in IDLE_SECONDS:
        await asyncio.sleep(seconds - waited)
        waited = seconds
        said += f", {child.memory_mb:.0f} MB idle after {seconds} s"
    return said


async def _echo() -> None:
    async with server.running() as emulator:
        print("  bare echo bot                   ", end="", flush=True)
        await _first_answer(emulator, "-m", "benchmarks.echo_bot", emulator.token, emulator.base_url, "1")


async def _bot(label: str, folder: Path, model: Path) -> None:
    async with server.running() as emulator:
        environment = office.environment(emulator, folder, model)
        print(f"  {label:<32}", end="", flush=True)
        await _first_answer(emulator, "-m", "bot", "run", environment=environment)


async def _first_start(folder: Path) -> None:
    """As the first start ever: no model; the tagger is trained beside the answers."""
    async with server.running() as emulator:
        person = office.people(emulator)[0]
        environment = office.environment(emulator, folder, folder / "untrained")
        (folder / "nlp").unlink()
        await person.send(QUESTION)
        began = time.perf_counter()
        async with office.child("-m", "bot", "run", environment=environment) as child:
            await person.next_message(timeout=PATIENCE)
            took = time.perf_counter() - began
            most = child.memory_mb
            while not (folder / "nlp" / "evidence.json").exists():
                await asyncio.sleep(0.05)
                most = max(most, child.memory_mb)
            trained = time.perf_counter() - began
            print(
                f"  first start ever, untrained     first answer after {took:.2f} s,"
                f" tagger trained after {trained:.1f} s (most memory meanwhile {most:.0f} MB){await _at_rest(child)}"
            )


def _fill(file: Path) -> None:
    database = Database(f"sqlite:///{file}")
    database.migrate()
    office.fill(database)
    database.close()


def main() -> None:
    """Prints the figures."""
    office.stay_on_core(0)
    model = models.trained_model()
    print(f"a message waits in Telegram's queue; {office.REPS} reps with {office.CUSTOMERS_EACH} customers each")
    asyncio.run(_echo())
    with tempfile.TemporaryDirectory() as name:
        filled = Path(name) / "filled.db"
        _fill(filled)
        for label in ("bot, model trained already", "the same, once more"):
            asyncio.run(_bot(label, _home(filled, label), model))
        asyncio.run(_first_start(_home(filled, "first")))


def _home(filled: Path, label: str) -> Path:
    """A data folder of its own: each emulator counts its updates from the same number."""
    folder = filled.parent / label
    folder.mkdir()
    shutil.copy(filled, folder / "sales.db")
    return folder


if __name__ == "__main__":
    main()

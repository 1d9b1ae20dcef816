"""How long every command, sentence and press about one customer takes, by size of the team, and whether it grows.

Run: python -m benchmarks commands [--million] [--small] [--kept=FOLDER]. The application and the emulator run in this
process; each step is timed from sending to the answer on the screen. A team has 5,000 customers a rep, ten orders,
three notes, a task and the rest of two years for each (benchmarks/large_team.py); databases are SQLite files.
'CPU' is that of application and emulator until all is still: other work on the machine hardly changes it. Filled
databases stay in the folder and are taken from there, as copies: a million customers take half an hour to fill.
"""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import command_steps, desk, filling, large_team
from bot.heavy import HeavyWork
from crm.database import Database
from emulator import server

SIZES = (1_000, 10_000, 100_000)
MILLION = 1_000_000
ROUNDS = 20
SHOWN = 25  # of the slowest steps
MUST_MS, AIM_MS, FLAT = 100, 30, 1.5
KEPT = "--kept="
FILE = "sales.db"
Steps = Sequence[Callable[[desk.Desk, command_steps.Person], Coroutine[Any, Any, None]]]


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of one step at one size; `first`: of the first customer ever asked for, not among the others."""

    p50: float
    p95: float
    cpu: float
    first: float


def main(options: tuple[str, ...] = ()) -> None:
    """Prints the tables."""
    sizes = SIZES[:2] if "--small" in options else (*SIZES, MILLION) if "--million" in options else SIZES
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {ROUNDS} customers at each size", flush=True)
    kept = next((Path(option.removeprefix(KEPT)) for option in options if option.startswith(KEPT)), None)
    found: dict[int, dict[str, Times]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            found[size] = asyncio.run(measure(Path(folder), size, kept and kept / str(size)))
    report(found)


async def measure(folder: Path, size: int, kept: Path | None = None) -> dict[str, Times]:
    """Step → its times in a team of that size, a rep's and (marked) a manager's; the filled file is `kept` there."""
    if kept is None:
        _fill(folder, size)
    else:
        if not (kept / FILE).exists():
            _fill(kept, size)
        shutil.copy(kept / FILE, folder / FILE)
    url = f"sqlite:///{folder / FILE}"
    database = Database(url)
    database.migrate()
    database.close()
    heavy = HeavyWork(gentle=True)
    try:
        return await ask(folder, url, large_team.filled(size), heavy)
    finally:
        heavy.close()


def _fill(folder: Path, size: int) -> None:
    """The file of a team of that size is in the folder; it is whole, or not there."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{FILE}.unfinished"
    unfinished.unlink(missing_ok=True)
    database = Database(f"sqlite:///{unfinished}")
    database.migrate()
    began = time.perf_counter()
    large_team.fill(database, size)
    database.close()
    each = unfinished.stat().st_size / size
    print(f"{size:,} customers: filled in {time.perf_counter() - began:.0f} s, {each:,.0f} bytes each", flush=True)
    unfinished.rename(folder / FILE)


async def ask(folder: Path, url: str, filled: large_team.Filled, heavy: HeavyWork) -> dict[str, Times]:
    """As `measure`, on a database that is there."""
    async with server.running(clock=filling.NOW) as emulator:
        emulator.traffic.hold(1_000)
        rep, admin = (emulator.person("", n, started=True) for n in (large_team.FIRST_REP, large_team.ADMIN))
        async with desk.opened(emulator, folder, url, heavy) as app:
            gc.freeze()  # as `bot run` does
            found = await _rounds(desk.Desk(emulator, app, rep), filled, command_steps.ROUNDS)
            managed = await _rounds(desk.Desk(emulator, app, admin), filled, command_steps.MANAGED)
    return found | {f"manager: {step}": times for step, times in managed.items()}


async def _rounds(at: desk.Desk, filled: large_team.Filled, steps: Steps) -> dict[str, Times]:
    """All steps for each of some customers."""
    ids = list(filled.owned(0, 2 * (ROUNDS + 1)))
    for which, spare in zip(ids[::2], ids[1::2], strict=True):
        who = at.app.database.read_now(lambda db, a=which, b=spare: command_steps.person(db, a, b))  # type: ignore[misc]  # bound
        for step in steps:
            await step(at, who)
    return {step: _times(took, len(took) // (ROUNDS + 1)) for step, took in at.took.items()}


def _times(took: list[desk.Took], first: int) -> Times:
    """The figures without the first customer's."""
    first = max(first, 1)
    wall = sorted(one.seconds * 1000 for one in took[first:]) or [0.0]
    cpu = [one.cpu * 1000 for one in took[first:]] or [0.0]
    return Times(
        statistics.median(wall),
        wall[min(len(wall) - 1, len(wall) * 95 // 100)],
        statistics.median(cpu),
        max(one.seconds for one in took[:first]) * 1000,
    )


def report(found: dict[int, dict[str, Times]]) -> None:
    """Prints the slowest steps, then what is beyond the bounds."""
    sizes = sorted(found)
    large, small = found[sizes[-1]], found[sizes[0]]
    heads = " ".join(f"{size:>9,} p50   p95   CPU" for size in sizes)
    print(f"{'slowest first, ms':<42}{heads}  growth p50  CPU  first")
    steps = sorted(large, key=lambda step: -large[step].p95)
    for step in steps[:SHOWN]:
        cells = " ".join(_cell(found[size].get(step)) for size in sizes)
        print(f"{step:<42}{cells}{_growth(small, large, step)}")
    for size in sizes:
        p95 = sorted(times.p95 for times in found[size].values())
        above = [sum(one > bound for one in p95) for bound in (MUST_MS, AIM_MS)]
        print(
            f"{size:,}: {len(p95)} steps, p95 of the slowest {p95[-1]:.0f} ms, of the middle one "
            f"{statistics.median(p95):.0f} ms; above {MUST_MS} ms {above[0]}, above {AIM_MS} ms {above[1]}; "
            f"CPU of the middle one {statistics.median(times.cpu for times in found[size].values()):.0f} ms, "
            f"of the dearest {max(times.cpu for times in found[size].values()):.0f} ms"
        )
    grown = [step for step in steps if step in small and large[step].cpu > FLAT * small[step].cpu]
    print(f"steps whose CPU grows more than {FLAT} × from {sizes[0]:,} to {sizes[-1]:,}: {', '.join(grown) or 'none'}")


def _cell(times: Times | None) -> str:
    return f"{times.p50:13.1f}{times.p95:6.0f}{times.cpu:6.0f}" if times else " " * 25


def _growth(small: dict[str, Times], large: dict[str, Times], step: str) -> str:
    if step not in small:
        return ""
    before, after = small[step], large[step]
    return f"{after.p50 / before.p50:12.2f}{after.cpu / before.cpu:5.2f}{after.first:7.0f}"


if __name__ == "__main__":
    main()

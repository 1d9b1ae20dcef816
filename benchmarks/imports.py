"""Files of customers: how many ugly ones are read right, and what one of 50,000 rows costs those who import nothing.

The bot runs as a process of its own against the emulator; while the file is checked and written, other people write
notes ten times a second, and each waits for the answer. Memory is that of the bot with its worker processes.
"""

from __future__ import annotations

import asyncio
import io
import random
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

from benchmarks import office
from crm.database import Database
from emulator import server
from emulator.person import Person
from tests import models
from tests.imports_ugly import make, test_ugly_files

ROWS = 50_000
OTHERS = 40  # people who write meanwhile
PER_SECOND = 10
BEFORE_SECONDS = 25.0  # what the start set going is over
LIMIT_SECONDS = 240.0
MUST_MS = 200.0


@dataclass(slots=True)
class Load:
    """What the others lived through: milliseconds to the answer, by phase."""

    phase: str = "before"
    took: dict[str, list[float]] = field(default_factory=dict)
    megabytes: float = 0.0
    processes: dict[int, float] = field(default_factory=dict)
    running: bool = True


def main(options: tuple[str, ...] = ()) -> None:
    """Prints the figures. --ugly: only the ugly files; --new: of the large ones only the first."""
    names = test_ugly_files.CASES
    wrong = [name for name in names if test_ugly_files.differences(name, (make.FILES / name).read_bytes())]
    wrong += ["bomb.xlsx"] if test_ugly_files.reading(make.bomb(), "bomb.xlsx") != {"refused": "too_large"} else []
    print(f"ugly files read as their answers say: {len(names) + 1 - len(wrong)} of {len(names) + 1} {' '.join(wrong)}")
    if "--ugly" not in options:
        asyncio.run(_play("--new" in options))


async def _play(only_new: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = Database(f"sqlite:///{folder / 'sales.db'}")
        database.migrate()
        office.fill(database)
        database.close()
        async with server.running() as emulator:
            emulator.traffic.hold(1_000)
            people = office.people(emulator)
            environment = office.environment(emulator, folder, models.trained_model())
            bot = await office.start("-m", "bot", "run", environment=environment, core=None)
            try:
                async with _others(people, bot) as load:
                    await asyncio.sleep(BEFORE_SECONDS)
                    await _import(people[0], load, "new", customers(ROWS))
                    if not only_new:
                        await _import(people[0], load, "again", customers(ROWS))
                        await _import(people[1], load, "orders", orders(ROWS))
                _report(load)
            finally:
                await bot.stop()


async def _import(person: Person, load: Load, what: str, content: bytes) -> None:
    """The file is dropped, checked and imported; prints how long each took."""
    load.phase = f"{what}: reading"
    began = time.perf_counter()
    await person.document(f"{what}.xlsx", content)
    card = await person.next_message(timeout=LIMIT_SECONDS)
    read = time.perf_counter() - began
    load.phase, began = f"{what}: dry run", time.perf_counter()
    await person.press(card, "检查", wait=False)
    card = await person.wait_edit(card, timeout=LIMIT_SECONDS)
    checked = time.perf_counter() - began
    print(f"  {what:<8} card {read:5.1f} s   dry run {checked:5.1f} s   ", end="", flush=True)
    button = next((label for row in card.buttons for label in row if label.startswith("导入")), None)
    if button is None:
        print("nothing new to write:", card.text.splitlines()[1])
        return
    load.phase, began = f"{what}: writing", time.perf_counter()
    await person.press(card, button, wait=False)
    edits = 0
    while "已导入" not in card.text:
        card = await person.wait_edit(card, timeout=LIMIT_SECONDS)
        edits += 1
    print(f"write {time.perf_counter() - began:5.1f} s   {edits} edits   {' '.join(card.text.splitlines()[1:2])}")


@asynccontextmanager
async def _others(people: list[Person], bot: office.Child) -> AsyncIterator[Load]:
    """Others write notes while the block runs."""
    load = Load()
    texts = office.notes(20_000)
    writing = asyncio.create_task(_write(people, texts, load))
    watching = asyncio.create_task(_watch(bot, load))
    try:
        yield load
    finally:
        load.running = False
        await asyncio.gather(writing, watching)


async def _write(people: list[Person], texts: list[str], load: Load) -> None:
    tasks: list[asyncio.Task[None]] = []
    at = 0
    while load.running:
        n = 100 + at % OTHERS
        tasks.append(asyncio.create_task(_one(people[n], texts[(at // OTHERS * office.REPS + n) % len(texts)], load)))
        at += 1
        await asyncio.sleep(1 / PER_SECOND)
    await asyncio.gather(*tasks)


async def _one(person: Person, text: str, load: Load) -> None:
    phase, began = load.phase, time.perf_counter()
    await person.send(text)
    await person.next_message(timeout=LIMIT_SECONDS)
    load.took.setdefault(phase, []).append((time.perf_counter() - began) * 1000)


async def _watch(bot: office.Child, load: Load) -> None:
    while load.running:
        load.megabytes = max(load.megabytes, bot.memory_mb)
        for pid, megabytes in bot.memory_by_process().items():
            load.processes[pid] = max(load.processes.get(pid, 0.0), megabytes)
        await asyncio.sleep(0.1)


def _report(load: Load) -> None:
    print(f"\n  notes of others, {PER_SECOND} a second: milliseconds to the answer")
    during: list[float] = []
    for phase, took in load.took.items():
        _line(phase, took)
        during += took if phase != "before" else []
    _line("all while importing", during)
    each = ", ".join(f"{megabytes:.0f}" for _, megabytes in sorted(load.processes.items()))
    print(f"  peak memory of the bot and its workers: {load.megabytes:.0f} MB; of each process: {each}")


def _line(what: str, took: list[float]) -> None:
    cuts = statistics.quantiles(took, n=100) if len(took) > 1 else [*took] * 99
    late = f"over {MUST_MS:.0f}: {sum(one > MUST_MS for one in took)}"
    print(
        f"  {what:<22}{len(took):>5} notes   p50 {cuts[49]:6.1f}   p99 {cuts[98]:6.1f}   worst {max(took):6.1f}  {late}"
    )


def _book(rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    for at, row in enumerate(rows):
        page.write_row(at, 0, row)
    book.close()
    return out.getvalue()


def customers(count: int) -> bytes:
    """New customers, as a sales system lists them."""
    dice = random.Random(1)
    header = ["姓名", "手机", "公司", "职务", "生日", "来源", "地区", "行业", "备注"]
    rows: list[list[Any]] = [["客户名单"], header]
    for at in range(count):
        firm = "".join(dice.choices(office.GIVEN, k=2))
        born = f"{dice.randrange(1960, 2000)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 28):02}"
        rows.append(
            [
                _name(dice),
                13_000_000_000 + at * 7,
                f"{dice.choice(('上海', '苏州', '无锡', '宁波'))}{firm}{dice.choice(('五金', '机械', '电子'))}有限公司",
                dice.choice(("采购经理", "总经理", "老板")),
                dice.choice((born, born, "农历八月十五", "")),
                dice.choice(("展会", "转介绍", "")),
                dice.choice(("苏州", "上海", "")),
                "五金",
                dice.choice(("嫌交期慢", "想要新款报价", "", "", "", "", "", "")),
            ]
        )
    return _book(rows)


def orders(count: int) -> bytes:
    """Orders of a third as many customers, found by their telephone."""
    dice = random.Random(2)
    rows: list[list[Any]] = [["客户名称", "电话", "下单日期", "产品", "数量", "金额"]]
    for _ in range(count):
        who = dice.randrange(count // 3)
        day = f"2026-{dice.randrange(1, 10):02}-{dice.randrange(1, 28):02}"
        rows.append(
            [f"买家{who}", 15_000_000_000 + who, day, "螺栓", dice.randrange(1, 90), dice.randrange(1_000) + 0.5]
        )
    return _book(rows)


def _name(dice: random.Random) -> str:
    return dice.choice(office.SURNAMES) + dice.choice(office.GIVEN) + dice.choice(office.GIVEN)

"""The database is held by somebody else, has no room, or goes away: nothing is confirmed that is not stored, nothing
lost, nobody's update set aside, and the work goes on by itself when the fault is over."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import subprocess
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, event, select, text

from crm.tables import Inbox
from emulator import server
from tests import postgres
from tests.bot import house
from tests.faults import note_load
from tests.faults.note_load import NoteLoad
from tests.faults.process import BotProcess

if TYPE_CHECKING:
    from tests.chat.conftest import Office

FIRST_ANSWER_SECONDS = 6.0  # twice what is promised: other processes share the machine


@asynccontextmanager
async def _working(folder: Path, url: str) -> AsyncIterator[tuple[BotProcess, NoteLoad, int]]:
    """The process serves a team that has typed some notes already; its web server's port."""
    note_load.seat(url)
    port = house.free_port()
    async with server.running(clock=note_load.NOW) as emulator:
        load = NoteLoad(emulator)
        bot = BotProcess(emulator, folder / "bot", url, SALES_WEB__PORT=str(port))
        await bot.start()
        await load.type(note_load.REPS)
        await load.all_answered()
        yield bot, load, port
        await bot.stop()


async def _held(folder: Path, url: str, notes: int, seconds: float) -> None:
    """Another process writes for so long while notes are typed."""
    async with _working(folder, url) as (bot, load, port):
        with _write_lock(url):
            await load.type(notes)
            await asyncio.sleep(seconds)  # the fault is that it takes so long
            assert len(load.answers) == note_load.REPS
        first, rest = await load.first_answer(), await load.all_answered()
        await note_load.until_health(port, ok=True, database="ok", status=200)
        assert await bot.stop() == 0
    load.settle(url, f"held {seconds} s: first answer after {first:.1f} s, the last {rest:.1f} s later")
    assert first < FIRST_ANSWER_SECONDS


@contextmanager
def _write_lock(url: str) -> Iterator[None]:
    """Nobody else can write: the whole file, or the tables that every update needs."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("ROLLBACK")
        connection.close()
        return
    engine = create_engine(url)
    with engine.begin() as held:
        held.execute(text("LOCK TABLE inbox, outbox, note IN ACCESS EXCLUSIVE MODE"))
        yield
    engine.dispose()


@pytest.mark.long
@pytest.mark.parametrize("seconds", [8.0, 12.0])  # within what a writer waits by itself, and longer
async def test_held_by_another_writer_for_long(tmp_path: Path, database_url: str, seconds: float) -> None:
    await _held(tmp_path, database_url, notes=200, seconds=seconds)


@pytest.mark.long
@pytest.mark.postgresql
async def test_tables_held_by_another_session(tmp_path: Path, postgres_url: str) -> None:
    await _held(tmp_path, postgres_url, notes=200, seconds=8.0)


@pytest.mark.long
@pytest.mark.postgresql
@pytest.mark.parametrize(("mode", "times"), [("fast", 2), ("immediate", 1)])
async def test_the_server_is_started_again_under_load(tmp_path: Path, mode: str, times: int) -> None:
    """It is away for three seconds while notes come and answers leave; every note is answered all the same."""
    with postgres.own_server() as own, postgres.fresh_database(own.url, "team") as url:
        async with _working(tmp_path, url) as (bot, load, port):
            firsts = []
            for _ in range(times):
                await load.type(150)
                had = len(load.answers)
                await note_load.until(lambda had=had: len(load.answers) > had + 20)  # type: ignore[misc]
                own.stop(mode)
                await load.type(50)
                await note_load.until_health(port, ok=False, database="away", status=503)
                await asyncio.sleep(3)  # the fault is that it takes so long
                own.start()
                firsts.append(await load.first_answer())
            rest = await load.all_answered()
            await note_load.until_health(port, ok=True, database="ok", status=200)
            assert "database_cannot_write" in bot.log
            assert await bot.stop() == 0
        load.settle(url, f"server away ({mode}): first answers after {max(firsts):.1f} s, the last {rest:.1f} s later")
        assert max(firsts) < FIRST_ANSWER_SECONDS


@contextmanager
def _small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own, as small as said; skips where none may be mounted."""
    disk = folder / "disk"
    disk.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(disk))
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here: only root may")
    try:
        yield disk
    finally:
        subprocess.run(("umount", "--lazy", str(disk)), check=True)


@contextmanager
def _filled(disk: Path) -> Iterator[None]:
    """Not a byte more fits."""
    filler = disk / f"filler{uuid.uuid4().hex}"
    try:
        with filler.open("wb", buffering=0) as file:
            while file.write(b"x" * 4096):
                pass
    except OSError:
        pass
    try:
        yield
    finally:
        filler.unlink()


async def test_no_room_for_a_moment(office: Office) -> None:
    """The quick form, in this process: the file may not grow, then it may."""
    await office.rep.send("加客户 张伟 13800138000")
    await office.idle()
    limits = [0]

    def limit(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count={limits[-1]}")

    count = text("PRAGMA page_count")
    limits.append(office.database.read_now(lambda db: db.scalar(count)))
    event.listen(office.database.engine, "checkout", limit)
    while office.database.outages.present is None:
        await office.rep.send("/export")  # the update still has room, the file that answers it has not
        await asyncio.sleep(0.05)
    assert office.database.outages.present == "full"
    answered = len(office.rep.messages())
    limits.append(1 << 30)
    await office.idle()
    assert len(office.rep.messages()) > answered
    assert (await note_load.health(office.app.web.port))["status"] == 200
    tries = select(Inbox.state, Inbox.attempts).distinct()
    assert office.database.read_now(lambda db: [tuple(row) for row in db.execute(tries)]) == [("handled", 0)]
    own = [message for message in office.rep.messages() if not message["from"]["is_bot"]]
    assert len(office.rep.messages()) == 2 * len(own)


async def _full(folder: Path, url: str, disk: Path, notes: int) -> None:
    """No room for a while: the notes of that time are answered when there is."""
    async with _working(folder, url) as (bot, load, port):
        with _filled(disk):
            began = time.monotonic()
            while (await note_load.health(port))["database"] == "ok":
                await load.type(note_load.REPS)  # what has room already takes some more
                assert time.monotonic() - began < note_load.LIMIT_SECONDS
            await note_load.until_health(port, ok=False, database="full", status=503)
            had = len(load.answers)
            await load.type(notes)
            await asyncio.sleep(1)  # the fault is that it takes so long
            assert len(load.answers) - had < notes
        first, rest = await load.first_answer(), await load.all_answered()
        await note_load.until_health(port, ok=True, database="ok", status=200)
        assert "database_cannot_write because=full" in bot.log
        assert await bot.stop() == 0
    load.settle(url, f"disk full: first answer after {first:.1f} s, the last {rest:.1f} s later")
    assert first < FIRST_ANSWER_SECONDS


@pytest.mark.long
async def test_a_full_disk(tmp_path: Path, migrated_file: Path) -> None:
    with _small_disk(tmp_path, megabytes=12) as disk:
        shutil.copy(migrated_file, disk / "sales.db")
        await _full(tmp_path, f"sqlite:///{disk / 'sales.db'}", disk, notes=200)


@pytest.mark.long
@pytest.mark.postgresql
async def test_a_full_disk_of_the_server(tmp_path: Path) -> None:
    """Its log has room, its tables have not."""
    with postgres.own_server() as own, _small_disk(tmp_path, megabytes=64) as disk:
        tables = disk / "tables"
        tables.mkdir()
        own.give(tables)
        for above in (disk, *disk.parents):
            if above.stat().st_uid == 0 and above.is_relative_to(tmp_path.parent.parent):
                above.chmod(above.stat().st_mode | 0o011)
        engine = create_engine(own.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE TABLESPACE small LOCATION '{tables}'"))
        engine.dispose()
        with postgres.fresh_database(own.url, "team", "small") as url:
            await _full(tmp_path, url, disk, notes=200)

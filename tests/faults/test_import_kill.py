"""kill -9 while a large file is written, and while what it changes in known customers follows: all of it or nothing."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from crm import customers, members, teams
from crm.database import Database
from emulator import server
from tests.faults.process import BotProcess

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
ROWS = 6_000
KNOWN = 3  # customers who are there before, whom the file completes
LIMIT_SECONDS = 120.0


def table() -> bytes:
    """Customers with a number and a firm; the first are known without one."""
    lines = [f"客户甲{at},{13_000_000_000 + at},美达{at % 97}公司,嫌交期慢" for at in range(ROWS)]
    return ("姓名,手机,公司,备注\n" + "\n".join(lines)).encode()


def fill(database: Database) -> None:
    team_id = database.write_now(lambda db: teams.found(db, 5000, "主管", NOW).team_id)
    database.write_now(lambda db: teams.join(db, team_id, 5001, "小李", "rep", NOW) and None)

    def add(db: Session) -> None:
        for at in range(KNOWN):
            profile = customers.Profile(f"客户甲{at}", phones=(str(13_000_000_000 + at),))
            customers.add(db, members.acting(db, 5001, NOW), profile, NOW)

    database.write_now(add)


def counted(path: Path, question: str) -> int:
    """The number that the database answers with; 0 while it is locked away."""
    with contextlib.suppress(sqlite3.OperationalError), sqlite3.connect(f"file:{path}?mode=ro", uri=True) as link:
        return int(link.execute(question).fetchone()[0])
    return 0


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(LIMIT_SECONDS):
        while not holds():  # noqa: ASYNC110  the other process tells nothing; its traces are looked for
            await asyncio.sleep(0.01)


@pytest.mark.long
async def test_a_killed_import_shows_nothing_and_ends_whole_after_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "sales.db"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    fill(database)
    database.close()
    hidden = "SELECT count(*) FROM customer WHERE deleted_at LIKE '1970-01-01%'"
    shown = "SELECT count(*) FROM customer WHERE deleted_at IS NULL"
    async with server.running(clock=NOW) as emulator:
        rep = emulator.person("小李", 5001, started=True)
        bot = BotProcess(emulator, tmp_path / "bot", f"sqlite:///{path}")
        await bot.start()
        await rep.document("客户.csv", table())
        card = await rep.next_message(timeout=LIMIT_SECONDS)
        await rep.press(card, "检查", wait=False)
        card = await rep.wait_edit(card, timeout=LIMIT_SECONDS)
        assert f"新客户 {ROWS - KNOWN:,} 位，补全资料 {KNOWN} 位" in card.text
        await rep.press(card, f"导入 {ROWS:,} 条", wait=False)
        for share in (4, 2):  # killed twice, once a quarter and once half of the way
            await until(lambda share=share: counted(path, hidden) > ROWS // share)  # type: ignore[misc]  # bound now
            await bot.kill()
            assert counted(path, shown) == KNOWN
            assert counted(path, "SELECT count(*) FROM note WHERE deleted_at IS NULL") == 0
            await bot.start()
            await until(lambda share=share: counted(path, hidden) < ROWS // share)  # type: ignore[misc]  # bound now
        await until(lambda: counted(path, shown) == ROWS)
        await bot.kill()  # what follows the showing has hardly begun
        await bot.start()
        while "已导入" not in card.text:
            card = await rep.wait_edit(card, timeout=LIMIT_SECONDS)
        await bot.stop()
    assert counted(path, shown) == ROWS
    assert counted(path, hidden) == 0
    assert counted(path, "SELECT count(DISTINCT phone) FROM customer_phone") == ROWS
    assert counted(path, "SELECT count(*) FROM customer_phone") == ROWS
    assert counted(path, "SELECT count(*) FROM customer_summary") == ROWS
    assert counted(path, "SELECT count(*) FROM note WHERE deleted_at IS NULL") == ROWS
    assert counted(path, "SELECT count(*) FROM customer WHERE company IS NULL") == 0
    assert counted(path, "SELECT count(*) FROM import_change") == KNOWN
    assert counted(path, "SELECT count(*) FROM import WHERE state = 'done'") == 1

"""The clock of the machine itself is set while the process runs by it, as in production: nobody tells the process."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crm import inbox
from crm.database import Database
from crm.inbox import Arrival
from tests.bot import house
from tests.faults import a_days_work
from tests.faults.machine_clock import MachineClock

SHANGHAI = ZoneInfo("Asia/Shanghai")


def march(day: int, hour: int, minute: int = 0) -> datetime:
    """2026-03-18 is a Wednesday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.long
async def test_the_machines_clock_is_set(tmp_path: Path, database_url: str) -> None:
    """Two hours on, 90 minutes back, a day back and on again: it goes on looking, and tells each thing once."""
    clock = MachineClock(tmp_path, march(19, 7, 30))
    tasks = {"寄合同": march(19, 9, 15)}
    folder = tmp_path / "bot"
    async with a_days_work.played(
        folder, database_url, "Asia/Shanghai", march(19, 7, 30), (3, 19), tasks, clock
    ) as play:
        await play.start()
        for instant in (march(19, 9, 30), march(19, 8), march(18, 8, 5), march(19, 9, 35)):
            await play.at(instant)
        await play.ends_as(
            {
                "card 小李 2026-03-18": "sent",
                "card 小周 2026-03-18": "sent",
                "card 小李 2026-03-19": "late 03-19 08:00",
                "card 小周 2026-03-19": "late 03-19 08:00",
                "birthday 小李 2026-03-19": "late 03-19 08:00",
                "task 小李 寄合同": "late 03-19 09:15",
            }
        )


def test_what_was_stored_before_the_clock_was_set_back_is_found(any_database: Database) -> None:
    """It seems to come from the future; its process has died, and another one looks for what is left."""
    stored = [Arrival(1, 1001, "{}"), Arrival(2, 1002, "{}")]
    for arrival, age in zip(stored, (timedelta(minutes=-90), timedelta(seconds=0)), strict=True):
        any_database.write_now(lambda db, one=arrival, at=house.NOW - age: inbox.store(db, 7, [one], at))  # type: ignore[misc]
    left = any_database.read_now(lambda db: inbox.left_behind(db, house.NOW - timedelta(seconds=1)))
    assert [received.chat_id for received in left] == [1001]

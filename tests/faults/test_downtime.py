"""The process is down, suspended, or its clock is set over the hours at which something is due.

Each ledger below is written by hand from the rules: what must come comes once, what is late says when it was due, what
is no longer sensible ends as skipped with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.faults import a_days_work
from tests.faults.a_days_work import Day

SHANGHAI, LONDON = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/London")
TOO_LATE = "skipped: 过了时候，没有发出"


def march(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """2026-03-18 is a Wednesday."""
    return datetime(2026, 3, day, hour, minute, second, tzinfo=SHANGHAI)


TASKS = {"寄合同": march(19, 9, 30), "回电话": march(19, 15)}


def cards(day: str, end: str) -> dict[str, str]:
    return {f"card {who} {day}": end for who in ("小李", "小周")}


@dataclass(frozen=True, slots=True)
class Downtime:
    """Killed at `since`, started again when the clock shows `until`; then the ledger is `wanted`."""

    since: datetime
    until: datetime
    wanted: Day


DOWNTIMES = {
    "1 min": Downtime(
        march(19, 7, 59, 30),
        march(19, 8, 0, 30),
        {**cards("2026-03-19", "sent"), "birthday 小李 2026-03-19": "sent"},
    ),
    "3 h": Downtime(
        march(19, 7, 40),  # nothing of the morning is planned yet
        march(19, 10, 40),
        {
            **cards("2026-03-19", "late 03-19 08:00"),
            "birthday 小李 2026-03-19": "late 03-19 08:00",
            "task 小李 寄合同": "late 03-19 09:30",
        },
    ),
    "9 h": Downtime(
        march(19, 7, 55),  # the morning is planned, and not due
        march(19, 16, 55),
        {
            **cards("2026-03-19", "late 03-19 08:00"),
            "birthday 小李 2026-03-19": "late 03-19 08:00",
            "task 小李 寄合同": "late 03-19 09:30",
            "task 小李 回电话": "late 03-19 15:00",
        },
    ),
    "26 h": Downtime(
        march(19, 7, 55),
        march(20, 9, 55),
        {
            **cards("2026-03-19", TOO_LATE),
            "birthday 小李 2026-03-19": TOO_LATE,
            "task 小李 寄合同": "late 03-19 09:30",
            "task 小李 回电话": "late 03-19 15:00",
            **cards("2026-03-20", "late 03-20 08:00"),
        },
    ),
}


@dataclass(frozen=True, slots=True)
class Steps:
    """The process runs while its clock is set to one instant after the other; then the ledger is `wanted`."""

    begin: datetime
    instants: Sequence[datetime]
    wanted: Day


STEPS = {
    "+2 h": Steps(
        march(19, 7, 30),
        [march(19, 9, 30)],
        {
            **cards("2026-03-19", "late 03-19 08:00"),
            "birthday 小李 2026-03-19": "late 03-19 08:00",
            "task 小李 寄合同": "sent",
        },
    ),
    "-90 min": Steps(
        march(19, 7, 30),
        [march(19, 8, 5), march(19, 6, 35), march(19, 8, 5), march(19, 9, 30), march(19, 8), march(19, 9, 30)],
        {**cards("2026-03-19", "sent"), "birthday 小李 2026-03-19": "sent", "task 小李 寄合同": "sent"},
    ),
    "-1 day": Steps(
        march(18, 8, 5),
        [march(18, 18, 5), march(19, 8, 5), march(19, 9, 30), march(18, 9, 30), march(18, 18, 5), march(19, 9, 30)],
        {
            **cards("2026-03-18", "sent"),
            "digest 群 2026-03-18": "sent",
            **cards("2026-03-19", "sent"),
            "birthday 小李 2026-03-19": "sent",
            "task 小李 寄合同": "sent",
        },
    ),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of the clocks or of the year: down from `since` to `until`, then a look at each of `instants`."""

    zone: ZoneInfo
    born: tuple[int, int]
    tasks: Mapping[str, datetime]
    begin: datetime
    since: datetime
    until: datetime
    instants: Sequence[datetime]
    wanted: Day


def summer(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


TURNS = {
    # On 2026-03-29, a Sunday, 01:00 is 02:00 in London: eight o'clock is 07:00 UTC, the day before it was 08:00 UTC.
    "clocks go forward": Turn(
        LONDON,
        (3, 29),
        {"夜里的事": summer(3, 29, 1, 30), "下午的事": summer(3, 29, 14)},
        summer(3, 28, 9),
        summer(3, 28, 23, 30),
        summer(3, 29, 8, 30),
        [summer(3, 29, 14)],
        {
            "card 小李 2026-03-28": "skipped: day_off",
            "card 小周 2026-03-28": "skipped: day_off",
            "card 小李 2026-03-29": "late 03-29 08:00",
            "card 小周 2026-03-29": "skipped: day_off",
            "birthday 小李 2026-03-29": "late 03-29 08:00",
            "task 小李 夜里的事": "late 03-29 02:30",
            "task 小李 下午的事": "sent",
        },
    ),
    # On 2026-10-25, a Sunday, 02:00 is 01:00 in London: half past one comes twice, first at 00:30 UTC.
    "clocks go back": Turn(
        LONDON,
        (10, 25),
        {"一点半的事": summer(10, 25, 0, 30)},
        summer(10, 24, 9),
        summer(10, 25, 0, 10),
        summer(10, 25, 0, 35),
        [summer(10, 25, 1, 35), summer(10, 25, 7, 5), summer(10, 25, 8, 5)],
        {
            "card 小李 2026-10-24": "skipped: day_off",
            "card 小周 2026-10-24": "skipped: day_off",
            "task 小李 一点半的事": "sent",
            "card 小李 2026-10-25": "sent",
            "card 小周 2026-10-25": "skipped: day_off",
            "birthday 小李 2026-10-25": "sent",
        },
    ),
    "year end": Turn(
        SHANGHAI,
        (1, 1),
        {
            "年前的事": datetime(2026, 12, 31, 17, 55, tzinfo=SHANGHAI),
            "零点半的事": datetime(2027, 1, 1, 0, 30, tzinfo=SHANGHAI),
        },
        datetime(2026, 12, 31, 8, 5, tzinfo=SHANGHAI),
        datetime(2026, 12, 31, 17, 52, tzinfo=SHANGHAI),
        datetime(2027, 1, 1, 9, tzinfo=SHANGHAI),
        [],
        {
            **cards("2026-12-31", "sent"),
            "digest 群 2026-12-31": TOO_LATE,
            "task 小李 年前的事": "late 12-31 17:55",
            "task 小李 零点半的事": "late 01-01 00:30",
            "card 小李 2027-01-01": "late 01-01 08:00",
            "card 小周 2027-01-01": "skipped: day_off",
            "birthday 小李 2027-01-01": "late 01-01 08:00",
            "festival 小李 元旦 2027-01-01": "late 01-01 08:00",
            "festival 小周 元旦 2027-01-01": "skipped: 没有适合这个节日的客户",
        },
    ),
}


async def _down(folder: Path, url: str, downtime: Downtime) -> None:
    async with a_days_work.played(folder, url, "Asia/Shanghai", march(19, 7, 30), (3, 19), TASKS) as play:
        await play.start()
        await play.at(downtime.since)
        await play.bot.kill()
        await play.emulator.clock.move_to(downtime.until)
        await play.start()
        await play.looked()
        await play.ends_as(downtime.wanted)


async def _set(folder: Path, url: str, steps: Steps) -> None:
    async with a_days_work.played(folder, url, "Asia/Shanghai", steps.begin, (3, 19), TASKS) as play:
        await play.start()
        await play.looked()
        for instant in steps.instants:
            await play.at(instant)
        await play.ends_as(steps.wanted)


async def _suspended(folder: Path, url: str) -> None:
    """The machine sleeps from 7:40 to 10:40: the process stands still, and finds the clock three hours later."""
    downtime = DOWNTIMES["3 h"]
    async with a_days_work.played(folder, url, "Asia/Shanghai", march(19, 7, 30), (3, 19), TASKS) as play:
        await play.start()
        await play.at(downtime.since)
        play.bot.suspend()
        await play.emulator.clock.move_to(downtime.until)
        await play.ask()
        play.bot.resume()
        await play.answered()
        await play.looked()
        await play.ends_as(downtime.wanted)


async def _turned(folder: Path, url: str, turn: Turn) -> None:
    async with a_days_work.played(folder, url, str(turn.zone), turn.begin, turn.born, turn.tasks) as play:
        await play.start()
        await play.looked()
        await play.at(turn.since)
        await play.bot.kill()
        await play.emulator.clock.move_to(turn.until)
        await play.start()
        await play.looked()
        for instant in turn.instants:
            await play.at(instant)
        await play.ends_as(turn.wanted)


@pytest.mark.long
@pytest.mark.parametrize("length", DOWNTIMES)
async def test_down_over_the_hour_of_the_card(tmp_path: Path, database_url: str, length: str) -> None:
    await _down(tmp_path / "bot", database_url, DOWNTIMES[length])


@pytest.mark.long
@pytest.mark.postgresql
async def test_down_for_26_hours_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    await _down(tmp_path / "bot", postgres_url, DOWNTIMES["26 h"])


@pytest.mark.long
@pytest.mark.parametrize("step", STEPS)
async def test_the_clock_is_set_while_it_runs(tmp_path: Path, database_url: str, step: str) -> None:
    await _set(tmp_path / "bot", database_url, STEPS[step])


@pytest.mark.long
@pytest.mark.postgresql
async def test_the_clock_is_set_back_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    await _set(tmp_path / "bot", postgres_url, STEPS["-1 day"])


@pytest.mark.long
async def test_suspended_over_the_hour_of_the_card(tmp_path: Path, database_url: str) -> None:
    await _suspended(tmp_path / "bot", database_url)


@pytest.mark.long
@pytest.mark.postgresql
async def test_suspended_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    await _suspended(tmp_path / "bot", postgres_url)


@pytest.mark.long
@pytest.mark.parametrize("turn", TURNS)
async def test_down_while_the_clocks_or_the_year_change(tmp_path: Path, database_url: str, turn: str) -> None:
    await _turned(tmp_path / "bot", database_url, TURNS[turn])

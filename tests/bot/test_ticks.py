"""Ticks end quietly: the one that runs is waited for, none begins after."""

from __future__ import annotations

import asyncio
import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import clock
from bot.ticks import Ticks
from crm import clockwork, members, promises, reminders, teams
from crm.database import Database
from crm.promises import Todo
from crm.tables import Outbox, Team
from tests.bot import house


async def test_stop_waits_for_the_tick_that_runs(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    database.write_now(lambda db: teams.found(db, house.ADMIN_ID, "赵姐", house.NOW))
    inside, leave = threading.Event(), threading.Event()
    planned: list[int] = []
    ticks = Ticks(database, clock.real_now, lambda: planned.append(1), lambda: None)

    def hold(_db: object) -> None:
        inside.set()
        leave.wait(10)

    holding = asyncio.ensure_future(database.write(hold))  # the tick's own writes wait behind it
    await asyncio.to_thread(inside.wait, 10)
    ticks.start()
    await house.until(lambda: ticks.runs)
    stopping = asyncio.ensure_future(ticks.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    leave.set()
    async with asyncio.timeout(10):
        await stopping
        await holding
    assert planned == [1]
    assert caplog.records == []


async def test_nothing_begins_after_stop(database: Database) -> None:
    planned: list[int] = []
    ticks = Ticks(database, clock.real_now, lambda: planned.append(1), lambda: None)
    ticks.start()
    await house.until(lambda: bool(planned))
    await ticks.stop()
    ticks.wake()
    await ticks.stop()
    assert planned == [1]


async def test_a_team_whose_planning_fails_stops_no_other_team(database: Database) -> None:
    def seat(db: Session) -> None:
        broken = teams.found(db, house.ADMIN_ID, "赵姐", house.NOW)
        db.get_one(Team, broken.team_id).zone = "Nowhere/At all"
        teams.found(db, house.ADMIN_ID + 1, "钱哥", house.NOW)

    database.write_now(seat)
    ticks = Ticks(database, lambda: house.NOW + timedelta(days=1), lambda: None, lambda: None)
    assert await ticks.plan() > 0
    reached = database.read_now(lambda db: set(db.scalars(select(Outbox.chat_id))))
    assert reached == {house.ADMIN_ID + 1}


async def test_a_planner_that_fails_stops_no_other_of_its_team(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = house.NOW + timedelta(hours=24)

    def fails(_db: Session, _team: Team, _now: datetime) -> int:
        raise ArithmeticError

    def seat(db: Session) -> None:
        teams.found(db, house.ADMIN_ID, "赵姐", house.NOW)
        actor = members.acting(db, house.ADMIN_ID, house.NOW)
        promises.add(db, actor, None, None, Todo("寄样品", due, True), "reminder", house.NOW)

    # The fault is put in; planners and ticks are the real ones: none of them fails by itself.
    monkeypatch.setattr(clockwork, "PLANNERS", (reminders.plan_cards, fails, reminders.plan_tasks))
    database.write_now(seat)
    ticks = Ticks(database, lambda: due, lambda: None, lambda: None)
    assert await ticks.plan() > 0
    pushes = database.read_now(lambda db: set(db.scalars(select(Outbox.push))))
    assert pushes == {"card", "task"}
    assert await ticks.plan() == 0

"""Two replicas at the same thing in the same moment: on PostgreSQL they meet, on SQLite they queue; the end is one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import alerts, drafts, orders, reminders, scores, tasks
from crm.database import Database
from crm.orders import NewOrder
from crm.promises import Todo
from crm.tables import CustomerSummary, Fact, RiskEpisode, Task, Team
from tests.crm import trade
from tests.crm.people import NOW, Floor, seat

SERIES = 20
DAILY = "DAILY;T09:00"


@pytest.fixture
def floor(any_database: Database) -> Floor:
    return seat(any_database)


def together(floor: Floor, *works: Callable[[Session], object]) -> None:
    """Each work in a transaction of its own; where transactions run side by side, all have begun before one works."""
    meeting = threading.Barrier(1 if floor.database.is_sqlite else len(works), timeout=10)

    def met(work: Callable[[Session], object]) -> None:
        def piece(db: Session) -> None:
            meeting.wait()
            work(db)

        floor.write(piece)

    with ThreadPoolExecutor(len(works)) as threads:
        for done in [threads.submit(met, work) for work in works]:
            done.result()


def team(db: Session, floor: Floor) -> Team:
    return db.get_one(Team, floor.rep.team_id)


def repeat(floor: Floor, count: int) -> list[int]:
    """Daily tasks whose time has come."""
    todo = Todo("交周报", NOW - timedelta(minutes=5), True, DAILY)
    return [floor.write(lambda db: tasks.add(db, floor.rep, None, todo, NOW).task.task_id) for _ in range(count)]


def ahead(floor: Floor) -> int:
    return floor.read(lambda db: db.scalar(select(func.count()).select_from(Task).where(Task.due_at > NOW))) or 0


def test_two_ticks_make_each_next_occurrence_once(floor: Floor) -> None:
    repeat(floor, SERIES)
    together(floor, *[lambda db: reminders.plan_tasks(db, team(db, floor), NOW)] * 2)
    assert ahead(floor) == SERIES


def test_two_presses_and_a_tick_make_one_next_occurrence(floor: Floor) -> None:
    for task_id in repeat(floor, SERIES // 2):
        press = partial(tasks.complete, actor=floor.rep, task_id=task_id, now=NOW)
        together(floor, press, press, lambda db: reminders.plan_tasks(db, team(db, floor), NOW))
    assert ahead(floor) == SERIES // 2


def test_two_orders_of_one_customer_both_count(floor: Floor) -> None:
    customer_id = floor.add(floor.rep, "张伟")
    new = NewOrder(100_00, floor.rep.today(NOW))
    for _ in range(SERIES // 2):
        together(floor, *[lambda db: orders.add(db, floor.rep, customer_id, new, NOW)] * 2)
    assert floor.read(lambda db: db.get_one(CustomerSummary, customer_id).total_fen) == SERIES * 100_00


def test_the_first_ticks_of_two_replicas_both_get_through(floor: Floor) -> None:
    day = floor.rep.local(NOW)
    together(
        floor,
        lambda db: reminders.mark_done(db, team(db, floor), "card", day),
        lambda db: reminders.mark_done(db, team(db, floor), "digest", day),
    )
    fact = floor.read(lambda db: db.get_one(Fact, f"planned:{floor.rep.team_id}").value)
    assert set(fact) == {"card", "digest"}


def test_two_settings_of_a_team_are_both_kept(floor: Floor) -> None:
    def set_one(db: Session, name: str) -> None:
        ours = team(db, floor)
        scores.hold(db, ours)
        ours.settings = {**ours.settings, name: True}

    together(floor, partial(set_one, name="one"), partial(set_one, name="other"))
    assert set(floor.read(lambda db: team(db, floor).settings)) == {"one", "other"}


def test_two_ticks_and_an_order_alert_once_and_wait_for_nobody_in_a_ring(floor: Floor) -> None:
    def fill(db: Session) -> list[int]:
        return [trade.buyer(db, floor.rep, f"晚{at}", range(250, 360, 15), 900_00, NOW) for at in range(SERIES // 4)]

    ids = floor.write(fill)
    floor.write(lambda db: scores.refresh(db, team(db, floor), NOW))
    new = NewOrder(100_00, floor.rep.today(NOW))
    together(
        floor,
        lambda db: alerts.plan_scores(db, team(db, floor), NOW),
        lambda db: alerts.plan_scores(db, team(db, floor), NOW),
        lambda db: orders.add(db, floor.rep, ids[0], new, NOW),
    )
    episodes = floor.read(lambda db: list(db.scalars(select(RiskEpisode.customer_id))))
    assert len(set(episodes)) == len(episodes) >= len(ids) - 1


def test_a_draft_that_is_pressed_twice_at_once_is_handed_out_once(floor: Floor) -> None:
    """The second press comes while the first has not committed yet: it waits for it, or runs after it."""
    draft_id = floor.write(lambda db: drafts.keep(db, floor.rep, "note", "张伟想看样品", {}, NOW).draft_id)
    is_taken, is_over = threading.Event(), threading.Event()

    def first(db: Session) -> None:
        drafts.take(db, floor.rep, draft_id, NOW)
        db.flush()
        is_taken.set()
        is_over.wait(0.3)

    def second(db: Session) -> None:
        drafts.get(db, floor.rep, draft_id)  # as handlers do that look before they take
        drafts.take(db, floor.rep, draft_id, NOW)

    with ThreadPoolExecutor(2) as threads:
        pressed = threads.submit(floor.write, first)
        assert is_taken.wait(10)
        again = threads.submit(floor.write, second)
        again.add_done_callback(lambda _: is_over.set())
        pressed.result()
        with pytest.raises(drafts.DraftResolved):
            again.result()

"""Planners on real databases: what is due once, at any clock, whatever the ticks."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from almanac import birthdays
from almanac.birthdays import Birthday
from crm import clockwork, customers, digests, greetings, occasions, oversight, reminders, tasks
from crm.customers import Profile
from crm.database import Database
from crm.promises import Todo
from crm.tables import Customer, Greeting, Outbox, Task, Team
from tests.crm.people import NOW, Floor, seat

OURS = (
    reminders.plan_tasks,
    reminders.plan_cards,
    occasions.plan_birthdays,
    occasions.plan_festivals,
    digests.plan_digest,
    oversight.plan,
)
CARD = datetime(2026, 3, 19, 0, tzinfo=UTC)  # Thursday 08:00 in Shanghai


@pytest.fixture
def floor(any_database: Database) -> Floor:
    return seat(any_database)


def tick(floor: Floor, now: datetime) -> int:
    """One tick for our team; how many pushes are new."""

    def plan(db: Session) -> int:
        team = db.get_one(Team, floor.rep.team_id)
        return sum(planner(db, team, now) for planner in OURS)

    return floor.write(plan)


def keys(floor: Floor, push: str) -> list[str]:
    rows = select(Outbox.key).where(Outbox.push == push).order_by(Outbox.outbox_id)
    return [key or "" for key in floor.read(lambda db: list(db.scalars(rows)))]


def celebrate(floor: Floor, name: str, *born: Birthday) -> int:
    profile = Profile(name, birthdays=born)
    return floor.write(lambda db: customers.add(db, floor.rep, profile, NOW).customer_id)


def todo(floor: Floor, what: str, due_at: datetime, recurrence: str | None = None, has_time: bool = True) -> int:
    wanted = Todo(what, due_at, has_time, recurrence)
    return floor.write(lambda db: tasks.add(db, floor.rep, None, wanted, NOW).task.task_id)


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The statements that go to the database meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


def test_nothing_is_due_before_its_hour(floor: Floor) -> None:
    celebrate(floor, "张伟", Birthday("solar", 3, 19))
    assert tick(floor, CARD - timedelta(minutes=11)) == 0
    assert tick(floor, CARD) > 0


def test_solar_and_lunar_birthdays_of_the_day_are_found(floor: Floor) -> None:
    lunar = celebrate(floor, "陈静", Birthday("lunar", 2, 1))  # 2026-03-19
    solar = celebrate(floor, "张伟", Birthday("solar", 3, 19))
    both = celebrate(floor, "刘洋", Birthday("solar", 3, 19), Birthday("lunar", 2, 1))
    celebrate(floor, "王芳", Birthday("solar", 3, 20), Birthday("lunar", 2, 2))
    tick(floor, CARD)
    assert keys(floor, "birthday") == [f"birthday:{c}:2026-03-19:day" for c in (lunar, solar, both)]


def test_29_february_is_kept_as_the_team_likes(floor: Floor) -> None:
    born = celebrate(floor, "张伟", Birthday("solar", 2, 29))
    tick(floor, datetime(2027, 2, 28, 0, tzinfo=UTC))
    assert keys(floor, "birthday") == [f"birthday:{born}:2027-02-28:day"]
    floor.write(lambda db: db.execute(update(Team).values(settings={"feb29": "mar1"})))
    tick(floor, datetime(2029, 2, 28, 0, tzinfo=UTC))
    tick(floor, datetime(2029, 3, 1, 0, tzinfo=UTC))
    assert keys(floor, "birthday")[1:] == [f"birthday:{born}:2029-03-01:day"]


def test_a_repeated_tick_is_cheap_and_adds_nothing(floor: Floor) -> None:
    for number in range(30):
        celebrate(floor, f"客户{number}", Birthday("solar", 3, 19))
        todo(floor, f"第{number}件", CARD)
    tick(floor, CARD)
    with statements(floor.database) as few:
        assert tick(floor, CARD + timedelta(seconds=20)) == 0
    selects = [statement for statement in few if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE"))]
    assert len(selects) <= 10


def test_more_than_a_chunk_is_planned_in_chunks(floor: Floor) -> None:
    rows = [
        Task(
            team_id=floor.rep.team_id,
            assignee_id=floor.rep.member_id,
            created_by_id=floor.rep.member_id,
            kind="reminder",
            what=f"第{number}件",
            due_at=CARD,
            has_time=True,
            created_at=NOW,
        )
        for number in range(clockwork.CHUNK + 5)
    ]
    floor.write(lambda db: db.add_all(rows))

    def plan(db: Session) -> int:
        return reminders.plan_tasks(db, db.get_one(Team, floor.rep.team_id), CARD)

    assert [floor.write(plan) for _ in range(3)] == [clockwork.CHUNK, 5, 0]
    assert len(set(keys(floor, "task"))) == clockwork.CHUNK + 5


def test_another_hour_of_the_card_on_the_same_day_doubles_nothing(floor: Floor) -> None:
    tick(floor, CARD)
    floor.write(lambda db: db.execute(update(Team).values(card_hour=9)))
    tick(floor, CARD + timedelta(hours=1))
    assert len(keys(floor, "card")) == len(set(keys(floor, "card"))) == 3


def test_the_zone_of_the_team_decides_the_hour(floor: Floor) -> None:
    floor.write(lambda db: db.execute(update(Team).values(zone="America/New_York")))
    assert keys(floor, "card") == []
    tick(floor, CARD)  # the evening before in New York: its own card of Wednesday is caught up
    tick(floor, CARD + timedelta(hours=12))
    assert {key.rsplit(":", 1)[1] for key in keys(floor, "card")} >= {"2026-03-19"}
    due = floor.read(lambda db: set(db.scalars(select(Outbox.due_at).where(Outbox.key.like("card:%:2026-03-19")))))
    assert due == {datetime(2026, 3, 19, 12, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("recurrence", "due", "following"),
    [
        ("WEEKLY;FR;T17:30", datetime(2026, 3, 20, 9, 30, tzinfo=UTC), datetime(2026, 3, 27, 9, 30, tzinfo=UTC)),
        ("MONTHLY;-1;T09:00", datetime(2026, 3, 31, 1, tzinfo=UTC), datetime(2026, 4, 30, 1, tzinfo=UTC)),
        ("DAILY;T14:00", datetime(2026, 3, 18, 6, tzinfo=UTC), datetime(2026, 3, 24, 6, tzinfo=UTC)),
    ],
)
def test_after_downtime_a_repeated_task_goes_on_from_now(
    floor: Floor, recurrence: str, due: datetime, following: datetime
) -> None:
    first = todo(floor, "看报表", due, recurrence)
    late = max(due, datetime(2026, 3, 24, 2, tzinfo=UTC)) if recurrence.startswith("DAILY") else due
    tick(floor, late)
    tick(floor, late)
    rows = floor.read(lambda db: list(db.scalars(select(Task).order_by(Task.task_id))))
    assert [(row.task_id == first, row.due_at) for row in rows] == [(True, due), (False, following)]
    assert len(keys(floor, "task")) == 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.integers(min_value=1, max_value=60 * 30), min_size=3, max_size=12))
def test_any_ticks_plan_each_task_and_card_once(database: Database, steps: list[int]) -> None:
    """Ticks at any moments over days, with gaps up to 30 hours: no key twice, every task, no day's card after it."""
    floor = seat_once(database)
    now, what = floor.read(lambda db: _latest(db)), f"事{steps}"
    due = now + timedelta(minutes=steps[0])
    todo(floor, what, due)
    for step in steps:
        now += timedelta(minutes=step)
        tick(floor, now)
    planned = keys(floor, "card") + keys(floor, "task")
    assert len(planned) == len(set(planned))
    told = select(Outbox.task_id).join(Task, Task.task_id == Outbox.task_id).where(Task.what == what)
    assert len(floor.read(lambda db: list(db.scalars(told)))) == 1
    cards = select(Outbox).where(Outbox.push == "card", Outbox.created_at > Outbox.expires_at)
    assert floor.read(lambda db: list(db.scalars(cards))) == []


_SEATED: dict[int, Floor] = {}


def seat_once(database: Database) -> Floor:
    """One floor for all examples of a property."""
    if id(database) not in _SEATED:
        _SEATED.clear()
        _SEATED[id(database)] = seat(database)
    return _SEATED[id(database)]


def _latest(db: Session) -> datetime:
    return db.scalar(select(Outbox.created_at).order_by(Outbox.created_at.desc()).limit(1)) or NOW


@settings(max_examples=40, deadline=None)
@given(day=st.dates(date(2024, 1, 1), date(2050, 12, 31)))
def test_sql_finds_whom_the_almanac_names(day: date) -> None:
    keys_of_day = birthdays.keys_on(day)
    for month, number in keys_of_day.solar:
        row = Customer(solar_month=month, solar_day=number)
        assert any(day in birthdays.occurrences(b, day, day) for b in customers.birthdays(row))
    for month, number, leap in keys_of_day.lunar:
        row = Customer(lunar_month=month, lunar_day=number, lunar_leap=leap)
        assert any(day in birthdays.occurrences(b, day, day) for b in customers.birthdays(row))


def test_a_lunar_birthday_twice_in_a_solar_year_is_greeted_twice(floor: Floor) -> None:
    """Source: DESIGN.md, lunar 11-20 falls twice in solar 2026."""
    born = celebrate(floor, "陈静", Birthday("lunar", 11, 20))
    days = birthdays.occurrences(Birthday("lunar", 11, 20), date(2026, 1, 1), date(2026, 12, 31))
    assert len(days) == 2

    def greet(on: date) -> Callable[[Session], bool]:
        def work(db: Session) -> bool:
            row = db.get_one(Customer, born)
            now = datetime(on.year, on.month, on.day, 2, tzinfo=UTC)
            greetings.current(db, [row], greetings.BIRTHDAY, on, "小李", now)
            return greetings.mark_sent(db, floor.rep, born, greetings.BIRTHDAY, on, now)[1]

        return work

    assert [floor.write(greet(on)) for on in (*days, days[1])] == [True, True, False]


def test_twenty_years_of_greetings_repeat_as_late_as_they_can(floor: Floor) -> None:
    born = celebrate(floor, "张伟", Birthday("solar", 3, 19))
    used: list[str] = []
    for year in range(2026, 2046):
        on = date(year, 3, 19)

        def greet(db: Session, on: date = on) -> Greeting:
            now = datetime(on.year, 3, 19, 2, tzinfo=UTC)
            row = db.get_one(Customer, born)
            return greetings.current(db, [row], greetings.BIRTHDAY, on, "小李", now)[0].greeting

        used.append(floor.write(greet).draft_id)
    count = len(set(used))
    assert len(set(used[:count])) == count
    assert all(before != after for before, after in itertools.pairwise(used))

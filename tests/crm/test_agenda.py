"""The day's order: by value × urgency × ease, hand-computed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from almanac.birthdays import Birthday
from crm import agenda, customers, promises, tasks
from crm.agenda import Item
from crm.customers import Profile
from crm.database import Database
from crm.members import Actor
from crm.promises import Todo
from crm.tables import Complaint, Customer, CustomerSummary, Note
from tests.crm.people import NOW, Floor, seat


@pytest.fixture
def floor(database: Database) -> Floor:
    return seat(database)


def customer(floor: Floor, name: str, group: str | None = None, born: Birthday | None = None, **summary: object) -> int:
    profile = Profile(name, birthdays=(born,) if born else ())
    made = floor.write(lambda db: customers.add(db, floor.rep, profile, NOW).customer_id)
    values = {"value_group": group, **summary}
    mine = CustomerSummary.customer_id == made
    floor.write(lambda db: db.execute(update(CustomerSummary).where(mine).values(**values)))
    return made


def task(floor: Floor, what: str, due_at: datetime, customer_id: int | None = None, has_time: bool = True) -> int:
    wanted = Todo(what, due_at, has_time)
    return floor.write(lambda db: tasks.add(db, floor.rep, customer_id, wanted, NOW).task.task_id)


def complain(floor: Floor, customer_id: int, urgent: bool) -> None:
    owner = floor.rep
    note = Note(team_id=owner.team_id, customer_id=customer_id, author_id=owner.member_id, text="坏了", created_at=NOW)
    floor.write(lambda db: db.add(note))
    case = {"team_id": owner.team_id, "customer_id": customer_id, "urgent": urgent, "opened_at": NOW}
    floor.write(lambda db: db.add(Complaint(note_id=note.note_id, **case)))


def today(floor: Floor, actor: Actor | None = None, now: datetime = NOW) -> list[Item]:
    return floor.read(lambda db: agenda.today(db, actor or floor.rep, now))


def test_the_order_is_value_times_urgency_times_ease(floor: Floor) -> None:
    high = customer(floor, "高", "high_stable")
    plain = customer(floor, "平", "no_value")
    risky = customer(floor, "险", "high_at_risk", churn_probability=0.8, value_fen=100)
    customer(floor, "寿", "low_stable", Birthday("solar", 3, 18))
    complain(floor, high, urgent=True)
    task(floor, "拖", NOW - timedelta(days=2), plain)
    task(floor, "今", NOW + timedelta(hours=2), high)
    expected = [
        ("complaint", high, 3 * 4 * 0.9),
        ("task", high, 3 * 3 * 1.2),
        ("birthday", None, 2 * 3 * 1.5),
        ("risk", risky, 3 * 1.8 * 1.0),
        ("task", plain, 1 * 3.2 * 1.2),
    ]
    found = today(floor)
    assert [item.kind for item in found] == [kind for kind, _, _ in expected]
    assert [item.score for item in found] == pytest.approx([score for _, _, score in expected])


def test_only_the_days_own_things_are_there(floor: Floor) -> None:
    task(floor, "明天", NOW + timedelta(days=1))
    customer(floor, "远", born=Birthday("solar", 3, 22))
    near = customer(floor, "近", born=Birthday("solar", 3, 21))
    found = today(floor)
    assert [(item.kind, item.customer and item.customer.customer_id) for item in found] == [("birthday", near)]


def test_the_local_day_counts_not_the_utc_one(floor: Floor) -> None:
    late = task(floor, "今晚", datetime(2026, 3, 18, 15, 59, tzinfo=UTC))  # 23:59 in Shanghai
    task(floor, "明早", datetime(2026, 3, 18, 16, 1, tzinfo=UTC))
    assert [item.task and item.task.task_id for item in today(floor)] == [late]


def test_erased_customers_and_other_peoples_are_not(floor: Floor) -> None:
    gone = customer(floor, "走", "high_at_risk", Birthday("solar", 3, 18), churn_probability=0.9, value_fen=100)
    task(floor, "跟进", NOW, gone)
    complain(floor, gone, urgent=False)
    assert len(today(floor)) == 4
    assert today(floor, floor.rep2) == []
    assert today(floor, floor.outsider) == []
    floor.write(lambda db: db.execute(update(Customer).where(Customer.customer_id == gone).values(deleted_at=NOW)))
    assert today(floor) == []


def test_a_manager_sees_complaints_and_risks_of_the_team_but_own_tasks(floor: Floor) -> None:
    angry = customer(floor, "怒")
    complain(floor, angry, urgent=False)
    task(floor, "小李的事", NOW)
    assert [item.kind for item in today(floor, floor.manager)] == ["complaint"]


def test_what_cannot_wait_on_a_day_off(floor: Floor) -> None:
    assert not agenda.cannot_wait(today(floor), floor.rep, NOW)
    wanted = Todo("不急", NOW, False)
    floor.write(lambda db: promises.add(db, floor.rep, None, None, wanted, "follow_up", NOW))
    task(floor, "前天的", NOW - timedelta(days=2))
    assert not agenda.cannot_wait(today(floor), floor.rep, NOW)
    day = task(floor, "说好今天提醒", NOW, has_time=False)
    assert agenda.cannot_wait(today(floor), floor.rep, NOW)
    floor.write(lambda db: tasks.complete(db, floor.rep, day, NOW))
    assert not agenda.cannot_wait(today(floor), floor.rep, NOW)
    task(floor, "准点", NOW + timedelta(hours=1))
    assert agenda.cannot_wait(today(floor), floor.rep, NOW)


def test_what_is_told_as_finished_finds_its_task(floor: Floor) -> None:
    for what in ("交周报", "给张伟回电话", "寄样品"):
        task(floor, what, NOW)
    mine = floor.read(lambda db: tasks.find_open(db, floor.rep))

    def matched(words: str) -> list[str]:
        return [errand.task.what for errand in tasks.matching(mine, words, None)]

    assert matched("周报交") == ["交周报"]
    assert matched("样品寄出去") == ["寄样品"]
    assert matched("给张伟的电话打") == ["给张伟回电话"]
    assert matched("合同签") == []

"""The day's order: hours first, then what nothing else tells; within each by value × urgency × ease, hand-computed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from almanac.birthdays import Birthday
from crm import agenda, customers, promises, task_words, tasks
from crm.customers import Profile
from crm.database import Database
from crm.day_items import Day, Item
from crm.members import Actor
from crm.promises import Todo
from crm.tables import Complaint, Customer, CustomerSummary, Note, Task
from handlers.texts import agenda as texts
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


def promise(floor: Floor, kind: str) -> None:
    floor.write(lambda db: promises.add(db, floor.rep, None, None, Todo(kind, NOW, False), kind, NOW))


def complain(floor: Floor, customer_id: int, urgent: bool) -> None:
    owner = floor.rep
    note = Note(team_id=owner.team_id, customer_id=customer_id, author_id=owner.member_id, text="坏了", created_at=NOW)
    floor.write(lambda db: db.add(note))
    case = {"team_id": owner.team_id, "customer_id": customer_id, "urgent": urgent, "opened_at": NOW}
    floor.write(lambda db: db.add(Complaint(note_id=note.note_id, **case)))


def today(floor: Floor, actor: Actor | None = None, now: datetime = NOW) -> list[Item]:
    return day(floor, actor, now).items


def day(floor: Floor, actor: Actor | None = None, now: datetime = NOW) -> Day:
    return floor.read(lambda db: agenda.today(db, actor or floor.rep, now))


def test_hours_and_days_go_first_then_value_times_urgency_times_ease(floor: Floor) -> None:
    high = customer(floor, "高", "high_stable")
    plain = customer(floor, "平", "no_value")
    risky = customer(floor, "险", "high_at_risk", churn_probability=0.8, value_fen=100)
    customer(floor, "寿", "low_stable", Birthday("solar", 3, 18))
    customer(floor, "近", "high_stable", Birthday("solar", 3, 20))
    complain(floor, high, urgent=True)
    task(floor, "拖", NOW - timedelta(days=2), plain)
    task(floor, "当天", NOW, high, has_time=False)
    task(floor, "今晚", NOW + timedelta(hours=6), high)
    task(floor, "今", NOW + timedelta(hours=2), plain)
    expected = [
        ("今", plain, 1 * 3 * 1.2),
        ("今晚", high, 3 * 3 * 1.2),
        ("complaint", high, 3 * 4 * 0.9),
        ("当天", high, 3 * 2.5 * 1.2),
        ("birthday", None, 2 * 3 * 1.5),
        ("risk", risky, 3 * 1.8 * 1.0),
        ("拖", plain, 1 * 3.2 * 1.2),
        ("birthday", None, 3 * 1 * 1.5),
    ]
    found = today(floor)
    assert [item.words if item.task else item.kind for item in found] == [kind for kind, _, _ in expected]
    assert [item.score for item in found] == pytest.approx([score for _, _, score in expected])


def test_what_is_overdue_never_owns_the_day(floor: Floor) -> None:
    for number in range(15):
        task(floor, f"拖{number}", NOW - timedelta(days=20 - number))
    now_due = task(floor, "今天的", NOW, has_time=False)
    found = day(floor)
    assert found.items[0].task is not None
    assert found.items[0].task.task_id == now_due
    assert len(found.items) == 3
    assert found.overdue == 13
    oldest = floor.read(lambda db: agenda.find_overdue(db, floor.rep, NOW, 2))
    assert [errand.task.what for errand in oldest] == ["拖0", "拖1"]
    moved = floor.write(lambda db: agenda.put_off(db, floor.rep, oldest[0].task.task_id, NOW)).task
    assert floor.rep.local(moved.due_at).isoformat()[:16] == "2026-03-19T10:30"
    assert day(floor).overdue == 12


def test_hundreds_of_overdue_tasks_hide_none_of_today(floor: Floor) -> None:
    for _ in range(agenda.LOOKED_AT + 1):
        task(floor, "拖", NOW - timedelta(days=3))
    task(floor, "今天的", NOW)
    assert day(floor).items[0].words == "今天的"
    assert day(floor).overdue == agenda.LOOKED_AT - 1


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


def test_a_solved_complaint_waits_behind_open_ones_until_the_customer_is_told(floor: Floor) -> None:
    def stage(which: str) -> None:
        floor.write(lambda db: db.execute(update(Complaint).where(Complaint.customer_id == solved).values(stage=which)))

    solved, angry = customer(floor, "好"), customer(floor, "怒")
    complain(floor, solved, urgent=True)
    complain(floor, angry, urgent=False)
    stage("resolved")
    found = today(floor)
    assert [item.customer and item.customer.customer_id for item in found] == [angry, solved]
    lines = [texts.line(item, floor.rep.zone, NOW) for item in found]
    assert "投诉未结：怒" in lines[0]
    assert "投诉已解决，还没告诉客户：好" in lines[1]
    stage("told")
    assert [item.customer and item.customer.customer_id for item in today(floor)] == [angry]


def test_what_cannot_wait_on_a_day_off(floor: Floor) -> None:
    def urgent() -> list[str]:
        return [item.words or item.kind for item in agenda.that_cannot_wait(today(floor), floor.rep, NOW)]

    assert urgent() == []
    task(floor, "前天的", NOW - timedelta(days=2))
    complain(floor, customer(floor, "险", "high_at_risk", churn_probability=0.8, value_fen=100), urgent=True)
    customer(floor, "近", born=Birthday("solar", 3, 20))
    assert urgent() == []
    said = task(floor, "说好今天提醒", NOW, has_time=False)
    assert urgent() == ["说好今天提醒"]
    floor.write(lambda db: tasks.complete(db, floor.rep, said, NOW))
    assert urgent() == []
    for kind in ("follow_up", "promise"):
        promise(floor, kind)
    assert urgent() == ["follow_up", "promise"], "a day that a note names is one that somebody waits for"
    floor.write(lambda db: db.execute(update(Task).where(Task.kind != "reminder").values(done_at=NOW)))
    task(floor, "准点", NOW + timedelta(hours=1))
    customer(floor, "寿", born=Birthday("solar", 3, 18))
    assert urgent() == ["准点", "birthday"]


def test_what_is_told_as_finished_finds_its_task(floor: Floor) -> None:
    for what in ("交周报", "给张伟回电话", "寄样品"):
        task(floor, what, NOW)
    mine = floor.read(lambda db: tasks.find_open(db, floor.rep))

    def matched(words: str) -> list[str]:
        return [errand.task.what for errand in task_words.matching(mine, words, None)]

    assert matched("周报交") == ["交周报"]
    assert matched("样品寄出去") == ["寄样品"]
    assert matched("给张伟的电话打") == ["给张伟回电话"]
    assert matched("合同签") == []

"""Who has what: everything of a leaver goes along by what the tables say, and comes back as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from crm import belongings, briefs, candidates, handovers, members, outbox, pool, successions, tasks, transfers
from crm.belongings import CUSTOMER
from crm.database import Database
from crm.tables import (
    Complaint,
    Customer,
    Deal,
    Note,
    Outbox,
    Table,
    Task,
    Transfer,
    Visit,
)
from nlp import conditions
from tests.crm.people import NOW, Floor, seat, todo

# Columns that end in _id and hold no member of ours.
OTHERS = (
    *("user_id", "used_by_user_id", "chat_id", "message_id", "source_chat_id", "source_message_id", "thread_id"),
    *("update_id", "bot_id", "draft_id", "other_id", "replaces_id", "cause_id", "case_id", "row_id"),
    *("current_customer_id", "next_task_id", "last_correction_id"),
)


def test_every_column_that_holds_a_member_either_goes_along_or_stays() -> None:
    keys = {column.name for sheet in Table.metadata.tables.values() for column in sheet.primary_key.columns}
    moving = {one.kind for one in belongings.moving()} | set(belongings.NOT_MOVED)
    for sheet in Table.metadata.sorted_tables:
        for column in sheet.columns:
            refers = {key.column.table.name for key in column.foreign_keys}
            is_member = "member" in refers or column.name == "member_id"
            is_other = column.name in OTHERS or column.name in keys or bool(refers)
            if sheet.name == "member" or not (is_member or (column.name.endswith("_id") and not is_other)):
                continue
            kind = f"{sheet.name}.{column.name}"
            stays = column.name in belongings.STAYING or (
                column.name == "member_id" and sheet.name in belongings.STAYING_MEMBERS
            )
            assert (kind in moving) != stays, (
                f"{kind} holds a member: say in crm.belongings whether its rows go along when one leaves"
            )


@dataclass(frozen=True, slots=True)
class Shop:
    """Six customers of two reps and a manager with a task each, some with more, one without, one in the pool."""

    floor: Floor
    ids: list[int]
    people: list[members.Actor]


def shop(database: Database) -> Shop:
    floor = seat(database)
    people = [floor.rep, floor.rep2, floor.manager]
    ids = [floor.add(people[n % 3], f"客户{n}", region="苏州" if n % 2 else "无锡") for n in range(8)]

    def furnish(db: Session) -> None:
        db.get_one(Customer, ids[7]).owner_id = None
        for n, customer_id in enumerate(ids[:6]):
            tasks.add(db, people[n % 3], customer_id, todo(), NOW)
        tasks.add(db, floor.rep, None, todo("交周报"), NOW)
        tasks.add(db, floor.manager, ids[0], todo("看样"), NOW)  # the manager's own about a customer of the rep
        note = Note(
            team_id=floor.rep.team_id, customer_id=ids[0], author_id=floor.rep.member_id, text="坏", created_at=NOW
        )
        db.add(note)
        db.flush()
        about: dict[str, Any] = {"team_id": floor.rep.team_id, "customer_id": ids[0]}
        db.add(Complaint(**about, note_id=note.note_id, opened_at=NOW, assignee_id=floor.rep.member_id))
        days = {"planned_on": NOW.date(), "first_planned_on": NOW.date(), "created_by_id": 1, "created_at": NOW}
        for member in (floor.rep, floor.rep2):  # both go there: one of the visits cannot move
            db.add(Visit(**about, member_id=member.member_id, place="苏州", **days))
        db.add(Visit(team_id=floor.rep.team_id, member_id=floor.rep.member_id, place="园区", **days))
        row = {"expected_on": NOW.date(), "stage": "报价", "created_by_id": 1, "created_at": NOW, "moved_at": NOW}
        db.add(Deal(**about, amount_fen=100, **row))
        push = outbox.Planned("birthday:1", "birthday", floor.rep.team_id, 2, NOW, {}, floor.rep.member_id, ids[0])
        outbox.enqueue(db, [push], NOW)

    floor.write(furnish)
    return Shop(floor, ids, people)


def state(db: Session) -> list[Any]:
    """Everything that says whose something is."""
    db.expire_all()
    rows = [
        tuple(row)
        for row in db.execute(
            select(Customer.customer_id, Customer.owner_id, Customer.assigned_at, Customer.lead_rung, Customer.stage)
        )
    ]
    for one in belongings.moving():
        rows += [(one.kind, *row) for row in db.execute(select(one.row_id, one.holder).order_by(one.row_id))]
    rows += [tuple(row) for row in db.execute(select(Outbox.outbox_id, Outbox.chat_id, Outbox.state))]
    return [*rows, *(tuple(row) for row in db.execute(select(Task.task_id, Task.due_at, Task.done_at)))]


ACT = st.tuples(st.sampled_from(["hand", "split", "give", "many", "offer", "release", "take"]), st.integers(0, 99))


def act(db: Session, made: Shop, kind: str, number: int) -> int | None:
    """The transfer, None where it cannot be."""
    boss, one, two = made.floor.manager, made.people[number % 3], made.people[(number // 3) % 3]
    customer_id = made.ids[number % 8]
    try:
        match kind:
            case "hand":
                return successions.hand_over(db, boss, one.member_id, [two.member_id], False, NOW)[0].transfer_id
            case "split":
                others = [each.member_id for each in made.people if each is not one]
                return successions.hand_over(db, boss, one.member_id, others, False, NOW)[0].transfer_id
            case "many":
                fits = conditions.read("地区=苏州" if number % 2 else "地区=无锡")
                return handovers.give_many(db, boss, fits, [made.floor.rep2.member_id], NOW).transfer_id
            case "give":
                handovers.give_customer(db, boss, customer_id, made.floor.rep.member_id, NOW)
            case "offer":
                asked, _, _ = handovers.offer(db, one, customer_id, made.floor.rep2.member_id, NOW)
                handovers.answer(db, made.floor.rep2, asked.transfer_id, True, NOW)
            case "release":
                pool.release(db, boss, customer_id, NOW)
            case "take":
                pool.take(db, made.floor.rep, customer_id, NOW)
    except (LookupError, ValueError, PermissionError):
        return None
    return db.scalar(select(Transfer.transfer_id).order_by(Transfer.transfer_id.desc()).limit(1))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACT, min_size=1, max_size=6))
def test_what_is_undone_in_turn_is_as_it_was(database: Database, acts: list[tuple[str, int]]) -> None:
    with Session(database.engine) as db:
        made = _MADE.get(id(database)) or _MADE.setdefault(id(database), shop(database))
        before = state(db)
        done: list[int] = []
        for kind, number in acts:
            transfer_id = act(db, made, kind, number)
            if transfer_id is not None and transfer_id not in done:
                done.append(transfer_id)
        assert done or state(db) == before
        for transfer_id in reversed(done):
            if db.get_one(Transfer, transfer_id).state == "done":
                transfers.undo(db, made.floor.manager, transfer_id, NOW + timedelta(days=6))
        assert state(db) == before
        db.rollback()


_MADE: dict[int, Shop] = {}


def test_what_went_on_since_stays_and_the_rest_comes_back(any_database: Database) -> None:
    made = shop(any_database)
    floor, boss = made.floor, made.floor.manager
    rep, rep2 = floor.rep.member_id, floor.rep2.member_id
    act_id = floor.write(lambda db: successions.hand_over(db, boss, rep, [rep2], False, NOW)[0].transfer_id)
    counts = floor.read(lambda db: db.get_one(Transfer, act_id).counts)
    assert counts == {
        **{CUSTOMER: 3, "task.assignee_id": 3, "complaint.assignee_id": 1},
        **{"visit.member_id": 1, belongings.OUTBOX: 1},  # of two visits one clashes with the taker's own
    }
    page = floor.read(lambda db: briefs.page(db, floor.rep2, db.get_one(Transfer, act_id), rep2, NOW, 5))
    assert page.total == 3
    assert page.lines[0].customer.customer_id == made.ids[0], "what is open comes first"
    assert (page.lines[0].tasks, page.lines[0].deals_fen) == (2, 100)
    floor.write(lambda db: handovers.give_customer(db, boss, made.ids[0], rep, NOW))  # there …
    floor.write(lambda db: handovers.give_customer(db, boss, made.ids[0], rep2, NOW))  # … and back again: it went on
    task = select(Task.task_id).where(Task.customer_id == made.ids[3], Task.assignee_id == rep2)
    floor.write(lambda db: tasks.complete(db, floor.rep2, db.scalars(task).one(), NOW) and None)
    undone = floor.write(lambda db: transfers.undo(db, boss, act_id, NOW + timedelta(days=7)))
    assert undone.back[CUSTOMER] == 2
    owners = floor.read(lambda db: dict(db.execute(select(Customer.customer_id, Customer.owner_id)).tuples().all()))
    assert [owners[made.ids[n]] for n in (0, 3, 6)] == [rep2, rep, rep]
    done = floor.read(lambda db: db.scalars(select(Task.assignee_id).where(Task.done_at.is_not(None))).one())
    assert done == rep2, "what is done stays whose it is"
    with pytest.raises(transfers.TransferOver):
        floor.write(lambda db: transfers.undo(db, boss, act_id, NOW))
    late = floor.write(lambda db: successions.hand_over(db, boss, rep, [rep2], False, NOW)[0].transfer_id)
    with pytest.raises(transfers.TooLateToUndo):
        floor.write(lambda db: transfers.undo(db, boss, late, NOW + timedelta(days=7, seconds=1)))
    with pytest.raises(transfers.TransferNotFound):
        floor.write(lambda db: transfers.undo(db, floor.outsider, late, NOW))


def test_who_suits_in_a_large_team_is_counted_once_a_day(database: Database) -> None:
    floor = seat(database)
    floor.add(floor.rep2, "王总")
    many = select(*(Customer.__table__.c[name] for name in ("team_id", "owner_id", "name", "relation", "stage")))
    columns = ("nicknames", "lunar_leap", "no_contact", "bad_payer", "lead_rung", "created_at", "updated_at")
    copied = many.add_columns(*(Customer.__table__.c[name] for name in columns))
    for _ in range(15):  # 32,768 customers of one rep
        database.write_now(lambda db: db.execute(insert(Customer).from_select(copied.selected_columns.keys(), copied)))
    takers = database.read_now(lambda db: members.present(db, floor.rep.team_id))

    def best(db: Session, day: int) -> list[int]:
        fits = candidates.ranked(db, floor.rep.team_id, None, takers, NOW + timedelta(days=day))
        return [fit.load for fit in fits if fit.member.member_id in (floor.rep.member_id, floor.rep2.member_id)]

    assert database.write_now(lambda db: best(db, 0)) == [0, 2**15]
    database.write_now(lambda db: db.execute(update(Customer).values(owner_id=floor.rep.member_id)) and None)
    assert database.read_now(lambda db: best(db, 0)) == [0, 2**15], "as it was kept"
    assert database.read_now(lambda db: candidates.ranked(db, floor.rep.team_id, None, takers, NOW)[-1].load) == 2**15
    again = database.write_now(
        lambda db: candidates.ranked(db, floor.rep.team_id, None, takers, NOW + timedelta(days=1))
    )
    assert {fit.member.member_id: fit.load for fit in again}[floor.rep.member_id] == 2**15

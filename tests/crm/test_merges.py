"""A merge moves what every table knows of a customer, and its undo gives both records back as they were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Column, Date, Float, LargeBinary, insert, or_, select
from sqlalchemy import Table as Sheet
from sqlalchemy.orm import Session

from crm import customers, duplicates, erasing, members, merge_fields, merges, merging, notes, orders
from crm.customers import CustomerMerged, CustomerNotFound, Origin, Profile
from crm.database import Database
from crm.members import Actor
from crm.merges import MergedOn, MergeNotFound, MergeOver, SameCustomer, TooLateToUnmerge
from crm.orders import NewOrder
from crm.tables import Customer, CustomerPhone, CustomerSummary, Statement, Table, Task, TwinPair
from crm.tables.base import Instant
from tests.crm import people
from tests.crm.people import NOW, Floor

LATER = NOW + timedelta(days=1)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.long])])
def floor(request: pytest.FixtureRequest) -> Iterator[Floor]:
    if request.param == "sqlite":
        yield people.seat(request.getfixturevalue("database"))
        return
    opened = Database(request.getfixturevalue("migrated_postgres_url"))
    opened.migrate()
    yield people.seat(opened)
    opened.close()


def merged(floor: Floor, actor: Actor, kept_id: int, gone_id: int, flips: int = 0, now: datetime = NOW) -> int:
    """The id of the merge."""
    return floor.write(lambda db: merges.merge(db, actor, kept_id, gone_id, flips, now).customer_merge_id)


def undone(floor: Floor, actor: Actor, merge_id: int, now: datetime = NOW) -> None:
    """The merge is undone."""
    floor.write(lambda db: merges.undo(db, actor, merge_id, now))


def filled(column: Column[Any], ids: dict[str, int]) -> Any:
    """Some value that fits the column."""
    for key in column.foreign_keys:
        return ids[key.column.table.name]
    known: dict[type, Any] = {Instant: NOW, JSON: {}, Boolean: False, Date: date(2026, 3, 1), Float: 0.5}
    known |= {LargeBinary: b"x"}
    for kind, value in known.items():
        if isinstance(column.type, kind):
            return value
    return f"x{ids['next']}"[:4] if column.type.python_type is str else ids["next"]


def rows_in_every_table(db: Session, actor_id: int, team_id: int, customer_id: int, other_id: int) -> list[str]:
    """One row about the customer in each table that has such rows, whatever the table: their names."""
    ids = {"team": team_id, "member": actor_id, "customer": customer_id, "next": 900}
    made = []
    wanted = {reference.sheet.name: reference for reference in merging.references()}
    for sheet in Table.metadata.sorted_tables:
        if sheet.name in ids or sheet.name in merging.STAYING:
            continue
        ids["next"] += 1
        about = wanted[sheet.name].columns if sheet.name in wanted else ()
        values = {c.name: filled(c, ids) for c in sheet.columns if not c.nullable and not _grows(c)}
        values |= {column.name: other_id for column in about[1:]} | ({about[0].name: customer_id} if about else {})
        values |= {"team_id": team_id} if "team_id" in sheet.columns else {}
        (row_id, *_) = db.execute(insert(sheet).values(values).returning(*sheet.primary_key.columns)).one()
        ids[sheet.name] = row_id
        made += [sheet.name] if about else []
    return made


def _grows(column: Column[Any]) -> bool:
    return column.primary_key and column.name == f"{column.table.name}_id"


def about(db: Session, customer_id: int) -> dict[str, list[Any]]:
    """Table → its rows about the customer, but for those that are made anew for each record."""
    found = {}
    for one in merging.references():
        rows = db.execute(select(one.sheet).where(or_(*(column == customer_id for column in one.columns)))).all()
        if rows and one.sheet.name != "customer_phone":
            found[one.sheet.name] = sorted(map(tuple, rows), key=repr)
    return found


def test_every_table_that_speaks_of_customers_is_found() -> None:
    named = {reference.sheet.name for reference in merging.references()} | set(merging.STAYING)
    for sheet in Table.metadata.sorted_tables:
        refers = any(key.column.table.name == "customer" for column in sheet.columns for key in column.foreign_keys)
        if refers or "customer_id" in sheet.columns:
            assert sheet.name in (*named, "customer"), sheet.name


def test_every_row_moves_and_comes_back(floor: Floor) -> None:
    kept_id, gone_id, third_id = (floor.add(floor.rep, name) for name in ("王总", "王建国", "李四"))

    def fill(db: Session) -> list[str]:
        return rows_in_every_table(db, floor.rep.member_id, floor.rep.team_id, gone_id, third_id)

    made = floor.write(fill)
    assert len(made) > 15
    before = floor.read(lambda db: about(db, gone_id))
    kept_before = floor.read(lambda db: about(db, kept_id))
    merge_id = merged(floor, floor.rep, kept_id, gone_id)
    assert floor.read(lambda db: about(db, gone_id)) == {}
    assert set(floor.read(lambda db: about(db, kept_id))) == set(before)
    undone(floor, floor.rep, merge_id, LATER)
    assert floor.read(lambda db: about(db, gone_id)) == before
    assert floor.read(lambda db: about(db, kept_id)) == kept_before


def test_what_both_have_stays_apart_and_the_newer_statement_holds(floor: Floor) -> None:
    kept_id, gone_id = floor.add(floor.rep, "王总"), floor.add(floor.rep, "王建国")

    def fill(db: Session) -> None:
        for customer_id, value, at in ((kept_id, "wechat", NOW), (gone_id, "phone", LATER)):
            values = {"team_id": floor.rep.team_id, "customer_id": customer_id, "name": "channel", "value": value}
            db.add(Statement(**values, member_id=floor.rep.member_id, stated_at=at))
        for one in ("first", "second"):
            _same_matter(db, floor, kept_id if one == "first" else gone_id)

    def said(db: Session) -> dict[int, str]:
        return dict(db.execute(select(Statement.customer_id, Statement.value)).tuples().all())

    floor.write(fill)
    merge_id = merged(floor, floor.rep, kept_id, gone_id)
    assert floor.read(said)[kept_id] == "phone"
    undone(floor, floor.rep, merge_id, NOW)
    assert floor.read(said) == {kept_id: "wechat", gone_id: "phone"}


def _same_matter(db: Session, floor: Floor, customer_id: int) -> None:
    sheet: Sheet = Table.metadata.tables["touch"]
    values = {"team_id": floor.rep.team_id, "customer_id": customer_id, "matter": "festival:x", "touched_at": NOW}
    db.execute(insert(sheet).values(**values, channel="message"))


def test_sums_fields_numbers_and_owner_are_of_the_one_who_stays(floor: Floor) -> None:
    kept_id = floor.add(floor.rep, "王总", "13800138000", company="美达")
    gone_id = floor.add(floor.rep2, "王建国", "13900139000", company="上海美达五金有限公司", wechat="wjg", title="经理")

    def live(db: Session) -> None:
        for actor, customer_id, fen in ((floor.rep, kept_id, 10_000), (floor.rep2, gone_id, 20_000)):
            orders.add(db, actor, customer_id, NewOrder(fen, date(2026, 3, fen // 10_000), None, None), NOW)
            notes.add(db, actor, customer_id, "太慢了要投诉", people.tags("complaint"), NOW, Origin())
        task = Task(team_id=floor.rep.team_id, customer_id=gone_id, assignee_id=floor.rep2.member_id, kind="follow_up")
        task.created_by_id, task.what, task.due_at, task.created_at = floor.rep2.member_id, "回访", LATER, NOW
        db.add(task)

    def state(db: Session) -> tuple[Any, ...]:
        row, summary = db.get_one(Customer, kept_id), db.get_one(CustomerSummary, kept_id)
        fields = (row.name, row.company, row.wechat, row.title, row.nicknames)
        return fields, customers.phones(db, kept_id), summary.total_fen, summary.open_complaints, summary.purchase_days

    floor.write(live)
    before = floor.read(state)
    merge_id = merged(floor, floor.manager, kept_id, gone_id)
    assert floor.read(state) == (
        ("王建国", "上海美达五金有限公司", "wjg", "经理", ["王总"]),
        ["13800138000", "13900139000"],
        30_000,
        2,
        2,
    )
    assert floor.read(lambda db: set(db.scalars(select(Task.assignee_id)))) == {floor.rep.member_id}
    with pytest.raises(CustomerMerged) as merged_into:
        floor.read(lambda db: customers.get(db, floor.rep, gone_id))
    assert merged_into.value.args == (kept_id, "王建国")
    with pytest.raises(CustomerNotFound):
        floor.read(lambda db: customers.get(db, floor.rep2, gone_id))
    undone(floor, floor.manager, merge_id, NOW)
    assert floor.read(state) == before
    assert floor.read(lambda db: set(db.scalars(select(Task.assignee_id)))) == {floor.rep2.member_id}
    assert floor.read(lambda db: customers.get(db, floor.rep2, gone_id).name) == "王建国"
    assert floor.read(lambda db: len(list(db.scalars(select(CustomerPhone.phone))))) == 2


def test_who_may_merge_what_and_undo_it_when(floor: Floor) -> None:
    mine, other = floor.add(floor.rep, "王总"), floor.add(floor.rep, "王建国")
    theirs, third = floor.add(floor.rep2, "王总"), floor.add(floor.rep, "王先生")
    for kept_id, gone_id, error in ((mine, theirs, CustomerNotFound), (mine, mine, SameCustomer)):
        with pytest.raises(error):
            merged(floor, floor.rep, kept_id, gone_id)
    merge_id = merged(floor, floor.rep, mine, other)
    with pytest.raises(SameCustomer):  # a second press
        merged(floor, floor.rep, mine, other)
    for actor in (floor.rep2, floor.outsider):
        with pytest.raises(MergeNotFound):
            undone(floor, actor, merge_id)
    with pytest.raises(TooLateToUnmerge):
        undone(floor, floor.rep, merge_id, NOW + timedelta(days=7, seconds=1))
    second = merged(floor, floor.rep, third, mine)
    with pytest.raises(CustomerMerged) as into:
        floor.read(lambda db: customers.get(db, floor.rep, other))
    assert into.value.args[0] == third
    assert floor.read(lambda db: [row.customer_id for row in merges.parts(db, third)]) == [mine, other]
    with pytest.raises(MergedOn):
        undone(floor, floor.rep, merge_id, NOW)
    for one in (second, merge_id):
        undone(floor, floor.rep, one)
    with pytest.raises(MergeOver):
        undone(floor, floor.rep, merge_id, NOW)


def test_conflicts_are_told_and_can_be_decided(floor: Floor) -> None:
    kept_id = floor.add(floor.rep, "王建国", company="上海美达", wechat="old", region="上海")

    def newer(db: Session) -> int:
        profile = Profile("王建国", company="苏州恒力", wechat="new", region="上海嘉定")
        return customers.add(db, floor.rep, profile, LATER).customer_id

    gone_id = floor.write(newer)
    found = floor.read(lambda db: merges.choice(db, floor.rep, kept_id, gone_id).plan)
    assert [(one.name, one.takes_gone) for one in found.conflicts] == [("company", True), ("wechat", True)]
    merged(floor, floor.rep, kept_id, gone_id, 0b10, LATER)
    row = floor.read(lambda db: db.get_one(Customer, kept_id))
    assert (row.company, row.wechat, row.region) == ("苏州恒力", "old", "上海嘉定")


def test_pairs_are_found_dismissed_for_good_and_seen_by_who_may(floor: Floor) -> None:
    one = floor.add(floor.rep, "王总", "13800138000", company="上海美达")
    other = floor.add(floor.rep, "王建国", "13800138000", company="上海美达五金有限公司")
    floor.add(floor.rep2, "小王", "13800138000")

    def look(db: Session, at: datetime = NOW) -> None:
        found = duplicates.look(db, floor.rep.team_id, at)
        assert found is not None
        duplicates.put(db, floor.rep.team_id, found)

    floor.write(look)
    (mine,) = floor.read(lambda db: duplicates.page(db, floor.rep, 5, 0))
    assert {mine.one.customer_id, mine.other.customer_id} == {one, other}
    assert floor.read(lambda db: duplicates.count(db, floor.manager)) == 3
    assert floor.read(lambda db: duplicates.count(db, floor.outsider)) == 0
    for actor in (floor.rep2, floor.outsider):
        with pytest.raises(duplicates.PairNotFound):
            floor.write(partial(duplicates.dismiss, actor=actor, pair_id=mine.pair.twin_pair_id, now=NOW))
    floor.write(lambda db: duplicates.dismiss(db, floor.rep, mine.pair.twin_pair_id, NOW))
    floor.write(lambda db: setattr(db.get_one(Customer, one), "updated_at", LATER))
    floor.write(lambda db: look(db, LATER))
    assert floor.read(lambda db: duplicates.count(db, floor.rep)) == 0
    third = floor.add(floor.rep, "王建国", "13800138000")
    merged(floor, floor.rep, third, one, 0, LATER)
    told_apart = floor.read(lambda db: db.scalars(select(TwinPair).where(TwinPair.high_id == third)).all())
    assert [(row.low_id, row.state) for row in told_apart] == [(other, "dismissed")]


def test_who_is_erased_is_gone_with_every_record_merged_into_him(floor: Floor) -> None:
    kept_id, gone_id = floor.add(floor.rep, "王总", "13800138000"), floor.add(floor.rep, "王建国", "13900139000")
    other_id = floor.add(floor.rep, "李娜")
    merged(floor, floor.rep, kept_id, gone_id)
    floor.write(lambda db: erasing.erase(db, members.acting(db, 1, NOW), kept_id, NOW))
    assert floor.read(lambda db: list(db.scalars(select(Customer.customer_id)))) == [other_id]
    assert floor.read(lambda db: list(db.scalars(select(CustomerPhone.phone)))) == []


@pytest.mark.parametrize(
    ("kept", "gone", "name"),
    [
        ("老陈", "陈总", "老陈"),
        ("陈总", "老陈", "陈总"),
        ("陈总", "陈志强", "陈志强"),
        ("陈志强", "陈总", "陈志强"),
        ("陈志强", "老陈", "陈志强"),
    ],
)
def test_of_two_ways_of_address_the_kept_record_keeps_its_own(kept: str, gone: str, name: str) -> None:
    older, newer = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
    one, other = (
        Customer(name=called, nicknames=[], stage="lead", relation="business", created_at=at, updated_at=at)
        for called, at in ((kept, older), (gone, newer))
    )
    assert merge_fields.plan(one, other).values["name"] == name

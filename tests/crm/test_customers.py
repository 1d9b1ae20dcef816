"""Customers: who sees them, the same number, undo, restore, the right person."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import select

from almanac.birthdays import Birthday
from crm import cards, complaint_lists, complaints, customers, leads, notes, profile_fields, withdrawals
from crm.customers import CustomerNotFound, Origin, Profile
from crm.database import Database
from crm.leads import Entry, KnownAlready, Saved, WithColleague
from crm.members import Actor
from crm.profile_fields import FieldRefused
from crm.tables import Customer, CustomerSummary, Draft, Task
from crm.withdrawals import NothingToRestore, TooLateToUndo
from tests.crm.people import NOW, Floor, seat, tags, todo


@pytest.fixture
def floor(database: Database) -> Floor:
    return seat(database)


WANG = Entry(
    Profile("王总", ("13800138000",), "上海美达", "采购经理", birthdays=(Birthday("lunar", 8, 15),)),
    typed="王总 13800138000 上海美达 嫌交期慢 下周三回访",
    note="嫌交期慢",
    said=tags("complaint", topics=("delivery",), sentiment="negative"),
    todo=todo(),
)


def get(floor: Floor, actor: Actor, customer_id: int) -> Customer:
    return floor.read(lambda db: customers.get(db, actor, customer_id))


def summary(floor: Floor, customer_id: int) -> CustomerSummary:
    return floor.read(lambda db: db.get_one(CustomerSummary, customer_id))


def test_an_entry_is_a_customer_with_note_tags_complaint_and_task(floor: Floor) -> None:
    saved = floor.enter(floor.rep, WANG)
    card = floor.read(lambda db: cards.get(db, floor.rep, saved.customer.customer_id, NOW))
    assert card.phones == ["13800138000"]
    assert [(note.text, [tag.label for tag in found]) for note, found in card.notes] == [
        ("嫌交期慢", ["complaint", "delivery"])
    ]
    assert [task.what for task in card.tasks] == ["回访"]
    assert len(card.complaints) == 1
    assert card.summary is not None
    assert card.summary.open_complaints == 1
    assert str(card.next_birthday) == "2026-09-25"
    assert card.owner is None
    seen_by_manager = floor.read(lambda db: cards.get(db, floor.manager, saved.customer.customer_id, NOW))
    assert seen_by_manager.owner == "小李"


def test_only_the_owner_and_the_managers_of_the_team_see_a_customer(floor: Floor) -> None:
    customer_id = floor.add(floor.rep, "张伟")
    for actor in (floor.rep, floor.manager):
        assert get(floor, actor, customer_id).name == "张伟"
    for actor in (floor.rep2, floor.outsider):
        with pytest.raises(CustomerNotFound):
            get(floor, actor, customer_id)
    with pytest.raises(CustomerNotFound):
        floor.read(lambda db: customers.get(db, floor.rep, 999))


def test_the_holder_of_a_number_is_named_only_to_who_may_see_him(floor: Floor) -> None:
    customer_id = floor.add(floor.rep, "张伟", "13800138000")

    def again(actor: Actor) -> leads.Outcome:
        return floor.write(lambda db: leads.save(db, actor, WANG, NOW, Origin(1, 1)))

    own, manager, colleague, outsider = map(again, (floor.rep, floor.manager, floor.rep2, floor.outsider))
    assert isinstance(own, KnownAlready)
    assert own.customer.customer_id == customer_id
    assert isinstance(manager, KnownAlready)
    assert manager.owner == "小李"
    assert isinstance(colleague, WithColleague)
    assert isinstance(outsider, Saved)
    typed = floor.read(lambda db: set(db.scalars(select(Draft.text))))
    assert typed == {WANG.typed}


def test_the_same_wechat_is_the_same_person(floor: Floor) -> None:
    floor.add(floor.rep, "张伟", wechat="ZhangWei88")
    entry = Entry(Profile("老张", wechat="zhangwei88"), typed="老张 wx:zhangwei88")
    assert isinstance(floor.write(lambda db: leads.save(db, floor.rep, entry, NOW, Origin(1, 1))), KnownAlready)


def test_a_namesake_is_saved_with_a_warning_a_colleagues_is_not_told(floor: Floor) -> None:
    twin = floor.add(floor.rep, "张伟", company="宏达")
    floor.add(floor.rep2, "李娜")
    assert [t.customer_id for t in floor.enter(floor.rep, Entry(Profile("张伟"), typed="张伟")).twins] == [twin]
    assert floor.enter(floor.rep, Entry(Profile("李娜"), typed="李娜")).twins == []


def test_undo_takes_note_task_and_complaint_along_and_restore_brings_them_back(any_database: Database) -> None:
    floor = seat(any_database)
    saved = floor.enter(floor.rep, WANG)
    customer_id = saved.customer.customer_id
    floor.write(lambda db: withdrawals.remove(db, floor.rep, customer_id, NOW))
    floor.write(lambda db: withdrawals.remove(db, floor.rep, customer_id, NOW))
    with pytest.raises(CustomerNotFound):
        floor.read(lambda db: cards.get(db, floor.rep, customer_id, NOW))
    assert floor.read(lambda db: db.scalar(select(Task.cancelled_at))) == NOW
    assert summary(floor, customer_id).open_complaints == 0
    floor.write(lambda db: withdrawals.restore(db, floor.rep, customer_id))
    card = floor.read(lambda db: cards.get(db, floor.rep, customer_id, NOW))
    assert (len(card.notes), len(card.tasks), len(card.complaints)) == (1, 1, 1)
    assert summary(floor, customer_id).open_complaints == 1
    with pytest.raises(NothingToRestore):
        floor.write(lambda db: withdrawals.restore(db, floor.rep, customer_id))


def test_a_customer_with_a_history_is_not_undone(floor: Floor) -> None:
    customer_id = floor.enter(floor.rep, WANG).customer.customer_id
    floor.write(lambda db: notes.add(db, floor.rep, customer_id, "又来电话", None, NOW, Origin()))
    with pytest.raises(TooLateToUndo):
        floor.write(lambda db: withdrawals.remove(db, floor.rep, customer_id, NOW))


def test_nobody_else_undoes_or_restores(floor: Floor) -> None:
    customer_id = floor.enter(floor.rep, WANG).customer.customer_id
    for actor in (floor.rep2, floor.outsider):
        with pytest.raises(CustomerNotFound):
            floor.write(partial(withdrawals.remove, actor=actor, customer_id=customer_id, now=NOW))


def test_folding_moves_everything_to_the_customer_known_already(any_database: Database) -> None:
    floor = seat(any_database)
    known = floor.add(floor.rep, "王建国", company="上海美达")
    new = floor.enter(floor.rep, WANG).customer.customer_id
    floor.write(lambda db: withdrawals.fold(db, floor.rep, new, known, NOW))
    card = floor.read(lambda db: cards.get(db, floor.rep, known, NOW))
    assert card.customer.name == "王建国"
    assert card.customer.title == "采购经理"
    assert card.phones == ["13800138000"]
    assert (len(card.notes), len(card.tasks), len(card.complaints)) == (1, 1, 1)
    assert summary(floor, known).open_complaints == 1
    with pytest.raises(CustomerNotFound):
        floor.read(lambda db: customers.get(db, floor.rep, new))


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("phone", "138abc", "unreadable"),
        ("phone", "13900139000", "taken"),
        ("birthday", "2月30日", "impossible"),
        ("birthday", "昨天吧", "unreadable"),
        ("email", "不是邮箱", "unreadable"),
        ("wechat", "微信", "unreadable"),
        ("gender", "随便", "unreadable"),
        ("name", "12345", "unreadable"),
        ("name", "张" * 61, "too_long"),
        ("title", " ", "empty"),
    ],
)
def test_a_value_that_is_none_is_refused_and_nothing_changes(floor: Floor, field: str, text: str, reason: str) -> None:
    floor.add(floor.rep2, "别人的", "13900139000")
    customer_id = floor.add(floor.rep, "张伟", "13800138000")
    with pytest.raises(FieldRefused) as refused:
        floor.write(lambda db: profile_fields.change(db, floor.rep, customer_id, field, text, NOW))
    assert refused.value.reason == reason
    assert floor.read(lambda db: customers.phones(db, customer_id)) == ["13800138000"]


def test_fields_are_changed_and_emptied(floor: Floor) -> None:
    customer_id = floor.add(floor.rep, "张伟", "13800138000", company="宏达")
    for field, text in (
        ("phone", "139 1234 5678"),
        ("birthday", "农历八月十五"),
        ("email", "a.b@c.cn"),
        ("source", "展会认识的"),
        ("company", "清空"),
    ):
        change = partial(
            profile_fields.change, actor=floor.rep, customer_id=customer_id, name=field, text=text, now=NOW
        )
        floor.write(change)
    card = floor.read(lambda db: cards.get(db, floor.rep, customer_id, NOW))
    assert card.phones == ["13912345678"]
    assert card.birthdays == [Birthday("lunar", 8, 15)]
    assert (card.customer.email, card.customer.source, card.customer.company) == ("a.b@c.cn", "展会", None)


def test_a_complaint_is_closed_once_and_only_by_who_sees_it(floor: Floor) -> None:
    customer_id = floor.enter(floor.rep, WANG).customer.customer_id
    case = floor.read(lambda db: complaint_lists.find(db, floor.manager, "open", NOW))[0]
    complaint_id = case.complaint.complaint_id
    assert floor.read(lambda db: complaint_lists.find(db, floor.rep2, "open", NOW)) == []
    with pytest.raises(complaints.ComplaintNotFound):
        floor.write(lambda db: complaints.close(db, floor.rep2, complaint_id, NOW))
    for _ in range(2):
        floor.write(lambda db: complaints.close(db, floor.rep, complaint_id, NOW))
    assert summary(floor, customer_id).open_complaints == 0
    floor.write(lambda db: complaints.reopen(db, floor.rep, complaint_id, NOW))
    assert floor.read(lambda db: complaint_lists.count_open(db, floor.rep)) == 1
    assert summary(floor, customer_id).open_complaints == 1

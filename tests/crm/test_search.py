"""Finding customers: Chinese, pinyin, initials, tails, companies; nearest names when none fits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from crm import namesakes, search, understanding
from crm.database import Database
from crm.members import Actor
from crm.tables import Customer, CustomerSummary, SearchKey
from crm.understanding import Message
from tests.crm.people import NOW, Floor, seat


@pytest.fixture
def floor(database: Database) -> Floor:
    return furnished(database)


def furnished(database: Database) -> Floor:
    made = seat(database)
    made.add(made.rep, "张伟", "13800138000", company="上海宏达科技", title="采购经理")
    made.add(made.rep, "王建国", "13911112222", company="苏州美达五金", title="总经理")
    made.add(made.rep, "Tom Lee", company="Apex Trading")
    made.add(made.rep2, "张薇", "13700008000", company="北京鸿远贸易")
    made.add(made.rep, "单雄信")
    return made


def names(floor: Floor, actor: Actor, query: str) -> list[str]:
    return [c.name for c in floor.read(lambda db: search.find(db, actor, query)).customers]


WAYS = [
    ("张伟", "张伟"),
    ("zw", "张伟"),
    ("zhangwei", "张伟"),
    ("Zhang Wei", "张伟"),
    ("zhangw", "张伟"),
    ("8000", "张伟"),
    ("13800138000", "张伟"),
    ("138 0013 8000", "张伟"),
    ("1380013", "张伟"),
    ("宏达", "张伟"),
    ("上海宏达科技", "张伟"),
    ("王总", "王建国"),
    ("美达", "王建国"),
    ("建国", "王建国"),
    ("tom", "Tom Lee"),
    ("apex trading", "Tom Lee"),
    ("shanxiongxin", "单雄信"),
    ("danxiongxin", "单雄信"),
    ("张卫", "张伟"),
]
ODD = ["", "  ", "'; DROP TABLE customer; --", "%", "_", "<b>&", "😀", "张" * 500, "\x00"]


@pytest.mark.parametrize(("query", "name"), WAYS)
def test_a_rep_finds_his_customer(floor: Floor, query: str, name: str) -> None:
    assert names(floor, floor.rep, query) == [name]


def test_both_databases_find_alike(any_database: Database) -> None:
    floor = furnished(any_database)
    for query, name in WAYS:
        assert names(floor, floor.rep, query) == [name]
    for query in ODD:
        assert names(floor, floor.rep, query) in ([], ["张伟"])
    assert names(floor, floor.rep2, "8000") == ["张薇"]


def test_a_customer_named_by_a_number_is_found(floor: Floor) -> None:
    floor.add(floor.rep, "10457")
    assert names(floor, floor.rep, "10457") == ["10457"]


def test_nobody_finds_what_he_may_not_see(floor: Floor) -> None:
    assert names(floor, floor.rep2, "8000") == ["张薇"]
    assert names(floor, floor.outsider, "张伟") == []
    assert sorted(names(floor, floor.manager, "8000")) == ["张伟", "张薇"]


def test_the_nearest_names_are_offered_and_never_a_colleagues(floor: Floor) -> None:
    found = floor.read(lambda db: search.find(db, floor.rep, "王建果"))
    assert found.customers or [c.name for c in found.nearest] == ["王建国"]
    unknown = floor.read(lambda db: search.find(db, floor.rep, "王健民"))
    assert "张薇" not in [c.name for c in unknown.nearest]


@pytest.mark.parametrize("query", ODD)
def test_odd_queries_find_nothing_and_break_nothing(floor: Floor, query: str) -> None:
    assert names(floor, floor.rep, query) in ([], ["张伟"])


def test_hits_come_in_pages(floor: Floor) -> None:
    for number in range(10):
        floor.add(floor.rep, "陈晨", company=f"第{number}家")
    first = floor.read(lambda db: search.find(db, floor.rep, "陈晨", 7))
    second = floor.read(lambda db: search.find(db, floor.rep, "陈晨", 7, 7))
    assert (len(first.customers), first.more, len(second.customers), second.more) == (7, True, 3, False)


def test_a_message_touches_the_named_and_not_the_colleagues_customer(floor: Floor) -> None:
    seen = floor.read(lambda db: understanding.read(db, floor.rep, Message("宏达张伟嫌交期慢", 2), None, NOW))
    assert (seen.action, seen.customer.name if seen.customer else None) == ("note", "张伟")
    foreign = floor.read(lambda db: understanding.read(db, floor.rep2, Message("宏达张伟嫌交期慢", 3), None, NOW))
    assert foreign.customer is None


def test_a_part_of_a_name_that_was_found_calls_nobody_else(any_database: Database) -> None:
    floor = seat(any_database)
    for name in ("赵国明", "李国明", "赵国"):
        floor.add(floor.rep, name)

    def touched(text: str) -> list[str]:
        return [row.name for row in floor.read(lambda db: understanding.touched(db, floor.rep, text)).values()]

    assert touched("赵国明要报价") == ["赵国明"]
    assert sorted(touched("赵国明要报价，国明也要")) == ["李国明", "赵国明"]
    assert sorted(touched("国明要报价")) == ["李国明", "赵国明"]
    assert touched("赵国要报价") == ["赵国"]


def test_of_a_name_that_thousands_share_a_rep_finds_all_his_own(
    any_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(namesakes, "COMMON", 1)  # else it would take a thousand of the name to come this way
    floor = seat(any_database)
    for name in ("王建国", "王芳", "赵王"):
        floor.add(floor.rep, name)
    floor.add(floor.rep, "李四", nicknames=("王总",))
    floor.add(floor.rep, "孙六", company="王氏五金")
    floor.add(floor.rep2, "王五")
    assert names(floor, floor.rep, "王总") == ["李四", "赵王", "王芳", "王建国"]
    assert names(floor, floor.rep2, "王总") == ["王五"]
    assert names(floor, floor.rep, "王") == ["孙六", "王芳", "王建国"]
    assert names(floor, floor.rep2, "王丌") == []


def test_others_of_the_same_address_are_most_recently_active_first(any_database: Database) -> None:
    floor = seat(any_database)
    first, second, third, _ = (floor.add(floor.rep, name) for name in ("王建国", "王芳", "王伟", "李四"))
    floor.add(floor.rep2, "王五")

    def noted(customer_id: int, days: int) -> None:
        at = NOW - timedelta(days=days)
        floor.write(lambda db: setattr(db.get_one(CustomerSummary, customer_id), "last_note_at", at))

    noted(second, 2)
    noted(third, 1)

    def others(limit: int) -> list[str]:
        found = floor.read(lambda db: search.alike(db, floor.rep, db.get_one(Customer, first), limit))
        return [row.name for row in found]

    assert others(3) == ["王伟", "王芳"]
    assert others(1) == ["王伟"]


def _crowd(floor: Floor) -> None:
    """More are called 王总 in the team than are all looked at; none of them is the rep's."""
    row = {"team_id": floor.rep2.team_id, "customer_id": floor.add(floor.rep2, "王五"), "kind": "name", "key": "王总"}
    floor.write(lambda db: db.execute(insert(SearchKey), [row] * namesakes.COMMON) and None)


def _called(floor: Floor, actor: Actor) -> list[str]:
    return sorted(row.name for row in floor.read(lambda db: namesakes.called(db, actor, ["王总"], 60)))


def test_of_thousands_called_so_are_those_of_the_surname_the_very_name_or_a_nickname(any_database: Database) -> None:
    floor = seat(any_database)
    _crowd(floor)
    for name in ("王建国", "王总", "赵六", "欧阳王"):
        floor.add(floor.rep, name)
    floor.add(floor.rep, "李四", nicknames=("王总",))
    floor.add(floor.rep, "孙七", nicknames=("老孙",))
    assert _called(floor, floor.rep) == ["李四", "王建国", "王总"]
    assert _called(floor, floor.rep2) == ["王五"]
    assert _called(floor, floor.outsider) == []


def _steps(floor: Floor) -> int:
    """How many tens of steps of SQLite's machine the question takes."""
    taken = []
    with floor.database.engine.connect() as connection, Session(connection) as db:
        driver: Any = connection.connection.dbapi_connection
        driver.set_progress_handler(lambda: taken.append(1), 10)
        namesakes.called(db, floor.rep, ["王总"], 60)
        driver.set_progress_handler(None, 10)
    return len(taken)


def test_who_has_many_customers_waits_no_longer_for_one_of_a_common_name(database: Database) -> None:
    floor = seat(database)
    _crowd(floor)
    floor.add(floor.rep, "王建国")
    before = _steps(floor)
    mine = {"team_id": floor.rep.team_id, "owner_id": floor.rep.member_id, "created_at": NOW, "updated_at": NOW}
    floor.write(lambda db: db.execute(insert(Customer), [{**mine, "name": f"李{n}"} for n in range(2_000)]) and None)
    assert _steps(floor) < before * 1.2

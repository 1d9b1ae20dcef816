"""Targets by working days, and what each source of leads brought: every figure against one computed by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from crm import members, orders, settings, source_returns, sources, targets
from crm.database import Database
from crm.members import Actor
from crm.orders import NewOrder
from crm.sources import OwnSource
from crm.tables import Customer
from tests.crm import people
from tests.crm.people import NOW, Floor

WAN = 1_000_000  # fen
MARCH = date(2026, 3, 1)


@pytest.fixture
def floor(database: Database) -> Floor:
    return people.seat(database)


@pytest.fixture
def anywhere(any_database: Database) -> Floor:
    """The same, on SQLite and on PostgreSQL."""
    return people.seat(any_database)


def test_targets_go_by_working_days(floor: Floor) -> None:
    mine, his = floor.add(floor.rep, "张伟"), floor.add(floor.rep2, "李娜")
    boss, rep = floor.manager, floor.rep
    floor.write(lambda db: orders.add(db, rep, mine, NewOrder(12 * WAN, date(2026, 3, 2)), NOW))
    floor.write(lambda db: orders.add(db, rep, mine, NewOrder(-2 * WAN, date(2026, 3, 18)), NOW))
    floor.write(lambda db: orders.add(db, rep, mine, NewOrder(50 * WAN, date(2026, 2, 28)), NOW))
    floor.write(lambda db: orders.add(db, floor.rep2, his, NewOrder(1 * WAN, date(2026, 3, 10)), NOW))
    floor.write(lambda db: targets.put(db, boss, rep.member_id, MARCH, 22 * WAN, NOW))
    set_now = floor.write(lambda db: targets.put(db, boss, floor.rep2.member_id, MARCH, 11 * WAN, NOW))
    found = floor.read(lambda db: targets.standing(db, boss, MARCH, NOW))
    # March 2026: 22 working days, the 18th is the 13th of them.
    assert (found.whole.pace.worked, found.whole.pace.total) == (13, 22)
    assert (found.whole.sold_fen, found.whole.target_fen, found.whole.is_sum) == (11 * WAN, 33 * WAN, True)
    assert found.whole.due_fen == 33 * WAN * 13 // 22
    told = [(one.name, one.sold_fen, one.target_fen, one.due_fen) for one in found.members]
    assert told == [("小周", WAN, 11 * WAN, 11 * WAN * 13 // 22), ("小李", 10 * WAN, 22 * WAN, 13 * WAN), told[2]]
    assert told[2][0] == "赵姐"
    assert told[2][2] is None
    floor.write(lambda db: targets.put(db, boss, None, MARCH, 40 * WAN, NOW))
    assert floor.read(lambda db: targets.standing(db, boss, MARCH, NOW)).whole.target_fen == 40 * WAN
    floor.write(lambda db: targets.undo(db, boss, set_now.target.target_id, NOW))
    own = floor.read(lambda db: targets.standing(db, floor.rep2, MARCH, NOW))
    assert (own.whole.name, own.whole.sold_fen, own.whole.target_fen, own.members) == ("小周", WAN, None, [])
    with pytest.raises(members.NotAllowed):
        floor.write(lambda db: targets.put(db, rep, rep.member_id, MARCH, WAN, NOW))
    with pytest.raises(targets.WhoseTarget):
        floor.write(lambda db: targets.put(db, boss, floor.outsider.member_id, MARCH, WAN, NOW))
    with pytest.raises(targets.WhoseTarget):
        floor.write(lambda db: targets.undo(db, floor.outsider, set_now.target.target_id, NOW))


def test_sources_are_counted_by_the_leads_they_brought(anywhere: Floor) -> None:
    floor = anywhere
    boss = floor.read(lambda db: members.acting(db, 1, NOW))
    ids = [floor.add(floor.rep, f"客户{at}", source=source) for at, source in enumerate(
        ["展会", "广交会", "展会", "朋友介绍", "百度", "算命先生", "抽奖"]
    )]  # fmt: skip
    floor.add(floor.rep2, "没写来源")
    older = update(Customer).where(Customer.customer_id == ids[2]).values(created_at=datetime(2026, 1, 5, tzinfo=UTC))
    floor.write(lambda db: db.execute(older))
    for customer_id, fen in ((ids[0], 9), (ids[0], 3), (ids[0], -2), (ids[2], 30), (ids[3], 1)):
        floor.write(lambda db, c=customer_id, f=fen: orders.add(db, boss, c, NewOrder(f * WAN, MARCH), NOW))  # type: ignore[misc]
    floor.write(lambda db: source_returns.put_cost(db, boss, "展会", MARCH, 2 * WAN, NOW))
    floor.write(lambda db: source_returns.put_cost(db, boss, "电话", date(2026, 2, 1), WAN, NOW))
    found = floor.read(lambda db: source_returns.of(db, boss, "month", NOW))
    assert [(one.name, one.leads, one.buyers, one.fen // WAN, one.cost_fen) for one in found.lines] == [
        ("展会", 2, 1, 10, 2 * WAN),
        ("亲友", 1, 1, 1, None),
        ("其他", 2, 0, 0, None),
        ("网络搜索", 1, 0, 0, None),
        ("未填", 1, 0, 0, None),
    ]
    assert found.lines[0].fen_a_fen == 5.0
    assert found.lines[0].is_small
    assert (found.whole.leads, found.whole.buyers, found.whole.fen, found.whole.cost_fen) == (7, 2, 11 * WAN, 2 * WAN)
    assert found.unknown == [("抽奖", 1), ("算命先生", 1)]
    steps = floor.read(lambda db: source_returns.funnel(db, boss, "month", NOW))
    assert steps == [("新线索", 7), ("联系过", 2), ("有商机", 2), ("成交", 2)]
    everything = floor.read(lambda db: source_returns.of(db, boss, "all", NOW))
    assert (everything.lines[0].leads, everything.lines[0].fen, everything.whole.cost_fen) == (3, 40 * WAN, 3 * WAN)
    quarter = floor.read(lambda db: source_returns.of(db, boss, "quarter", NOW))
    assert quarter.lines[0].leads == 3
    assert quarter.since == date(2026, 1, 1)
    _seen_by_who_may(floor, boss)


def _seen_by_who_may(floor: Floor, boss: Actor) -> None:
    own = floor.read(lambda db: source_returns.of(db, floor.rep, "month", NOW))
    assert own.whole.leads == 6
    assert own.whole.cost_fen is None
    assert floor.read(lambda db: source_returns.of(db, floor.outsider, "all", NOW)).whole.leads == 0
    own_names = [OwnSource("同乡", ("抽奖",))]
    floor.write(lambda db: settings.change(db, boss, "own_sources", own_names))
    assert ("同乡", 1) in [
        (o.name, o.leads) for o in floor.read(lambda db: source_returns.of(db, boss, "all", NOW)).lines
    ]
    with pytest.raises(members.NotAllowed):
        floor.write(lambda db: source_returns.put_cost(db, floor.manager, "展会", MARCH, WAN, NOW))
    with pytest.raises(source_returns.SourceUnknown):
        floor.write(lambda db: source_returns.put_cost(db, boss, "月球", MARCH, WAN, NOW))
    assert sources.name_of("朋友介绍") == "亲友"
    assert sources.name_of("  ") == "未填"

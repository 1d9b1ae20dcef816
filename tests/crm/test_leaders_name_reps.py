"""小周 of a leader's question is his rep, whichever customers are of that surname; of what he tells it is asked."""

from __future__ import annotations

import pytest

from crm import understanding
from crm.database import Database
from crm.members import Actor
from tests.crm.people import Floor, seat


def touched(floor: Floor, actor: Actor, text: str) -> set[str]:
    return {row.name for row in floor.read(lambda db: understanding.touched(db, actor, text)).values()}


def test_a_leader_asks_about_the_rep(database: Database) -> None:
    floor = seat(database)
    floor.add(floor.rep, "周总", company="蓝海酒店")
    floor.add(floor.rep, "周敏")
    assert touched(floor, floor.manager, "小周 明天去拜访周总") == {"周总", "周敏"}
    assert touched(floor, floor.manager, "小周谁多") == set()
    assert touched(floor, floor.manager, "小吴谁多") == set()
    assert touched(floor, floor.rep, "小周说明天来拿货") == {"周总", "周敏"}
    floor.add(floor.rep, "小周", company="兴隆粮油")
    assert touched(floor, floor.manager, "小周手里最大的单子是哪个") == {"小周"}


@pytest.mark.parametrize(
    "text", ["取消小周的目标", "小周电话13912345678", "小周成交5万", "小周那边成交了 5万", "小周定了3台 4500"]
)
def test_what_he_tells_may_be_about_a_customer(database: Database, text: str) -> None:
    floor = seat(database)
    floor.add(floor.rep, "周敏")
    assert touched(floor, floor.manager, text) == {"周敏"}

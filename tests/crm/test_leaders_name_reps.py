"""小周 of a leader's message is his rep, whichever customers are of that surname."""

from __future__ import annotations

from crm import understanding
from crm.database import Database
from crm.members import Actor
from tests.crm.people import seat


def test_a_leader_means_the_rep(database: Database) -> None:
    floor = seat(database)
    floor.add(floor.rep, "周总", company="蓝海酒店")
    floor.add(floor.rep, "周敏")

    def touched(actor: Actor, text: str) -> set[str]:
        return {row.name for row in floor.read(lambda db: understanding.touched(db, actor, text)).values()}

    assert touched(floor.manager, "小周 明天去拜访周总") == {"周总", "周敏"}
    assert touched(floor.manager, "小周谁多") == set()
    assert touched(floor.manager, "小吴谁多") == set()
    assert touched(floor.rep, "小周说明天来拿货") == {"周总", "周敏"}
    floor.add(floor.rep, "小周", company="兴隆粮油")
    assert touched(floor.manager, "小周手里最大的单子是哪个") == {"小周"}

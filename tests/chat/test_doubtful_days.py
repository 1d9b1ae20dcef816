"""A day in a note that is hardly our task's: nothing is planned, one tap plans it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from crm.tables import Task
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

DOUBTFUL = "李娜让我提醒她二十号交物业费，她自己的事"


def days_planned(office: Office) -> list[date]:
    """The days of all tasks that stand."""
    rows = office.database.read_now(lambda db: list(db.scalars(select(Task.due_at).where(Task.cancelled_at.is_(None)))))
    return [due_at.astimezone(office.now.tzinfo).date() for due_at in rows]


async def test_a_day_that_is_hardly_ours_is_planned_by_a_tap(office: Office) -> None:
    await said(office.rep, "加客户 李娜 13911113333 杭州云栖网络")
    card = await said(office.rep, DOUBTFUL)
    assert "已记到 李娜" in card.text
    assert days_planned(office) == []
    offered = next(label for label in labels(card) if label.endswith("提醒我"))
    assert offered.startswith("后天（3月20日")
    card = await pressed(office.rep, card, offered)
    assert "⏰" in card.text
    assert days_planned(office) == [date(2026, 3, 20)]

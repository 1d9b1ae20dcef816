"""An appointment put off or called off leaves exactly one task on the right day, or none; its sentence is not lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Note, Task
from tests.chat import prepared
from tests.chat.conftest import SHANGHAI
from tests.chat.played import at
from tests.chat.talk import said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def due(office: Office) -> list[datetime]:
    mine = select(Task).where(Task.cancelled_at.is_(None)).order_by(Task.task_id)
    rows = office.database.read_now(lambda db: list(db.scalars(mine)))
    return [row.due_at.astimezone(SHANGHAI) for row in rows]


def notes(office: Office) -> list[str]:
    return office.database.read_now(lambda db: list(db.scalars(select(Note.text))))


async def set_up(office: Office) -> None:
    await said(office.rep, "加客户 孙丽 13800138001")


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("明天不去孙丽那了 改后天", at(3, 20, 9)),
        ("跟孙丽约好周四 临时改到周五上午", at(3, 20, 9)),
        ("孙丽周四没空 改约周五", at(3, 20, 9)),
        ("孙丽说周四不行 改周五下午三点", at(3, 20, 15)),
        ("跟孙丽原定明天的演示推到下周一", at(3, 23, 9)),
    ],
)
async def test_put_off_where_no_task_is_open_it_is_one_on_the_later_day(
    office: Office, text: str, then: datetime
) -> None:
    await said(office.rep, text)
    assert (due(office), notes(office)) == ([then], [text])


@pytest.mark.parametrize("text", ["下周三的拜访取消 孙丽出差", "明天去孙丽那的事取消了", "明天孙丽那边不去了"])
async def test_called_off_where_no_task_is_open_it_is_a_note(office: Office, text: str) -> None:
    card = await said(office.rep, text)
    assert "答应了" not in card.text
    assert (due(office), notes(office)) == ([], [text])


@pytest.mark.parametrize(
    ("task", "text", "then"),
    [
        ("提醒我明天下午3点拜访孙丽", "明天不去孙丽那了 改后天", at(3, 20, 15)),
        ("约了孙丽周四见面", "跟孙丽约好周四 临时改到周五上午", at(3, 20, 9)),
        ("提醒我周四见孙丽", "孙丽约的周四临时改周五下午", at(3, 20, 15)),
    ],
)
async def test_put_off_it_is_the_task_there_is(office: Office, task: str, text: str, then: datetime) -> None:
    await said(office.rep, task)
    await said(office.rep, text)
    assert due(office) == [then]


async def test_called_off_by_customer_day_and_deed_it_ends_and_the_reason_is_a_note(office: Office) -> None:
    await said(office.rep, "提醒我下周三拜访孙丽")
    card = await said(office.rep, "下周三的拜访取消 孙丽出差")
    assert card.text.startswith("↩️ 已撤销提醒：拜访孙丽")
    assert (due(office), notes(office)) == ([], ["下周三的拜访取消 孙丽出差"])


@pytest.mark.parametrize("text", ["孙丽样品不要了", "孙丽不要样品了"])
async def test_goods_not_wanted_end_their_task_which_is_said_and_the_sentence_is_a_note(
    office: Office, text: str
) -> None:
    await said(office.rep, "提醒我周五给孙丽寄样品")
    card = await said(office.rep, text)
    assert "已撤销提醒：给孙丽寄样品" in card.text
    assert card.buttons[0] == ["恢复"]
    assert (due(office), notes(office)) == ([], [text])
    await office.rep.press(card, "恢复")
    await office.idle()
    assert due(office) == [at(3, 20, 9)]


async def test_an_appointment_told_outright_is_a_task(office: Office) -> None:
    await said(office.rep, "约了孙丽周四见面")
    assert (due(office), notes(office)) == ([at(3, 19, 9)], ["约了孙丽周四见面"])

"""A note's anniversary is offered and comes again each year; a course told in a note is a weekly task."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Task
from tests.chat.conftest import SHANGHAI
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def planned(office: Office) -> list[tuple[str, str, str | None]]:
    mine = select(Task).where(Task.cancelled_at.is_(None)).order_by(Task.task_id)
    rows = office.database.read_now(lambda db: list(db.scalars(mine)))
    return [(row.what, f"{row.due_at.astimezone(SHANGHAI):%m-%d %H:%M}", row.recurrence) for row in rows]


async def test_an_anniversary_told_in_a_note_is_one_tap_from_a_yearly_reminder(office: Office) -> None:
    await said(office.rep, "加客户 刘洋 13800138001")
    card = await said(office.rep, "刘洋的结婚纪念日是5月20")
    assert planned(office) == []
    kept = await pressed(office.rep, card, next(label for label in labels(card) if label.startswith("5月20日")))
    assert "🔁 每年5月20日" in kept.text
    assert planned(office) == [("刘洋的结婚纪念日是5月20", "05-20 09:00", "YEARLY;05-20")]


async def test_another_day_for_the_same_note_comes_once(office: Office) -> None:
    await said(office.rep, "加客户 刘洋 13800138001")
    card = await said(office.rep, "刘洋车险4月20号到期")
    assert "🔁" not in card.text
    assert [code for _, _, code in planned(office)] == [None] * len(planned(office))


async def test_a_course_is_a_weekly_task_from_its_first_day(office: Office) -> None:
    await said(office.rep, "加客户 刘洋 13800138001")
    card = await said(office.rep, "刘洋报了春季班 从4月1号开始 每周三下午四点半")
    assert "🔁 每周三 16:30" in card.text
    assert planned(office) == [("上课", "04-01 16:30", "WEEKLY;WE;T16:30")]


async def test_an_appointment_of_somebody_known_is_offered(office: Office) -> None:
    await said(office.rep, "加客户 豆豆奶奶 13800138001")
    card = await said(office.rep, "豆豆奶奶付了定金200 下周六来正式上课")
    assert any("3月28日" in label for label in labels(card))
    assert planned(office) == []


async def test_a_number_beside_the_name_is_no_part_of_a_title(office: Office) -> None:
    asked = await said(office.rep, "孙浩13500002222 车险4月10号到期 提前半个月提醒我")
    await pressed(office.rep, asked, "提醒我 3月26日")
    assert planned(office) == [("孙浩 车险4月10号到期", "03-26 09:00", None)]


async def test_the_day_on_which_it_runs_out_is_taken_from_his_note(office: Office) -> None:
    await said(office.rep, "加客户 于海波 13800138001")
    await said(office.rep, "记一下 于海波车险6月18号到期 年检9月")
    await said(office.rep, "于海波车险到期前一个月提醒我")
    assert planned(office) == [("于海波车险到期（6月18日）", "05-18 09:00", None)]
    assert "什么时候" in (await said(office.rep, "于海波合同到期前一个月提醒我")).text


@pytest.mark.parametrize(
    "text",
    [
        "提醒我合同到期前10天联系于海波续签",
        "于海波合同到期前10天提醒我联系他续签",
        "记得服务合同到期前10天找于海波续签",
    ],
)
async def test_the_end_that_is_noted_is_counted_from_wherever_it_is_asked(office: Office, text: str) -> None:
    await said(office.rep, "加客户 于海波 13800138001")
    await said(office.rep, "于海波 服务合同4月15号到期")
    await said(office.rep, text)
    assert [when for what, when, _ in planned(office) if "续签" in what] == ["04-05 09:00"]

"""A customer who does not come to what was planned: the task may be called off; it is not done, and he is not lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import ColumnElement, func, select

from crm.tables import Note, NoteTag, Task
from tests.chat.conftest import Office
from tests.chat.talk import labels, pressed, said


async def told(office: Office, planned: str, text: str) -> list[str]:
    """The buttons of the answer to the text, an hour after what was planned for half past eleven."""
    await said(office.rep, "加客户 江水 13800138001")
    if planned:
        await said(office.rep, planned)
    await office.at(office.now + timedelta(hours=1))
    await office.rep.send(text)
    await office.idle()
    return labels(office.rep.messages()[-1])


def left(office: Office) -> tuple[int, int, int]:
    """Notes, signs of leaving, and tasks that are open."""

    def count(table: type[Note] | type[NoteTag] | type[Task], *which: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(table).where(*which)
        return office.database.read_now(lambda db: db.scalar(query)) or 0

    is_open = (Task.done_at.is_(None), Task.cancelled_at.is_(None))
    return count(Note), count(NoteTag, NoteTag.label == "churn"), count(Task, *is_open)


@pytest.mark.parametrize(
    ("planned", "text"),
    [
        ("提醒我今天11点江水来试驾", "江水的试驾不来了"),
        ("提醒我今天11点江水来试驾", "江水试驾来不了了"),
        ("提醒我今天11点江水来试驾", "江水 取消试驾"),
        ("提醒我今天11点江水来试驾", "江水取消了今天的试驾"),
        ("提醒我今天11点江水来试驾", "江水不来了"),
        ("提醒我后天11点江水来试驾", "江水后天不来了"),
        ("提醒我明天下午江水来看房", "江水说明天看房过不来了"),
        ("提醒我今天11点江水来店里", "江水今天不过来了"),
    ],
)
async def test_the_visit_may_be_called_off_and_that_is_all(office: Office, planned: str, text: str) -> None:
    buttons = await told(office, planned, text)
    assert not any("完成" in label for label in buttons)
    assert left(office) == (1, 0, 1)
    assert any(label.startswith("取消") for label in buttons), buttons
    await pressed(office.rep, office.rep.messages()[-1], next(one for one in buttons if one.startswith("取消")))
    assert left(office) == (1, 0, 0)


@pytest.mark.parametrize("text", ["江水的试驾不来了", "江水 取消试驾", "江水后天不来了", "江水下午的参观去不了了"])
async def test_without_a_task_it_is_a_note(office: Office, text: str) -> None:
    await told(office, "", text)
    assert left(office) == (1, 0, 0)


@pytest.mark.parametrize("planned", ["提醒我今天11点给江水寄合同", "提醒我今天11点给江水打电话"])
async def test_what_is_no_visit_is_not_called_off_by_it(office: Office, planned: str) -> None:
    assert not any("取消" in label or "完成" in label for label in await told(office, planned, "江水今天不来了"))
    assert left(office) == (1, 0, 1)


@pytest.mark.parametrize("text", ["江水以后不来了", "江水说再也不来了 去别家了"])
async def test_who_never_comes_again_is_lost(office: Office, text: str) -> None:
    await told(office, "", text)
    assert left(office) == (1, 1, 0)


@pytest.mark.parametrize("text", ["江水来投诉了 说质量差", "江水来退货了", "江水来闹了"])
async def test_a_complaint_ends_no_visit(office: Office, text: str) -> None:
    assert not any("完成" in label for label in await told(office, "提醒我今天11点江水来看样品", text))
    assert left(office)[::2] == (1, 1)


@pytest.mark.parametrize(
    ("planned", "text"),
    [
        ("江水后天上午10点来试驾", "江水后天来不了 孩子发烧 下周再约"),
        ("江水周日上午10点来看房", "江水周日来不了了 老婆出差 下个月再约"),
        ("提醒我后天11点江水来试驾", "江水后天不来了 临时加班"),
    ],
)
async def test_with_a_reason_behind_a_blank_it_is_offered_to_be_called_off(
    office: Office, planned: str, text: str
) -> None:
    buttons = await told(office, planned, text)
    assert any(label.startswith("取消") for label in buttons), buttons
    assert not any(label.startswith("改") and label != "改标签" for label in buttons), buttons


@pytest.mark.parametrize(
    ("planned", "text"),
    [
        ("提醒我20号再问江水 要考虑下", "江水那个不用问了 已经报了"),
        ("提醒我周五催江水付款", "江水那边不用催了 已经打款了"),
        ("提醒我周五给江水打电话", "江水不用联系了 他自己来过了"),
    ],
)
async def test_what_needs_not_be_done_is_offered_to_be_called_off(office: Office, planned: str, text: str) -> None:
    buttons = await told(office, planned, text)
    assert any("取消" in label or "完成" in label for label in buttons), buttons


async def test_what_is_to_be_arranged_anew_is_planned_beside_it(office: Office) -> None:
    buttons = await told(office, "江水周日上午10点来试驾", "江水周日来不了 孩子发烧 下周再约")
    asked = office.rep.messages()[-1]
    assert "再约：3月23日 周一" in asked.text
    await pressed(office.rep, asked, next(one for one in buttons if one.startswith("取消")))
    tasks = select(Task).where(Task.cancelled_at.is_(None))
    assert [task.what for task in office.database.read_now(lambda db: list(db.scalars(tasks)))] == ["孩子发烧 再约"]

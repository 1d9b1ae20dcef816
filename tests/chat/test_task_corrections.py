"""不对 是周四 puts right what was asked about or made last; an occurrence that is moved is not followed by a double."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Task
from tests.chat import prepared
from tests.chat.conftest import SHANGHAI
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=SHANGHAI)


def planned(office: Office) -> list[tuple[str, datetime]]:
    mine = select(Task).where(Task.cancelled_at.is_(None), Task.done_at.is_(None)).order_by(Task.task_id)
    rows = office.database.read_now(lambda db: list(db.scalars(mine)))
    return [(task.what, task.due_at.astimezone(SHANGHAI)) for task in rows]


async def set_up(office: Office) -> None:
    for text in (
        "加客户 孙丽 13800138001",
        "加客户 王建国 13800138002 宏达机械",
        "加客户 王丽 13800138003",
        "提醒我周六下午3点给孙丽打电话",
    ):
        await said(office.rep, text)
    await office.at(office.now + timedelta(minutes=1))


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("asked", "words", "button", "task"),
    [
        ("提醒我周五上午给王总回电话", "不对 是周四", "王丽", ("给王总回电话", at(19))),
        ("提醒我周五下午4点给王总回电话", "错了，是5点", "王丽", ("给王总回电话", at(20, 17))),
        ("提醒我周五给王总送样", "改到下周一", "不关联客户", ("给王总送样", at(23))),
        ("提醒我周五给王总送样", "推迟两天", "不关联客户", ("给王总送样", at(22))),
        ("让小周周五去拜访孙丽", "哦不对 是周四", "提醒我自己", ("去拜访孙丽", at(19))),
        ("明天提醒小周催孙丽付款", "说错了，后天", "提醒我自己", ("催孙丽付款", at(20))),
    ],
)
async def test_while_a_question_is_open_it_is_what_is_put_right(
    office: Office, asked: str, words: str, button: str, task: tuple[str, datetime]
) -> None:
    question = await said(office.rep, asked)
    answer = await said(office.rep, words)
    assert f"{task[1].month}月{task[1].day}日" in answer.text
    assert planned(office) == [("给孙丽打电话", at(21, 15))]
    label = next(label for label in labels(question) if label.startswith(button))
    await pressed(office.rep, question, label)
    assert planned(office) == [("给孙丽打电话", at(21, 15)), task]


async def test_a_time_that_is_over_does_not_change_what_is_asked_about(office: Office) -> None:
    await said(office.rep, "提醒我周五给王总送样")
    assert "已经过了" in (await said(office.rep, "不对 是3月10日")).text


async def test_after_the_question_what_was_made_since_is_meant(office: Office) -> None:
    await said(office.rep, "提醒我周五给王总送样")
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "提醒我明天给孙丽寄样")
    await said(office.rep, "不对 是后天")
    assert planned(office) == [("给孙丽打电话", at(21, 15)), ("给孙丽寄样", at(20))]


async def test_what_was_made_at_the_same_moment_below_the_question_is_meant(office: Office) -> None:
    await said(office.rep, "提醒我周五给王总送样")
    await said(office.rep, "24号给孙丽寄样 下午一点半")
    await said(office.rep, "不对 是两点半")
    assert planned(office)[1:] == [("给孙丽寄样", datetime(2026, 3, 24, 14, 30, tzinfo=SHANGHAI))]


@pytest.mark.parametrize("words", ["不对 是周六", "错了，是周六下午3点", "改到周六", "不对 是21号"])
async def test_a_task_that_is_due_then_already_is_said_so(office: Office, words: str) -> None:
    answer = await said(office.rep, words)
    assert "本来就是这个时间" in answer.text
    assert planned(office) == [("给孙丽打电话", at(21, 15))]


async def test_on_that_weekday_of_next_week_it_is_said_so_too(empty_office: Office) -> None:
    await said(empty_office.rep, "提醒我下周四给客户寄样")
    assert "本来就是这个时间" in (await said(empty_office.rep, "不对 是周四")).text
    assert planned(empty_office) == [("给客户寄样", at(26))]


@pytest.mark.parametrize(
    "words", ["明天的打卡改到8点", "明天打卡提前半小时", "打卡推迟到明天10点", "明天的打卡挪到今天下午"]
)
async def test_a_moved_occurrence_is_not_followed_by_a_double(empty_office: Office, words: str) -> None:
    await said(empty_office.rep, "每天9点提醒我打卡")
    await said(empty_office.rep, words)
    moved = planned(empty_office)[0]
    assert moved[1] != at(19)
    assert planned(empty_office)[1:] == [("打卡", at(20))]
    await empty_office.at(at(19, 12))
    assert {due for _, due in planned(empty_office)} == {moved[1], at(20)}


async def test_a_moved_occurrence_that_is_put_back_is_followed_once(empty_office: Office) -> None:
    await said(empty_office.rep, "每天9点提醒我打卡")
    card = await said(empty_office.rep, "明天的打卡改到8点")
    await pressed(empty_office.rep, card, "改回")
    await empty_office.at(at(19, 12))
    assert planned(empty_office) == [("打卡", at(19)), ("打卡", at(20))]

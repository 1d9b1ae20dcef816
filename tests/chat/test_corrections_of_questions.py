"""不对 是后天 right behind a message that was asked about puts that one right, and moves nobody else's reminder."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import labels, pressed, said
from tests.chat.test_yearly_and_weekly_days import planned

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    await said(office.rep, "加客户 朵朵妈妈 13800138001")
    await said(office.rep, "朵朵妈妈 周六上午10点试听")
    await office.at(office.now + timedelta(minutes=1))


office = prepared.office_after(set_up)
TRIAL = ("试听", "03-21 10:00", None)


@pytest.mark.parametrize(
    ("asked", "words", "due"),
    [
        ("王一诺妈妈 一诺6岁半 想学英语 明天下午4点试听", "不对 是后天下午4点", "03-20 16:00"),
        ("恒达刘工 想看样机 周四上午9点过来", "错了 应该是周五上午9点", "03-20 09:00"),
        ("王一诺妈妈 明天下午4点试听", "说错了 5点", "03-19 17:00"),
    ],
)
async def test_the_question_is_asked_anew(office: Office, asked: str, words: str, due: str) -> None:
    await said(office.rep, asked)
    again = await said(office.rep, words)
    assert asked.split(" ")[0] in again.text
    assert planned(office) == [TRIAL]
    label = next(label for label in labels(again) if "新客户" in label)
    await pressed(office.rep, again, label)
    assert [when for _, when, _ in planned(office)] == [TRIAL[1], due]


@pytest.mark.parametrize("asked", ["石头爸爸报了48节9600 定金1000 13612340013 石头8岁", "王一诺妈妈 定金200"])
async def test_whatever_was_asked_nothing_older_is_moved_unasked(office: Office, asked: str) -> None:
    await said(office.rep, asked)
    await said(office.rep, "不对 是后天下午4点")
    assert TRIAL in planned(office)


async def test_without_a_question_the_last_one_moves(office: Office) -> None:
    await said(office.rep, "不对 是后天下午4点")
    assert planned(office) == [("试听", "03-20 16:00", None)]


async def test_what_was_moved_last_is_put_right(office: Office) -> None:
    await said(office.rep, "提醒我31号给恒达送货")
    await office.at(office.now + timedelta(minutes=15))
    await said(office.rep, "提醒我明天给李娜寄样")
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "送货提前到30号")
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "不对 是3月28号")
    assert [when for what, when, _ in planned(office) if "送货" in what] == ["03-28 09:00"]
    assert TRIAL in planned(office)


async def test_behind_a_note_nobodys_reminder_moves_unasked(office: Office) -> None:
    await said(office.rep, "加客户 陈工 13800138009")
    await said(office.rep, "提醒我周五给恒达送货")
    before = planned(office)
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "陈工说那边29号出结果")
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "不对 是4月2号")
    assert planned(office) == before

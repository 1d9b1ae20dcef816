"""Words that name no task, right behind a note, an order or a payment: no reminder is changed by them unasked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from crm.tables import Note, Task
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

CALL = "明天下午3点提醒我给孙丽打电话"


def tasks(office: Office) -> list[tuple[str, str, bool, bool]]:
    rows = office.database.read_now(lambda db: list(db.scalars(select(Task).order_by(Task.task_id))))
    return [(row.what, f"{row.due_at:%m-%d}", row.cancelled_at is None, row.done_at is None) for row in rows]


def notes(office: Office) -> list[str]:
    return office.database.read_now(lambda db: list(db.scalars(select(Note.text).order_by(Note.note_id))))


async def set_up(office: Office, *told: str) -> None:
    for text in ("加客户 王建国 13911112223", "加客户 孙丽 13911112222", CALL, *told):
        await said(office.rep, text)
        await office.at(office.now + timedelta(minutes=1))


async def test_goods_not_wanted_behind_a_note_are_a_note(office: Office) -> None:
    await set_up(office, "提醒我后天给孙丽寄样品", "孙丽说毛巾不错，很软")
    before = tasks(office)
    for text in ("这个不要了", "那个不要了", "样品她不要了"):
        await said(office.rep, text)
        assert tasks(office) == before, text
        assert notes(office)[-1] == text
    await said(office.rep, "不要这个了")
    assert tasks(office) == before


async def test_a_move_behind_anything_but_a_task_is_asked_about(office: Office) -> None:
    await set_up(office, "孙丽说毛巾不错，很软")
    before = tasks(office)
    for text in ("推迟到周五", "改到下周"):
        question = await said(office.rep, text)
        assert labels(question) == ["改 1", "记到 孙丽", "都不动"], text
        assert tasks(office) == before
    await said(office.rep, "孙丽今天下单6800")
    await office.at(office.now + timedelta(minutes=1))
    question = await said(office.rep, "改到下周五再说")
    assert tasks(office) == before
    await pressed(office.rep, question, "改 1")
    assert tasks(office) != before


async def test_a_move_behind_a_question_about_money_is_asked_about(office: Office) -> None:
    await set_up(office)
    before = tasks(office)
    assert "500" in (await said(office.rep, "孙丽付了500")).text
    await office.at(office.now + timedelta(minutes=1))
    assert "改的是哪一件" in (await said(office.rep, "推迟到周五")).text
    assert tasks(office) == before


async def test_behind_a_task_it_is_that_one(office: Office) -> None:
    await set_up(office)
    assert "已改到" in (await said(office.rep, "推迟到周五")).text
    assert "已改到" in (await said(office.rep, "改到下周")).text
    assert "已撤销提醒" in (await said(office.rep, "这个不要了")).text


async def test_the_wish_of_a_customer_ends_no_reminder(office: Office) -> None:
    await set_up(office, "提醒我后天给王建国催款", "每天早上9点提醒我打卡")
    before = tasks(office)
    for text in ("王建国让我们别再催了", "孙丽嫌烦，叫我们别再提醒了", "孙丽说以后不用提醒她了"):
        assert "已记到" in (await said(office.rep, text)).text
        assert tasks(office) == before, text
    question = await said(office.rep, "孙丽打电话的事别催了")
    assert labels(question) == ["取消 1", "记到 孙丽", "都不动"]
    assert tasks(office) == before
    assert "以后不再重复" in (await said(office.rep, "每天打卡太烦了，取消打卡提醒行不行")).text

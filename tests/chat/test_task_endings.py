"""A reminder that is not wanted any more ends, and one just made moves with another time: nothing new is made."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from crm.tables import Note, Task
from tests.chat.conftest import SHANGHAI
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def kept(office: Office) -> list[tuple[str, str | None]]:
    mine = select(Task).where(Task.cancelled_at.is_(None), Task.done_at.is_(None)).order_by(Task.task_id)
    return [(task.what, task.recurrence) for task in office.database.read_now(lambda db: list(db.scalars(mine)))]


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=SHANGHAI)


def dues(office: Office) -> list[datetime]:
    mine = select(Task.due_at).where(Task.cancelled_at.is_(None), Task.done_at.is_(None)).order_by(Task.task_id)
    return [due.astimezone(SHANGHAI) for due in office.database.read_now(lambda db: list(db.scalars(mine)))]


def notes(office: Office) -> int:
    return office.database.read_now(lambda db: db.scalar(select(func.count()).select_from(Note))) or 0


async def test_a_repetition_that_is_not_wanted_any_more_ends(office: Office) -> None:
    stock, accounts = ("看库存", "WEEKLY;MO;T09:00"), ("对账", "WEEKLY;FR;T15:00")
    for text in ("每周一上午9点提醒我看库存", "每周五下午3点提醒我对账"):
        await said(office.rep, text)
    assert kept(office) == [stock, accounts]
    endings = {
        "每周一的看库存别提醒了": accounts,
        "看库存的提醒以后不用了": accounts,
        "以后别提醒我看库存了": accounts,
        "以后周五的对账提醒不用了": stock,
        "不用每周五提醒我对账了": stock,
    }
    for text, left in endings.items():
        card = await said(office.rep, text)
        assert "以后不再重复" in card.text, text
        assert kept(office) == [left], text
        await pressed(office.rep, card, "恢复")
        assert kept(office) == [stock, accounts]


async def test_which_repetition_ends_is_asked_where_it_is_not_clear(office: Office) -> None:
    for text in ("每周一上午9点提醒我看库存", "每周四上午9点提醒我看库存"):
        await said(office.rep, text)
    card = await said(office.rep, "看库存的提醒以后不用了")
    assert labels(card)[:2] == ["取消 1", "取消 2"]
    assert len(kept(office)) == 2
    card = await pressed(office.rep, card, "取消 2")
    assert "以后不再重复" in card.text
    assert kept(office) == [("看库存", "WEEKLY;TH;T09:00")]
    card = await said(office.rep, "每天的打卡提醒以后不用了")
    assert "看库存" in card.text
    assert len(kept(office)) == 1, "another one is not ended, and none is made"


async def test_one_day_less_ends_no_repetition(office: Office) -> None:
    await said(office.rep, "每周五下午3点提醒我对账")
    await said(office.rep, "周五的对账提醒不用了")
    rows = office.database.read_now(lambda db: list(db.scalars(select(Task))))
    assert [row.recurrence for row in rows if row.cancelled_at is None] == ["WEEKLY;FR;T15:00"]
    assert any(row.cancelled_at is not None for row in rows)


async def test_words_that_only_sound_like_an_ending_end_nothing(office: Office) -> None:
    await said(office.rep, "每周五下午3点提醒我对账")
    for text in ("别忘了提醒我对账", "明天提醒我告诉孙丽账单不用了"):
        await said(office.rep, text)
        assert ("对账", "WEEKLY;FR;T15:00") in kept(office), text
    await said(office.rep, "没有这种提醒以后不用了")
    assert ("对账", "WEEKLY;FR;T15:00") in kept(office)


async def test_a_time_right_after_a_reminder_moves_it(office: Office) -> None:
    await said(office.rep, "加客户 何志远 13800138001")
    await said(office.rep, "明天下午3点给何志远送货")
    moves = {
        "还是大后天吧": at(21, 15),
        "算了 还是下周二": at(24, 15),
        "再晚一天吧": at(25, 15),
        "不是明天 是后天": at(20, 15),
        "明天上午十点": at(19, 10),
        "改下周二": at(24, 10),
        "下午4点吧": at(24, 16),
    }
    for text, due in moves.items():
        card = await said(office.rep, text)
        assert dues(office) == [due], (text, card.text)
    assert notes(office) == 0
    await pressed(office.rep, card, "改回")
    assert dues(office) == [at(24, 10)]


async def test_a_time_after_a_reminder_without_hour_gives_it_one(office: Office) -> None:
    await said(office.rep, "明天去见王海龙 新客户 做电动工具的 在奉贤")
    await said(office.rep, "上午十点")
    assert dues(office) == [at(19, 10)]
    assert notes(office) == 0


async def test_a_time_after_something_else_moves_nothing(office: Office) -> None:
    await said(office.rep, "加客户 何志远 13800138001")
    await said(office.rep, "明天下午3点提醒我盘库")
    await said(office.rep, "何志远说样品不错")
    for text in ("下周二", "还是大后天吧", "再晚一天吧"):
        await said(office.rep, text)
        assert at(19, 15) in dues(office), text
    await said(office.rep, "每天早上9点提醒我打卡")
    await said(office.rep, "下周二")
    assert at(19, 9) in dues(office), "a repetition goes on"


async def test_a_time_long_after_a_reminder_moves_nothing(office: Office) -> None:
    await said(office.rep, "明天下午3点提醒我盘库")
    await office.at(at(18, 16))
    await said(office.rep, "还是大后天吧")
    assert at(19, 15) in dues(office)

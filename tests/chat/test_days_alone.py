"""A day and nothing else asks for its list; below its own card a reminder is moved by it, and by no other message."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Note, Task
from tests.chat import prepared
from tests.chat.conftest import SHANGHAI
from tests.chat.played import at
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

CALL = "提醒我周五上午10点给孙丽打电话"
CALLED = at(3, 20, 10)


def due(office: Office) -> list[datetime]:
    mine = select(Task).where(Task.cancelled_at.is_(None)).order_by(Task.task_id)
    return [row.due_at.astimezone(SHANGHAI) for row in office.database.read_now(lambda db: list(db.scalars(mine)))]


def notes(office: Office) -> list[str]:
    return office.database.read_now(lambda db: list(db.scalars(select(Note.text))))


async def later(office: Office, text: str) -> str:
    await office.at(office.now + timedelta(minutes=1))
    return (await said(office.rep, text)).text


async def set_up(office: Office) -> None:
    await said(office.rep, "客户 孙丽 13800138001")


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("后天", "后天（3月20日 周五）"),
        ("周末", "周末（3月21日–3月22日）"),
        ("下周", "下周（3月23日–3月29日）"),
        ("这个星期", "这个星期（3月18日–3月22日）"),
        ("礼拜天", "礼拜天（3月22日 周日）"),
        ("星期六", "星期六（3月21日 周六）"),
        ("24号", "24号（3月24日 周二）"),
        ("3月25", "3月25日（3月25日 周三）"),
        ("聽日", "明天（3月19日 周四）"),
        ("明天下午", "明天（3月19日 周四）"),
        ("下周安排", "下周（3月23日–3月29日）"),
        ("礼拜天的事", "礼拜天（3月22日 周日）"),
        ("周六有谁来", "周六（3月21日 周六）"),
        ("明天有谁来", "明天（3月19日 周四）"),
        ("这个星期有谁要来", "这个星期（3月18日–3月22日）"),
        ("周末谁来试驾", "周末（3月21日–3月22日）"),
        ("明天有咩安排", "明天（3月19日 周四）"),
    ],
)
async def test_a_day_is_looked_up_and_nothing_is_kept(office: Office, text: str, head: str) -> None:
    told = await later(office, text)
    assert f"📅 <b>{head}".replace("<b>", "") in told.replace("<b>", "").replace("</b>", "")
    assert (due(office), notes(office)) == ([], [])


@pytest.mark.parametrize("between", ["孙丽资料", "明天有什么安排", "孙丽说样品不错", "今天"])
async def test_a_day_moves_no_reminder_whose_card_is_not_the_last_message(office: Office, between: str) -> None:
    await said(office.rep, CALL)
    await said(office.rep, between)
    for text in ("周末", "下周三", "星期六", "明天下午"):
        assert "📅" in (await said(office.rep, text)).text, text
    assert due(office) == [CALLED]


@pytest.mark.parametrize("text", ["明天", "下周", "周末", "周六", "下周一", "25号", "3月25日"])
async def test_below_its_card_the_words_of_a_list_only_offer_to_move_it(office: Office, text: str) -> None:
    await said(office.rep, CALL)
    listed = await said(office.rep, text)
    assert "📅" in listed.text
    assert due(office) == [CALLED]
    moved = await pressed(office.rep, listed, next(label for label in labels(listed) if "上面那条改到" in label))
    assert "已改到" in moved.text
    assert due(office) != [CALLED]
    await pressed(office.rep, moved, "改回")
    assert due(office) == [CALLED]


async def test_below_its_card_a_day_with_its_hour_moves_it(office: Office) -> None:
    await said(office.rep, CALL)
    assert "已改到" in (await said(office.rep, "周日下午三点")).text
    assert due(office) == [at(3, 22, 15)]


async def test_the_list_of_a_day_offers_no_move_where_no_card_stands_above(office: Office) -> None:
    await said(office.rep, CALL)
    await said(office.rep, "孙丽资料")
    assert labels(await said(office.rep, "周末")) == ["今天的事"]

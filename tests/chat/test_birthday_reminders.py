"""A reminder told from a birthday: the card's birthday says the day, and one that is missing is asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Customer, Note, Task
from tests.chat.conftest import SHANGHAI
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def planned(office: Office) -> list[tuple[str, datetime, str | None]]:
    rows = office.database.read_now(lambda db: list(db.scalars(select(Task).where(Task.cancelled_at.is_(None)))))
    return [(task.what, task.due_at.astimezone(SHANGHAI), task.recurrence) for task in rows]


async def set_up(office: Office) -> None:
    for text in (
        "加客户 张伟 13800138001 上海美达 生日5月3日",
        "加客户 刘芳 13800138002 农历八月十五生日",
        "加客户 陈洁 13800138003",
    ):
        await said(office.rep, text)


@pytest.mark.parametrize(
    ("text", "what", "due"),
    [
        ("张伟生日前三天提醒我买蛋糕", "买蛋糕（5月3日生日）", at(4, 30)),
        ("提醒我张伟生日前两天寄礼物", "寄礼物（5月3日生日）", at(5, 1)),
        ("张伟过生日那天叫我一声", "张伟5月3日生日", at(5, 3)),
        ("张伟生日的前一天晚上8点提醒我发祝福", "发祝福（5月3日生日）", at(5, 2, 20)),
        ("等张伟生日 提醒我送个果篮", "送个果篮（5月3日生日）", at(5, 3)),
        ("记得张伟生日提前一周订蛋糕", "订蛋糕（5月3日生日）", at(4, 26)),
        ("张伟生日前一周", "张伟5月3日生日", at(4, 26)),
        ("张伟生日当天给他打个电话", "给他打个电话（5月3日生日）", at(5, 3)),
        ("/remind 张伟生日前一天 买花", "买花（5月3日生日）", at(5, 2)),
        ("刘芳生日前三天提醒我买月饼", "买月饼（八月十五生日）", at(9, 22)),
        ("刘芳生日那天提醒我打电话", "打电话（八月十五生日）", at(9, 25)),
    ],
)
async def test_the_cards_birthday_says_the_day(office: Office, text: str, what: str, due: datetime) -> None:
    await set_up(office)
    answer = await said(office.rep, text)
    assert [(told.replace("农历", ""), when) for told, when, _ in planned(office)] == [(what, due)]
    assert f"{due.month}月{due.day}日" in answer.text
    assert "撤销" in labels(answer)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("每年张伟生日前三天提醒我买蛋糕", "YEARLY;05-03;-3D"),
        ("刘芳每年生日那天提醒我打电话", "YEARLY;lunar:08-15"),
        ("刘芳生日提前一周每年提醒我备礼", "YEARLY;lunar:08-15;-7D"),
    ],
)
async def test_each_year_it_comes_again(office: Office, text: str, code: str) -> None:
    await set_up(office)
    await said(office.rep, text)
    ((_, _, recurrence),) = planned(office)
    assert recurrence == code


async def test_a_day_that_is_over_while_the_birthday_is_to_come_is_today(office: Office) -> None:
    await said(office.rep, "加客户 张伟 13800138001 生日3月20日")
    await said(office.rep, "张伟生日前一周提醒我买蛋糕")
    assert planned(office) == [("买蛋糕（3月20日生日）", at(3, 18, 17), None)]


@pytest.mark.parametrize(
    ("text", "told", "due"),
    [
        ("陈洁生日前三天提醒我买蛋糕", "5月3日", at(4, 30)),
        ("陈洁生日那天提醒我买蛋糕", "她生日是6.8", at(6, 8)),
        ("提醒我陈洁生日提前一周买蛋糕", "农历八月十五", at(9, 18)),
        ("陈洁生日前一天记得提醒我买蛋糕", "1988年5月3号", at(5, 2)),
    ],
)
async def test_a_missing_birthday_is_asked_for_and_kept(office: Office, text: str, told: str, due: datetime) -> None:
    await set_up(office)
    question = await said(office.rep, text)
    assert "还没记 陈洁 的生日" in question.text
    assert planned(office) == []
    answer = await said(office.rep, told)
    assert "生日已记到资料" in answer.text
    assert [when for _, when, _ in planned(office)] == [due]
    born = select(Customer.solar_month, Customer.lunar_month).where(Customer.name == "陈洁")
    assert any(office.database.read_now(lambda db: db.execute(born).one()))


async def test_a_time_instead_of_the_birthday_is_the_reminders(office: Office) -> None:
    await set_up(office)
    await said(office.rep, "陈洁生日前三天提醒我买蛋糕")
    await said(office.rep, "后天下午3点")
    assert planned(office) == [("买蛋糕", at(3, 20, 15), None)]
    question = await said(office.rep, "陈洁生日那天提醒我买花")
    await pressed(office.rep, question, "后天")
    assert [what for what, *_ in planned(office)] == ["买蛋糕", "买花"]


@pytest.mark.parametrize(
    "text",
    ["张伟生日那天她没在家", "张伟生日前一周我刚去看过他", "张伟说生日那天不办了", "张伟生日那天送的酒他很喜欢"],
)
async def test_what_is_told_of_a_birthday_is_a_note(office: Office, text: str) -> None:
    await set_up(office)
    await said(office.rep, text)
    assert planned(office) == []
    assert office.database.read_now(lambda db: len(list(db.scalars(select(Note).where(Note.text == text))))) == 1


async def test_an_hour_that_is_over_on_the_day_itself_is_next_years(office: Office) -> None:
    await said(office.rep, "加客户 王强 13800138009 生日3月18日")
    await said(office.rep, "王强生日当天早上8点提醒我打电话")
    assert [when for _, when, _ in planned(office)] == [at(3, 18, 8).replace(year=2027)]

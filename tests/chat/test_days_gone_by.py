"""A day that went by a few weeks ago is not a day of next year: it is overdue, or asked about with both years."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import AccountEntry, Task
from tests.chat.conftest import SHANGHAI
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def due(office: Office) -> list[datetime]:
    rows = office.database.read_now(lambda db: list(db.scalars(select(Task).where(Task.cancelled_at.is_(None)))))
    return [row.due_at.astimezone(SHANGHAI) for row in rows]


async def set_up(office: Office) -> None:
    await said(office.rep, "加客户 李娜 13800138002")


@pytest.mark.parametrize(
    ("text", "over", "next_year"),
    [
        ("3月15日提醒我给李娜打电话", "3月15日 周日", "明年3月15日"),
        ("提醒我3月10号催李娜付款", "3月10日 周二", "明年3月10日"),
        ("3.12 去拜访李娜", "3月12日 周四", "明年3月12日"),
        ("3月15号之前把合同给李娜", "3月15日 周日", "明年3月15日"),
        ("/remind 二月二十八号 交报表", "2月28日 周六", "明年2月28日"),
    ],
)
async def test_a_reminder_for_it_is_asked_about_with_both_years(
    office: Office, text: str, over: str, next_year: str
) -> None:
    await set_up(office)
    question = await said(office.rep, text)
    assert f"{over} 已经过了" in question.text
    assert due(office) == []
    assert labels(question)[0] == next_year
    card = await pressed(office.rep, question, next_year)
    assert "2027年" in card.text
    assert [at.year for at in due(office)] == [2027]


@pytest.mark.parametrize(
    "text", ["明年3月15日提醒我打给李娜", "李娜生日3月10日 提前一周提醒我", "2027-3-15 提醒我交表"]
)
async def test_a_day_of_next_year_that_is_said_so_or_comes_each_year_is_taken(office: Office, text: str) -> None:
    await set_up(office)
    await said(office.rep, text)
    assert [at.year for at in due(office)] == [2027]


@pytest.mark.parametrize("text", ["李娜要3月10日前发货", "答应李娜3月16号给报价", "跟李娜说好3月12日前回她"])
async def test_a_note_of_it_plans_nothing_for_next_year(office: Office, text: str) -> None:
    await set_up(office)
    await said(office.rep, text)
    assert due(office) == []


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("李娜欠款12000 3月10日前", date(2026, 3, 10)),
        ("李娜欠款12000 3月10日前付", date(2026, 3, 10)),
        ("回款 李娜 3000 3月10日", date(2026, 3, 10)),
        ("欠款 李娜 12000 1月15号到期", date(2026, 1, 15)),
        ("李娜欠款12000 6月30日前", date(2026, 6, 30)),
        ("欠款 李娜 12000 2027年3月10日前", date(2027, 3, 10)),
    ],
)
async def test_a_debt_is_overdue_since_then_and_money_came_in_then(office: Office, text: str, on: date) -> None:
    await set_up(office)
    await said(office.rep, text)
    (entry,) = office.database.read_now(lambda db: list(db.scalars(select(AccountEntry))))
    assert entry.entry_on == on


async def test_a_task_is_not_moved_to_it(office: Office) -> None:
    await set_up(office)
    await said(office.rep, "提醒我后天给李娜打电话")
    answer = await said(office.rep, "改到3月15日")
    assert "3月15日 周日 已经过了" in answer.text
    assert [at.date() for at in due(office)] == [date(2026, 3, 20)]

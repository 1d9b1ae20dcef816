"""The month of a target in words: 四月目标 小李30万 is April's, and 4月目标进度 shows April."""

from __future__ import annotations

from datetime import date

import pytest

from crm import months
from tests.chat import talk
from tests.chat.conftest import Office


@pytest.mark.parametrize(
    ("typed", "head"),
    [
        ("4月目标进度", "4月目标"),
        ("四月份的业绩目标完成情况", "4月目标"),
        ("上个月目标完成得怎么样", "2月目标"),
        ("五月目标", "5月目标"),
    ],
)
async def test_a_month_is_looked_at(office: Office, typed: str, head: str) -> None:
    assert head in (await talk.said(office.manager, typed)).text.splitlines()[0]


async def test_targets_of_a_month_in_words(office: Office) -> None:
    await office.manager.send("四月目标 小李30万 小周20万")
    await office.idle()
    said = [message.text for message in office.manager.messages()[-2:]]
    assert said == ["✅ 小李 4月目标：¥300,000", "✅ 小周 4月目标：¥200,000"]


async def test_the_month_of_another_year_is_looked_at(office: Office) -> None:
    for typed in ("2027年四月目标", "明年4月目标进度"):
        assert "2027年4月目标" in (await talk.said(office.manager, typed)).text.splitlines()[0], typed


@pytest.mark.parametrize(
    ("text", "month", "rest"),
    [
        ("李四月底 5000", None, "李四月底 5000"),
        ("展会 三月八号 5000", None, "展会 三月八号 5000"),
        ("展会 四月底 5000", date(2026, 4, 1), "展会  5000"),
        ("李四 四月 30万", date(2026, 4, 1), "李四  30万"),
        ("明年四月", date(2027, 4, 1), ""),
    ],
)
def test_a_month_is_no_part_of_a_name_or_day(text: str, month: date | None, rest: str) -> None:
    assert months.take(text, date(2026, 3, 18)) == (month, rest)


async def test_a_day_that_no_calendar_has_is_not_today(office: Office) -> None:
    assert "没有「13月45号」" in (await talk.said(office.rep, "13月45号有什么安排")).text

"""Words of tasks, days and digests: repetitions, resolved dates, masks, keyboards that fit."""

from __future__ import annotations

import doctest
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from crm import memberships
from crm.day_items import Day, Item
from crm.digests import Ahead, Evening
from crm.summaries import Digest
from crm.tables import Customer, Task
from handlers.texts import agenda, day_folds, digests, repetitions, tasks

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZONE)
FIGURES = Digest(date(2026, 3, 18), 1, 2, 3, 4, 5, 123400, 6, 567800, 7, 890000)


def test_the_examples_are_true() -> None:
    result = doctest.testmod(repetitions)
    assert result.attempted >= 2
    assert result.failed == 0


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("DAILY", "每天"),
        ("HOURLY2", "每2小时"),
        ("WEEKLY;MO,TH;T09:00", "每周一、四 09:00"),
        ("MONTHLY;5,20", "每月5号、20号"),
        ("MONTHLY;-1WD", "每月最后一个工作日"),
        ("MONTHLY3;1", "每3个月的1号"),
        ("YEARLY;3-8", "每年3月8日"),
        ("???", "重复"),
    ],
)
def test_repetitions_are_spoken(code: str, words: str) -> None:
    assert repetitions.spoken(code) == words


@pytest.mark.parametrize(
    ("at", "has_time", "words"),
    [
        (datetime(2026, 3, 19, 15, 0, tzinfo=ZONE), True, "3月19日 周四 15:00（明天）"),
        (datetime(2026, 3, 18, 23, 0, tzinfo=ZONE), True, "3月18日 周三 23:00（今天）"),
        (datetime(2026, 3, 25, 9, 0, tzinfo=ZONE), False, "3月25日 周三（7天后）"),
        (datetime(2027, 3, 1, 9, 0, tzinfo=ZONE), False, "2027年3月1日 周一"),
        (datetime(2026, 3, 18, 16, 30, tzinfo=UTC), True, "3月19日 周四 00:30（明天）"),
    ],
)
def test_a_resolved_date_always_says_its_weekday(at: datetime, has_time: bool, words: str) -> None:
    assert tasks.moment(at, has_time, ZONE, NOW) == words


def items(number: int) -> list[Item]:
    due = datetime(2026, 3, 18, 16, 0, tzinfo=ZONE)
    return [
        Item("task", 3.0, None, task=Task(task_id=n, what=f"<b>{n}", due_at=due, has_time=True), words=f"<b>{n}")
        for n in range(1, number + 1)
    ]


@pytest.mark.parametrize("number", [0, 1, 6, 7, 20])
def test_a_page_has_at_most_eight_lines_and_buttons(number: int) -> None:
    said = agenda.today(Day(items(number), 13), 0, ZONE, NOW)
    assert len([line for line in said.text.splitlines() if line[:1].isdigit()]) == min(number, day_folds.PAGE) <= 8
    assert sum(map(len, said.rows)) <= 8
    assert ("更多" in str(said.rows)) == (number > day_folds.PAGE)
    assert "<b>1 " not in said.text
    assert "另有 13 件拖了" in said.text
    assert "清一清" in str(said.rows)


def test_an_offset_beyond_the_end_begins_again() -> None:
    assert agenda.today(Day(items(3)), 600, ZONE, NOW).text == agenda.today(Day(items(3)), 0, ZONE, NOW).text


def test_a_group_sees_neither_name_nor_number() -> None:
    customer = Customer(name="王建国")
    words = "给王总、建国哥打 138 0013 8000，或 138-0013-8000、88365512、微信 wjg_99、wjg@a.cn，带上陈红"
    thing = Ahead(words, NOW, True, customer.name, "小李")
    evening = Evening(FIGURES, datetime(2026, 3, 19, tzinfo=ZONE), [thing], 2, 3, memberships.Day(1, 0, 2))
    masked = digests.digest(evening, "美好<b>", in_group=True, zone=ZONE).text
    for secret in ("王建国", "王总", "建国", "8000", "5512", "wjg", "陈红"):
        assert secret not in masked
    assert "10:30" in masked
    assert "王*" in masked
    assert "美好&lt;b&gt;" in masked
    assert "¥1,234" in masked
    assert "3月19日 周四" in masked
    assert "王建国" in digests.digest(evening, "美好", in_group=False, zone=ZONE).text

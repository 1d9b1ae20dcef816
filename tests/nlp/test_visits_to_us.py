"""A known customer who comes to us at a time to come is a note and our task; what only sounds so is news of him."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from nlp.reader import Known, read

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
KNOWN = (Known(1, "孙丽", nicknames=("孙姐",)), Known(2, "王建国", nicknames=("王总",)))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("孙丽明天下午3点来做头发", "2026-03-19T15:00"),
        ("孙丽周六上午10点来剪头", "2026-03-21T10:00"),
        ("明天10点孙丽来补染", "2026-03-19T10:00"),
        ("孙丽明早9点半来", "2026-03-19T09:30"),
        ("今晚7点孙姐来", "2026-03-18T19:00"),
        ("孙丽预约周四晚上7点烫头", "2026-03-19T19:00"),
        ("王总下周三来厂里", "2026-03-25"),
        ("周五下午王总来签合同", "2026-03-20T15:00"),
        ("明天下午王总要过来谈价格", "2026-03-19T15:00"),
        ("王建国后天来拿货", "2026-03-20"),
    ],
)
def test_a_visit_to_us_is_a_note_and_our_task(text: str, due: str) -> None:
    found = read(text, NOW, KNOWN)
    assert (found.action, found.ask) == ("note", None)
    assert found.task_when is not None
    assert found.task_when.value == due


@pytest.mark.parametrize(
    "text",
    [
        *(
            "王总说他明天来",
            "孙丽周五不来了",
            "王总明天来不来",
            "孙丽下周来上海出差",
            "明天王总来货500件",
            "孙丽明天来例假",
        ),
        *("王总下午来信", "王总明天到上海", "周五王总来投诉", "王总昨天来过了", "今天王总来看样品", "王总每周三来进货"),
        *(
            "孙丽9点来签合同",
            "今天上午王总来签",
            "孙丽6月来做护理",
            "王总下个月来公司",
            "孙丽周五之后来拿",
            "孙丽周末来",
        ),
        *("孙丽周四来付尾款8000", "王总周五来取货500个"),
    ],
)
def test_what_only_sounds_so_or_leaves_the_day_open_plans_nothing(text: str) -> None:
    found = read(text, NOW, KNOWN)
    assert found.action != "remind"
    assert found.task_when is None

"""四月十五的款延到四月三十: a debt that is to be paid later, and what is put off that is none."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from nlp.reader import postponed

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("text", "on", "was", "yuan"),
    [
        ("徐海四月十五的款延到四月三十", date(2026, 4, 30), date(2026, 4, 15), None),
        ("徐海说四月十五那笔要拖到四月底", date(2026, 4, 30), date(2026, 4, 15), None),
        ("徐海 尾款5000推到5月10号", date(2026, 5, 10), None, 5000),
        ("徐海那笔货款缓到月底", date(2026, 3, 31), None, None),
        ("徐海的款要往后推到下月15号", date(2026, 4, 15), None, None),
        ("徐海 四月那期延到五月五号", date(2026, 5, 5), date(2026, 4, 1), None),
        ("徐海3200那期改到4月20号", date(2026, 4, 20), None, 3200),
        ("徐海欠款延期到5月1日再付", date(2026, 5, 1), None, None),
    ],
)
def test_a_debt_is_put_off(text: str, on: date, was: date | None, yuan: int | None) -> None:
    told = postponed.told(text, NOW, "徐海")
    assert told is not None
    assert (told.on, told.was, told.fen) == (on, was, yuan * 100 if yuan else None)


@pytest.mark.parametrize(
    "text",
    [
        "徐海交货推迟到4月30",
        "徐海 约好的拜访推到周五",
        "徐海的款拖了半个月",
        "徐海 款延到四月三十行吗",
        "徐海 方案改到周五",
        "徐海说货款不能拖到月底",
        "徐海货款拖到现在还没给",
        "徐海钱主管改到周五来",
        "徐海 打款资料改到周五送",
        "徐海想把订单5000改到下月",
    ],
)
def test_what_else_is_put_off_is_none(text: str) -> None:
    assert postponed.told(text, NOW, "徐海") is None


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("李娜剩下的月底付", date(2026, 3, 31)),
        ("李娜 余款4月10号付清", date(2026, 4, 10)),
        ("李娜说剩下的钱下周五给", date(2026, 3, 27)),
        ("李娜尾款月底前结清", date(2026, 3, 31)),
        ("李娜剩余的月底打过来", date(2026, 3, 31)),
    ],
)
def test_the_day_of_what_is_left_is_told(text: str, on: date) -> None:
    assert postponed.rest_due(text, NOW, "李娜") == on


@pytest.mark.parametrize(
    "text",
    [
        "李娜剩下的货月底发",
        "李娜剩下的月底再说",
        "李娜剩下的月底付不了",
        "李娜剩下的昨天付了",
        "李娜剩下的2000月底付",
        "李娜尾款月底能付吗",
        "李娜剩下的每月付500",
        "李娜说尾款付了 月底来提货",
    ],
)
def test_what_is_no_day_of_the_rest_is_not(text: str) -> None:
    assert postponed.rest_due(text, NOW, "李娜") is None

"""An order as typed: the words in any order, days, returns, what is no amount."""

from __future__ import annotations

import doctest
from datetime import date, datetime
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm import order_lines
from crm.imports import records, values
from handlers.texts import risk

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_the_examples_hold() -> None:
    for module in (order_lines, records, values, risk):
        assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("words", list(permutations(["张伟", "12000", "螺栓M8", "昨天"])))
def test_the_order_of_the_words_is_all_the_same(words: tuple[str, ...]) -> None:
    line = order_lines.read(" ".join(words), NOW)
    assert (line.amount_fen, line.ordered_on) == (1_200_000, date(2026, 3, 17))
    assert sorted(line.rest) == ["张伟", "螺栓M8"]


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("张伟 1.2万", 1_200_000),
        ("张伟 三千五", 350_000),
        ("张伟 ¥12,000.50", 1_200_050),
        ("张伟 1,200 轴承6204", 120_000),
        ("张伟 -500", -50_000),
        ("张伟退货 500", -50_000),
        ("13800138000 500 螺栓", 50_000),
        ("1 29.33", 2_933),
        ("张伟 一万二 螺栓 100个", 1_200_000),
        ("张伟 100个 螺栓", None),
        ("张伟 0", None),
        ("张伟 1e5", None),
        ("张伟", None),
    ],
)
def test_amounts(text: str, fen: int | None) -> None:
    assert order_lines.read(text, NOW).amount_fen == fen


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("张伟 500 3月5日", date(2026, 3, 5)),
        ("张伟 500 12月5日", date(2025, 12, 5)),
        ("张伟 500 2026-03-10", date(2026, 3, 10)),
        ("张伟 500 明天送货", date(2026, 3, 18)),
        ("张伟 500", date(2026, 3, 18)),
    ],
)
def test_a_day_is_never_ahead(text: str, day: date) -> None:
    assert order_lines.read(text, NOW).ordered_on == day


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    line = order_lines.read(text, NOW)
    assert line.ordered_on <= NOW.date()
    assert line.amount_fen is None or line.amount_fen != 0

"""An order as typed: the words in any order, days, returns, what is no amount."""

from __future__ import annotations

import doctest
from datetime import date, datetime
from itertools import permutations
from time import process_time
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


@pytest.mark.parametrize("text", ["一共4294 含税", "4294", "就按 4,294", "总共三千五", "20", "不对，是 1,200.50 元吧"])
def test_a_sum_alone(text: str) -> None:
    assert order_lines.is_sum_alone(text)


@pytest.mark.parametrize("text", ["13812345678", "0755-26881234", "一二", ",", "", "总共", "0", "4294 李娜"])
def test_no_sum_alone(text: str) -> None:
    assert not order_lines.is_sum_alone(text)


@pytest.mark.parametrize("sign", [",", "，", " ", "1,", "总共"])
def test_a_long_text_is_no_sum_at_once(sign: str) -> None:
    def spent(text: str) -> float:
        began = process_time()
        assert not order_lines.is_sum_alone(text)
        return process_time() - began

    spent("李娜 4294")  # the pattern is made
    assert spent(sign * 4_000 + "李") < spent("李娜说下周再看看" * 500) + 0.1
    assert spent(sign * (39 // len(sign)) + "李") < 0.1

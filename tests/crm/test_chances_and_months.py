"""A deal told with its chance, and a month in words: what only looks like either is none."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from crm import deal_lines, months

NOW, TODAY = datetime(2026, 3, 18, 10, 30, tzinfo=UTC), date(2026, 3, 18)


@pytest.mark.parametrize(
    "text",
    [
        "王芳有3000 一半概率不要",
        "王芳那单30万 七成概率退",
        "孙丽的退款3000 九成把握",
        "张伟有六成胜算 官司 30万",
        "张伟那单30万 三成概率黄了",
        "郭海的标 380万 6成把握 上月定",
        "唐敏 30万 五五开",
        "王芳有3000 八成概率到货",
    ],
)
def test_what_may_go_wrong_or_is_over_is_no_deal(text: str) -> None:
    assert deal_lines.sloppy(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "yuan", "on"),
    [
        ("张伟的标预计380万 胜算六成 4月中旬定", 3_800_000, date(2026, 4, 15)),
        ("郭海的标 380万 6成把握 4月定", 3_800_000, date(2026, 4, 30)),
        ("张伟这单把握七成 8万", 80_000, None),
        ("张伟 输送带 8万 六成把握", 80_000, None),
    ],
)
def test_a_sum_with_its_chance_is_a_deal(text: str, yuan: int, on: date | None) -> None:
    said = deal_lines.sloppy(text, NOW)
    assert said is not None
    assert (said.amount_fen, said.expected_on) == (yuan * 100, on)


@pytest.mark.parametrize(
    "text", ["十月妈咪 目标30万", "五月花店 5000", "李四月底 30万", "展会 三月八号 5000", "五月天 3万"]
)
def test_what_is_called_like_a_month_is_none(text: str) -> None:
    assert months.take(text, TODAY) == (None, text)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("三月份没完成 四月目标30万", 4),
        ("小李四月30万", 4),
        ("小李 四月底 30万", 4),
        ("到四月底30万", 4),
        ("五月花了5000", 5),
        ("展会 三月份 5000", 3),
        ("十一月底 30万", 11),
    ],
)
def test_a_month_in_words_is_taken(text: str, month: int) -> None:
    found, _ = months.take(text, TODAY)
    assert found is not None
    assert found.month == month

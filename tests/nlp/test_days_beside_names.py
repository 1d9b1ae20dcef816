"""A day right behind the name of somebody unknown is no part of the name."""

from __future__ import annotations

import pytest

from nlp.reader import strangers


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("刘洋今儿下定了", "刘洋"),
        ("刘洋今儿个下定了", "刘洋"),
        ("孟丽明天来看车", "孟丽"),
        ("孟丽大后天来", "孟丽"),
        ("给刘洋今晚打电话", "刘洋"),
        ("欧阳娜娜明天来", "欧阳娜娜"),
        ("王明天天来", "王明天"),
    ],
)
def test_the_name_ends_before_the_day(text: str, name: str) -> None:
    assert strangers.named_in(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("老无要加五百套 8块2一套", "老无"),
        ("老板要加五百套", None),
        ("老是要加急", None),
        ("老客又下单 3000", None),
        ("老样子加10箱", None),
    ],
)
def test_a_slip_of_a_surname_is_somebody(text: str, name: str | None) -> None:
    assert strangers.named_in(text) == name

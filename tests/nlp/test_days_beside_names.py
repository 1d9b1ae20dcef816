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
        ("张晓明早上来看房了", "张晓明"),
        ("李志明晚上到店", "李志明"),
    ],
)
def test_the_name_ends_before_the_day(text: str, name: str) -> None:
    assert strangers.named_in(text) == name

"""The month of a target in words: 四月目标 小李30万 is April's, and 4月目标进度 shows April."""

from __future__ import annotations

import pytest

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

"""How money went (微信收了) is no way in which people spoke."""

from __future__ import annotations

import pytest

from nlp import channels


@pytest.mark.parametrize("text", ["赔了200 微信转的", "护理168微信", "58 微信收了", "微信付了", "收的微信", "微信给了"])
def test_a_way_of_paying_is_no_channel(text: str) -> None:
    assert channels.spoken(text) == frozenset()


@pytest.mark.parametrize(
    "text",
    ["加了微信", "微信聊了报价", "微信给他发了报价", "微信转发了资料", "微信收到了合同", "微信给了我地址", "微信收件"],
)
def test_speaking_by_it_is_one(text: str) -> None:
    assert channels.spoken(text) == frozenset({"wechat"})

"""A command with traditional characters behind it is answered once, whatever they are."""

from __future__ import annotations

import pytest

from tests.chat import talk
from tests.chat.conftest import Office


@pytest.mark.parametrize(
    "typed",
    [
        "下单 謰敺揿傘惦幣蟀茅袛恘鄌件館鞥蕝氓鍢淒笩蝁陖决鎅璋倫",
        "訂單 謰敺揿傘惦幣蟀茅袛恘鄌件館",
        "记 謰敺揿傘惦幣",
        "提醒 謰敺揿傘惦幣",
        "查 謰敺揿傘",
        "加客户 謰敺揿傘惦幣蟀茅袛",
        "投诉 謰敺揿傘",
        "商机 謰敺揿傘",
        "欠款 謰敺揿傘",
        "分配 謰敺揿傘",
    ],
)
async def test_it_is_answered(office: Office, typed: str) -> None:
    assert "没处理成功" not in (await talk.said(office.rep, typed)).text


async def test_an_order_of_whom_nobody_knows_is_asked_about(office: Office) -> None:
    assert "新客户" in str((await talk.said(office.rep, "訂單 黃太 3600 鋼琴一期")).rows)

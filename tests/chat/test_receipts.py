"""Money entered as received (收款500) is no order: it pays what is open, and lies ahead where nothing is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.chat.conftest import Office
from tests.chat.talk import said

WU = "加客户 吴军 13800138000"


async def told(office: Office, *texts: str) -> str:
    """What the bot says to the last, a minute apart."""
    text = ""
    for one in texts:
        await office.at(office.now + timedelta(minutes=1))
        text = (await said(office.rep, one)).text
    return text


@pytest.mark.parametrize("text", ["吴军 收款200", "吴军收款 200", "吴军 微信收款200", "吴军今天收款200元"])
async def test_what_is_received_with_nothing_open_lies_ahead(office: Office, text: str) -> None:
    await said(office.rep, WU)
    assert "记下回款 ¥200" in await told(office, text)
    assert "¥200（1 笔）" in await told(office, "今天收了多少钱")
    assert "0 单" in await told(office, "今天签了几单")


async def test_what_is_received_pays_the_open_order(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 订了柜子 8000")
    assert "记下回款 ¥3,000" in await told(office, "吴军 收款3000")
    assert "5,000" in await told(office, "吴军 还欠多少")
    assert "1 单" in await told(office, "今天签了几单")


async def test_told_again_or_too_much_it_is_asked_and_no_order_is_offered(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 收款200")
    for text in ("吴军 收款200",):
        await office.at(office.now + timedelta(minutes=1))
        card = await said(office.rep, text)
        assert any("回款" in one["text"] for row in card.rows for one in row)
        assert not any("订单" in one["text"] for row in card.rows for one in row)

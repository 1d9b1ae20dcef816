"""What alerts of a customer who may be lost: a sign of leaving, not an appointment that is moved."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.chat.talk import said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def alerted(office: Office, text: str) -> bool:
    """Whether the rep hears that 孙倩 may be lost after he has written the text down."""
    await said(office.rep, "加客户 孙倩 13911113333")
    await said(office.rep, "订单 孙倩 268 美甲")
    await said(office.rep, text)
    for hours in (2, 9, 23):
        await office.at(office.now + timedelta(hours=hours))
    return any("可能流失" in message.text for message in office.rep.messages())


@pytest.mark.parametrize("text", ["孙倩取消了明天的头疗 改到周六同一时间", "孙倩做了第一次 剩9次"])
async def test_a_new_date_and_a_use_alert_nobody(office: Office, text: str) -> None:
    assert not await alerted(office, text)


async def test_a_likely_sign_of_leaving_alerts(office: Office) -> None:
    assert await alerted(office, "孙倩说以后不来了 下个月换到别家做")

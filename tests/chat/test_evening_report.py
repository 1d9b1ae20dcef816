"""The evening's report to the team: what comes up to the next working day, the weekend before it included."""

from __future__ import annotations

from datetime import datetime

from tests.chat.conftest import SHANGHAI, Office
from tests.chat.talk import said


async def report(office: Office, day: int) -> str:
    await office.at(datetime(2026, 3, day, 18, 0, tzinfo=SHANGHAI))
    return next(m.text for m in reversed(office.manager.messages(office.group)) if "日报" in m.text)


async def test_on_friday_what_is_done_at_the_weekend_is_shown_with_its_day(office: Office) -> None:
    await said(office.rep, "加客户 徐静 13800138001 锦绣花园")
    await said(office.rep, "提醒我周六上午9点去徐静家量房")
    await said(office.rep, "提醒我下周一上午10点给徐静送合同")
    thursday = await report(office, 19)
    assert "下一个工作日 3月20日 周五\n还没有排事" in thursday
    friday = await report(office, 20)
    assert "到下一个工作日 3月23日 周一\n· 3月21日 周六 09:00 客户 徐" in friday
    assert "· 3月23日 周一 10:00 客户 徐" in friday

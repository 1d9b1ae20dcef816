"""The days of policies as a rep tells them: a coming one becomes a task, none becomes the customer's birthday."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.chat.played import at
from tests.chat.talk import labels, pressed, said
from tests.chat.test_doubtful_days import days_planned

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def test_policy_days_are_tasks_or_offered_and_no_birthdays(office: Office) -> None:
    card = await said(office.rep, "郭姐 13688880002 车险4月20号到期")
    assert "⏰ 车险到期：4月20日（周一）" in card.text
    for text, on in (("郭姐的续费日是4月18", "4月18日"), ("郭姐的保单 9600 每年3月22号续", "3月22日")):
        card = await said(office.rep, text)
        assert "已记到 郭姐" in card.text
        assert any(on in label and label.endswith("提醒我") for label in labels(card)), text
    card = await said(office.rep, "郭姐 保单生日3月23")
    assert "🎂" not in card.text
    offered = next(label for label in labels(card) if label.endswith("提醒我"))
    await office.at(at(3, 20))  # the button's day stays when it is pressed later
    assert "⏰" in (await pressed(office.rep, card, offered)).text
    assert days_planned(office) == [date(2026, 4, 20), date(2026, 3, 23)]

"""What leaders ask: figures as they are now, whose rep's they are, and never a question kept as a note."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.chat import prepared, talk

if TYPE_CHECKING:
    from emulator.person import Person
    from tests.chat.conftest import Office


async def shop(office: Office) -> None:
    """小李 has 李姐, 李哥 and 王强, 小周 has 周敏, 周总 and 刘姐; each sold something today, and each has a task."""
    for text in (
        "新客户 李姐 13911112222 食堂",
        "新客户 李哥 13911112223",
        "新客户 王记面馆老板王强 13911112225",
        "李姐 订单 12000 大米",
        "王强明天上午10点量房",
    ):
        await talk.said(office.rep, text)
    for text in (
        "新客户 周敏 13922222222 老板",
        "新客户 周总 13922222223",
        "新客户 刘姐 13922222224",
        "周敏 订单 8600 重疾",
        "周敏后天下午2点签合同",
        "商机 周总 3万 橱柜",
    ):
        await talk.said(office.rep2, text)
    await office.idle()


office = prepared.office_after(shop)


async def told(office: Office, person: Person, text: str) -> str:
    """All that is answered, pictures with it; nothing was kept as a note or a task."""
    before = len(person.messages())
    await talk.asked(office, person, text)
    return "\n".join(message.text for message in person.messages()[before + 1 :])


async def test_an_order_taken_back_a_day_later_and_one_of_yesterday_are_right_in_the_table(office: Office) -> None:
    card = await talk.said(office.rep, "李哥 订单 28000 团险")
    await office.at(office.now + timedelta(days=1))
    assert "¥4万（2 单）" in await told(office, office.manager, "团队表现 本月")
    await talk.pressed(office.rep, card, "撤销")
    await talk.said(office.rep, "订单 李哥 3000 团险 昨天")
    await office.idle()
    for text, sum_said in (
        ("团队表现 本月", "¥1.5万（2 单）"),
        ("小李这个月业绩", "¥15,000"),
        ("这个月签了几单", "小李 ¥1.5万"),
    ):
        assert sum_said in await told(office, office.manager, text), text


async def test_no_order_is_said_to_be_none(empty_office: Office) -> None:
    for person in (empty_office.manager, empty_office.rep):
        answer = await told(empty_office, person, "这个月签了几单")
        assert "0 单" in answer
        assert "记一单" not in answer

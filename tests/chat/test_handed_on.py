"""News of a customer whom the rep gave away names who has him now; of a colleague's own nothing is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.chat.talk import said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def test_who_has_him_now_is_said(office: Office) -> None:
    await said(office.rep, "加客户 张强 13911112222 宏远机械")
    await said(office.manager, "把张强转给小周")
    await office.rep.next_message()
    for text in ("张强说交期太慢", "张强的报价改395一台"):
        asked = await said(office.rep, text)
        assert "张强 已转给 小周" in asked.text
        assert "新客户" in [label for row in asked.buttons for label in row]


async def test_a_colleagues_own_customer_is_not_told_of(office: Office) -> None:
    await said(office.rep2, "加客户 张强 13911112222 宏远机械")
    asked = await said(office.rep, "张强说交期太慢")
    assert "小周" not in asked.text
    assert "要新建客户吗" in asked.text


async def test_he_is_no_colleagues_after_he_came_back(office: Office) -> None:
    await said(office.rep, "加客户 张强 13911112222 宏远机械")
    await said(office.manager, "把张强转给小周")
    await office.rep.next_message()
    await said(office.manager, "把张强转给小李")
    await office.rep.next_message()
    assert "已记到 张强" in (await said(office.rep, "张强说交期太慢")).text

"""Names in the digest of a group: masked by default, full where the admin wants it, numbers and typed words never."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.chat.talk import said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def digest(office: Office) -> str:
    """What the group reads this evening of a task for a customer in whose name somebody wrote a number."""
    await said(office.rep, "加客户 郑秘密 13800138000")
    await said(office.rep, "提醒 明天下午4点 给郑秘密回电话 13800138000")
    await office.at(office.now.replace(hour=18, minute=5))
    return (await office.manager.next_message(office.group)).text


async def test_names_are_masked_by_default(office: Office) -> None:
    said_there = await digest(office)
    assert "客户 郑*（小李）" in said_there
    assert "秘密" not in said_there


async def test_names_are_full_where_the_admin_wants_it_and_nothing_else_is(office: Office) -> None:
    assert "全名" in (await said(office.admin, "设置 群里姓名 全名")).text
    said_there = await digest(office)
    assert "客户 郑秘密（小李）" in said_there
    assert "回电话" not in said_there
    assert "13800138000" not in said_there

"""A customer who wants no call, visit or reminder gives nobody a task, and nobody is asked what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from crm.tables import Task
from tests.chat import prepared
from tests.chat.talk import labels, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    await said(office.rep, "加客户 孙丽 13800138001")


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    "text",
    ["孙丽说明天不用提醒她", "孙丽让我明天别打电话给她", "孙丽说周五不用送货了", "孙丽说下周别去找她"],
)
async def test_what_he_does_not_want_is_a_note_and_no_task(office: Office, text: str) -> None:
    card = await said(office.rep, text)
    assert card.text.startswith("✅ 已记到 孙丽"), card.text
    assert "答应了" not in card.text
    assert "⏰" not in card.text
    assert office.database.read_now(lambda db: db.scalar(select(func.count()).select_from(Task))) == 0


async def test_who_wants_no_more_calls_can_be_left_alone(office: Office) -> None:
    assert "加入不打扰名单" in labels(await said(office.rep, "孙丽说不用再打电话了"))
    assert "加入不打扰名单" in labels(await said(office.rep, "客户说不用再打电话了"))


async def test_a_day_offered_instead_still_is_the_task(office: Office) -> None:
    card = await said(office.rep, "孙丽说明天不用去 我答应周五去她店里")
    assert "3月20日" in card.text

"""马国强 is a person and no brand 国强: a customer's name, nickname or given name changes no tag of his notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat.talk import said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def tags(text: str) -> str:
    return next((line for line in text.splitlines() if line.startswith("🏷")), "")


@pytest.mark.parametrize("rest", ["说下周三给回复", "那边货款还没结", "今天没接电话", "要两箱样品"])
async def test_a_name_that_is_a_brand_too_changes_no_tag(office: Office, rest: str) -> None:
    await said(office.rep, "加客户 孙丽 13911112222 无锡新民五金")
    await said(office.rep, "加客户 马国强 13911113333 苏州恒锐精密")
    other = tags((await said(office.rep, f"孙丽{rest}")).text)
    assert tags((await said(office.rep, f"马国强{rest}")).text) == other
    assert tags((await said(office.rep, f"国强{rest}")).text) == other


async def test_the_note_of_a_new_customer_is_tagged_without_his_name(office: Office) -> None:
    card = await said(office.rep, "加客户 马国强 13911113333 苏州恒锐精密 马国强今天没空")
    assert "竞品" not in card.text
    assert "流失" not in card.text

"""马国强 is a person and no brand 国强: a customer's name, nickname or given name changes no tag of his notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat.talk import said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def tags(text: str, name: str) -> str:
    """The line of tags; words that decided may hold the name."""
    return next((line.replace(name, "") for line in text.splitlines() if line.startswith("🏷")), "")


@pytest.mark.parametrize("rest", ["说下周三给回复", "那边货款还没结", "今天没接电话", "要两箱样品"])
async def test_a_name_that_is_a_brand_too_changes_no_tag(office: Office, rest: str) -> None:
    await said(office.rep, "加客户 孙丽 13911112222 无锡新民五金")
    await said(office.rep, "加客户 马国强 13911113333 苏州恒锐精密")
    other = tags((await said(office.rep, f"孙丽{rest}")).text, "孙丽")
    assert tags((await said(office.rep, f"马国强{rest}")).text, "马国强") == other
    assert tags((await said(office.rep, f"国强{rest}")).text, "国强") == other


async def test_the_note_of_a_new_customer_is_tagged_without_his_name(office: Office) -> None:
    card = await said(office.rep, "加客户 马国强 13911113333 苏州恒锐精密 马国强今天没空")
    assert "竞品" not in card.text
    assert "流失" not in card.text


@pytest.mark.parametrize("firm", ["国强五金", "三棵树涂料", "宁波得力文具", "永固机械"])
async def test_a_firm_called_as_a_brand_is_no_rival(office: Office, firm: str) -> None:
    await said(office.rep, f"加客户 马晓东 13911113333 {firm}")
    for text in (f"{firm}那边今天没接电话", f"{firm}马总要两箱样品", f"跟马晓东谈了 {firm}下周签"):
        assert "竞品" not in (await said(office.rep, text)).text

"""应该是680 right behind an order puts its sum right; 张伟 信用 opens his page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import said
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    await said(office.rep, "加客户 何敏 13911115555 上海美达")


office = prepared.office_after(set_up)


@pytest.mark.parametrize("text", ["应该是680", "680才对", "价格是680", "其实是680元", "金额应该是680吧"])
async def test_what_should_be_puts_the_order_just_entered_right(office: Office, text: str) -> None:
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "何敏 下单860 密封圈")
    card = await said(office.rep, text)
    assert stored(office) == [(680_00, "密封圈")], card.text


async def test_the_same_words_without_an_order_book_nothing(office: Office) -> None:
    await said(office.rep, "应该是680")
    assert stored(office) == []


@pytest.mark.parametrize("text", ["何敏 信用", "何敏的信用"])
async def test_name_before_the_word_opens_the_page(office: Office, text: str) -> None:
    assert "信用：" in (await said(office.rep, text)).text

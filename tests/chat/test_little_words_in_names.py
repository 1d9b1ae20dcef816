"""A name that holds a word such as 有 or 和: whoever bears it is found, and nobody else is written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat.talk import said
from tests.chat.test_notes import ZHANG, notes

if TYPE_CHECKING:
    from tests.chat.conftest import Office


@pytest.mark.parametrize("name", ["常有福", "李和平", "王可心"])
async def test_a_name_that_holds_a_little_word_is_found_before_the_customer_shown_last(
    office: Office, name: str
) -> None:
    await said(office.rep, f"加客户 {name} 13911114444")
    await said(office.rep, ZHANG)  # shown last
    assert name in (await said(office.rep, f"{name}嫌交期太慢")).text


async def test_news_of_such_a_name_that_is_nobodys_is_not_the_shown_customers(office: Office) -> None:
    await said(office.rep, ZHANG)
    assert "张伟" not in (await said(office.rep, "温有才嫌交期太慢")).text
    assert notes(office) == []


async def test_a_past_day_beside_what_was_done_is_no_task(office: Office) -> None:
    await said(office.rep, ZHANG)
    assert "⏰" not in (await said(office.rep, "周五给张伟送了样品")).text

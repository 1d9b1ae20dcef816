"""Customers in traditional characters are stored as typed and found by either spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from crm.tables import Customer, Note, Order
from tests.chat.talk import said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def names_of(office: Office) -> list[str]:
    return office.database.read_now(lambda db: list(db.scalars(select(Customer.name).order_by(Customer.customer_id))))


async def test_names_are_stored_as_typed(office: Office) -> None:
    await said(office.rep, "加客户 李乾 13811112221")
    await said(office.rep, "加客户 劉德華 13811112222")
    await said(office.rep, "加客戶 陳國強 13811112223")
    assert names_of(office) == ["李乾", "劉德華", "陳國強"]


async def test_either_spelling_finds_the_customer(office: Office) -> None:
    await said(office.rep, "加客户 黃麗華 13811112224")
    await said(office.rep, "加客户 李乾 13811112225")
    for asked in ("查 黄丽华", "查 黃麗華", "查 黄丽"):
        assert "黃麗華" in (await said(office.rep, asked)).text, asked
    await said(office.rep, "查 李乾")
    for text in ("黄丽华今天来店里看了沙发", "黃麗華今天來店裡看了沙發"):
        assert "已记到 黃麗華" in (await said(office.rep, text)).text, text
    assert "黃麗華" in (await said(office.rep, "黃麗華 订了10000元货")).text
    assert "黃麗華" in (await said(office.rep, "訂單 黄丽华 3600 鋼琴一期")).text
    held = office.database.read_now(
        lambda db: set(db.scalars(select(Order.customer_id).join(Customer).where(Customer.name == "黃麗華")))
    )
    assert len(held) == 1


async def test_a_note_is_stored_as_typed(office: Office) -> None:
    await said(office.rep, "加客户 郭海 13811112226")
    for text in ("記 郭海 覺得價格高", "郭海說樣品不錯 想再談談"):
        await said(office.rep, text)
    kept = office.database.read_now(lambda db: list(db.scalars(select(Note.text).order_by(Note.note_id))))
    assert [text for text in kept if "覺得價格高" in text]
    assert [text for text in kept if "說樣品不錯" in text]


async def test_a_simplified_customer_is_found_by_the_old_spelling(office: Office) -> None:
    await said(office.rep, "加客户 黄丽华 13811112227")
    assert "黄丽华" in (await said(office.rep, "查 黃麗華")).text
    assert "已记到 黄丽华" in (await said(office.rep, "黃麗華說樣品不錯")).text

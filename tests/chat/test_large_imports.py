"""Files too large for one transaction: written beside the talk, shown at once, stopped, completed, taken back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from crm.imports import files
from crm.imports.hiding import HIDDEN
from crm.tables import AuditRow, Customer, ImportChange, SearchKey
from tests.chat import talk

if TYPE_CHECKING:
    from emulator.message import Message
    from tests.chat.conftest import Office

ROWS = files.SMALL + 60
MANY = 4_000  # rows that are still being written when somebody presses [停止]


def table(company: str, number: int = ROWS) -> bytes:
    """Customers with their numbers, and firms where `company` names one."""
    rows = [f"客户{chr(0x4E00 + at)},{13_000_000_000 + at},{company and company + str(at)}" for at in range(number)]
    return ("姓名,手机,公司\n" + "\n".join(rows)).encode()


def count(office: Office, *conditions: Any) -> int:
    return (
        office.database.read_now(lambda db: db.scalar(select(func.count(Customer.customer_id)).where(*conditions))) or 0
    )


async def begun(office: Office, content: bytes, number: int = ROWS) -> Message:
    """The card after [导入], which tells how far it is."""
    await office.rep.document("客户.csv", content)
    card = await office.rep.next_message()
    dry = await talk.pressed(office.rep, card, "检查")
    return await talk.pressed(office.rep, dry, f"导入 {number:,} 条")


async def ended(office: Office, card: Message, word: str) -> Message:
    while word not in card.text:
        card = await office.rep.wait_edit(card, timeout=60)
    return card


async def hears(office: Office, word: str) -> None:
    """The rep reads it somewhere: in the card that told how far it was, or in a message of its own."""
    async with asyncio.timeout(60):
        while not any(word in message.text for message in office.rep.messages()):  # noqa: ASYNC110  gives way to the bot
            await asyncio.sleep(0)


async def test_a_large_file_is_written_completed_and_taken_back(office: Office) -> None:
    card = await begun(office, table(""))
    if "已导入" not in card.text:
        assert f"0 / {ROWS} 条" in card.text
        assert talk.labels(card) == ["停止"]
    first = await ended(office, card, "已导入")
    assert f"新客户 {ROWS} 位" in first.text
    assert count(office, Customer.deleted_at.is_(None)) == ROWS
    assert "130 0000 0007" in (await talk.said(office.rep, f"查 客户{chr(0x4E00 + 7)}")).text
    second = await ended(office, await begun(office, table("美达")), "已导入")
    assert f"补全资料 {ROWS} 位" in second.text
    assert count(office, Customer.company.is_not(None)) == ROWS
    assert f"客户{chr(0x4E00 + 9)}" in (await talk.said(office.rep, "找 美达9")).text
    await office.rep.press(second, "撤销导入")
    await ended(office, await office.rep.wait_edit(second), "正在撤销")
    await hears(office, "已撤销")
    assert count(office, Customer.company.is_not(None)) == 0
    assert office.database.read_now(lambda db: db.scalar(select(func.count()).select_from(ImportChange))) == 0
    gone = await talk.pressed(office.rep, first, "撤销导入")
    assert f"客户 {ROWS} 位" in gone.text
    assert count(office, Customer.deleted_at.is_(None)) == 0
    told = office.database.read_now(lambda db: db.scalars(select(AuditRow.what)).all())
    assert told.count("imported") == 2


async def test_a_stopped_file_leaves_nothing(office: Office) -> None:
    card = await begun(office, table("美达", MANY), MANY)
    assert talk.labels(card) == ["停止"]
    stop = talk.data_of(card, "停止")
    await office.rep2.send("/help")
    foreign = await talk.press_foreign(office.rep2, await office.rep2.next_message(), stop)
    assert "找不到这次导入" in foreign.text
    await office.rep.press(card, data=stop)
    await office.idle()
    left = office.database.read_now(lambda db: db.scalar(select(func.count()).select_from(SearchKey)))
    done = count(office, Customer.deleted_at.is_(None))
    assert (done, count(office, Customer.deleted_at == HIDDEN)) == (0, 0)
    assert left == 0

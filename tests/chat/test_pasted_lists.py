"""A long pasted list loses nothing that its lines tell, and lines about known customers are no list to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from crm.tables import Customer, Note
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

NAMES = ("高明远", "王海涛", "李建国", "张海峰", "刘志强", "陈立新", "孙国庆", "周立波", "吴天明", "郑爱国")


async def test_every_field_of_a_line_is_imported(office: Office) -> None:
    told = "13910063500 做餐饮的 抖音来的 gao@mingyuan.com"
    lines = [f"{name} 139100635{at:02d} 做餐饮的" for at, name in enumerate(NAMES[1:], 1)]
    lines[0] = "王海涛 男 13910063501 做餐饮的 下周二送样品"
    card = await said(office.rep, "\n".join([f"{NAMES[0]} {told}", *lines]))
    assert "10 行" in card.text
    dry = await pressed(office.rep, card, "检查")
    await pressed(office.rep, dry, "导入 10 条")
    await office.idle()
    first, second = office.database.read_now(
        lambda db: [db.scalars(select(Customer).where(Customer.name == name)).one() for name in NAMES[:2]]
    )
    assert (first.industry, first.email, first.source is not None) == ("餐饮", "gao@mingyuan.com", True)
    kept = office.database.read_now(
        lambda db: db.scalars(select(Note.text).where(Note.customer_id == second.customer_id)).all()
    )
    assert any("男" in text and "下周二送样品" in text for text in kept)


async def test_lines_about_known_customers_are_taken_one_by_one(office: Office) -> None:
    for at, name in enumerate(NAMES):
        await said(office.rep, f"加客户 {name} 139100635{at:02d}")
    shown = len(office.rep.messages())
    lines = [f"{name} 139100635{at:02d} 今天下单1000 下周二送货" for at, name in enumerate(NAMES)]
    await office.rep.send("\n".join(lines))
    await office.idle()
    answers = [message for message in office.rep.messages()[shown:] if message["from"]["is_bot"]]
    assert len(answers) == len(NAMES)
    assert all(name in answer.text for name, answer in zip(NAMES, answers, strict=True)), answers[0].text
    assert labels(answers[0])[0] == NAMES[0]


async def test_known_customers_with_new_fields_are_still_a_list(office: Office) -> None:
    for at, name in enumerate(NAMES):
        await said(office.rep, f"加客户 {name} 139100635{at:02d}")
    card = await said(office.rep, "\n".join(f"{name},恒通五金店,139100635{at:02d}" for at, name in enumerate(NAMES)))
    assert "10 行" in card.text

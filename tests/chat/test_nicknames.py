"""An address that was asked about once is known from then on: 赵总 is 赵建军."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from crm.tables import Customer
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

ZHAO = "加客户 赵建军 13800138001 上海美达"


def called(office: Office) -> dict[str, list[str]]:
    rows = office.database.read_now(lambda db: list(db.scalars(select(Customer).order_by(Customer.customer_id))))
    return {row.name: list(row.nicknames or ()) for row in rows}


async def test_an_address_is_asked_about_once(office: Office) -> None:
    await said(office.rep, ZHAO)
    await said(office.rep2, "加客户 赵丽 13800138002 苏州恒锐")
    asked = await said(office.rep, "赵总说下周来")
    assert "这条记到谁名下" in asked.text
    await pressed(office.rep, asked, "赵建军")
    assert called(office) == {"赵建军": ["赵总"], "赵丽": []}
    assert "已记到 赵建军" in (await said(office.rep, "赵总觉得价格太高")).text
    assert "已记到 赵丽" in (await said(office.rep2, "赵总觉得价格太高")).text  # his only one of the surname


async def test_what_a_note_taught_goes_with_it(office: Office) -> None:
    await said(office.rep, ZHAO)
    card = await pressed(office.rep, await said(office.rep, "老赵说下周来"), "赵建军")
    assert called(office) == {"赵建军": ["老赵"]}
    assert "撤销" in labels(card)
    await pressed(office.rep, card, "撤销")
    assert called(office) == {"赵建军": []}
    assert "这条记到谁名下" in (await said(office.rep, "老赵觉得价格太高")).text


async def test_an_address_that_two_customers_share_stays_a_question(office: Office) -> None:
    await said(office.rep, ZHAO)
    await said(office.rep, "加客户 赵丽 13800138002 苏州恒锐")
    asked = await said(office.rep, "赵总说下周来")
    await pressed(office.rep, asked, next(label for label in labels(asked) if "赵建军" in label))
    assert called(office) == {"赵建军": [], "赵丽": []}
    assert "这条记到谁名下" in (await said(office.rep, "赵总觉得价格太高")).text

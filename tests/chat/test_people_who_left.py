"""Who came instead of somebody: a contact of his own, and what is still open about the other is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Customer, CustomerPhone
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def numbers(office: Office) -> dict[str, list[str]]:
    rows = select(Customer.name, CustomerPhone.phone).join(
        CustomerPhone, CustomerPhone.customer_id == Customer.customer_id
    )
    found: dict[str, list[str]] = {}
    for name, phone in office.database.read_now(lambda db: [tuple(row) for row in db.execute(rows)]):
        found.setdefault(name, []).append(phone)
    return found


async def test_his_open_tasks_are_said(office: Office) -> None:
    await said(office.rep, "加客户 何主任 13911112222 中天学校")
    await said(office.rep, "提醒我周五给何主任送货")
    card = await said(office.rep, "中天学校 何主任调走了 新来的郭主任 13812345670")
    assert "郭主任" in card.text
    assert "何主任 名下还有 1 件待办没完成" in card.text


async def test_nothing_is_said_without_a_task_or_a_leaver(office: Office) -> None:
    await said(office.rep, "加客户 何主任 13911112222 中天学校")
    card = await said(office.rep, "中天学校 何主任调走了 新来的郭主任 13812345670")
    assert "郭主任" in card.text
    assert "名下还有" not in card.text
    await said(office.rep, "提醒我周五给何主任送货")
    card = await said(office.rep, "加客户 中天学校 钱主任 13812345671 何主任介绍的")
    assert "钱主任" in card.text
    assert "名下还有" not in card.text


@pytest.mark.parametrize(
    ("text", "newcomer"),
    [
        ("刘经理 被辞退了 华润换成小顾接手 13800000042", "小顾"),
        ("刘经理那边接手的是他们的钱主管电话13800000042", "钱主管"),
    ],
)
async def test_the_number_is_the_others(office: Office, text: str, newcomer: str) -> None:
    await said(office.rep, "加客户 刘经理 13911112222 华润物业")
    card = await said(office.rep, text)
    assert "新建联系人" in labels(card)
    assert newcomer in (await pressed(office.rep, card, "新建联系人")).text
    assert numbers(office) == {"刘经理": ["13911112222"], newcomer: ["13800000042"]}

"""Open questions: what answers them, what does not, and how they are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Customer, Note, Order
from tests.chat import prepared
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from emulator.message import Message
    from tests.chat.conftest import Office

ZHANG = "加客户 张伟 13911112222 上海宏达科技"


def names(office: Office) -> list[str]:
    living = select(Customer.name).where(Customer.deleted_at.is_(None)).order_by(Customer.customer_id)
    return office.database.read_now(lambda db: list(db.scalars(living)))


def notes(office: Office) -> list[str]:
    living = select(Note.text).where(Note.deleted_at.is_(None)).order_by(Note.note_id)
    return office.database.read_now(lambda db: list(db.scalars(living)))


async def asked_below(office: Office, label: str) -> Message:
    """The question that a button of the card asks."""
    await office.rep.press(await said(office.rep, "查 张伟"), label)
    return await office.rep.next_message()


async def set_up(office: Office) -> None:
    await said(office.rep, ZHANG)


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    "text", ["给我看看今天的任务", "/today", "今天拜访了李总，他要样品", "订单 张伟 800 垫圈", "取消"]
)
async def test_a_missing_name_is_not_made_of_any_message(office: Office, text: str) -> None:
    asked = await said(office.rep, "加客户 13877770004 常州丙厂")
    assert "叫什么" in asked.text
    await said(office.rep, text)
    await said(office.rep, "孙总")
    assert names(office) == ["张伟"]


async def test_the_name_is_asked_again_by_the_button(empty_office: Office) -> None:
    asked = await said(empty_office.rep, "加客户 13877770004 常州丙厂")
    await said(empty_office.rep, "给我看看今天的任务")
    await pressed(empty_office.rep, asked, "补姓名")
    card = await said(empty_office.rep, "叫王建国")
    assert "138 7777 0004" in card.text
    assert names(empty_office) == ["王建国"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("李强 13812345678 上海美达", "已保存"),
        ("张伟下单8000垫圈", "¥8,000"),
        ("提醒我明天下午3点给张伟打电话", "3月19日"),
    ],
)
async def test_another_errand_is_no_note(office: Office, text: str, part: str) -> None:
    await asked_below(office, "记一笔")
    assert part in (await said(office.rep, text)).text
    assert notes(office) == []


async def test_a_command_closes_the_question(office: Office) -> None:
    await asked_below(office, "下单")
    await said(office.rep, "/today")
    await said(office.rep, "12000 螺栓M8")
    assert office.database.read_now(lambda db: list(db.scalars(select(Order)))) == []


@pytest.mark.parametrize("word", ["取消", "算了", "不用了"])
async def test_a_prompt_is_closed_in_words(office: Office, word: str) -> None:
    await asked_below(office, "记一笔")
    assert "没有保存" in (await said(office.rep, word)).text
    assert notes(office) == []
    asked = await said(office.rep, "那边说价格还要再谈一谈，隔壁老孙介绍的")
    if "不保存" in labels(asked):
        assert "没有保存" in (await said(office.rep, word)).text
        await office.rep.press(asked, "不保存")
        assert "已经取消" in (await office.rep.next_message()).text


async def test_nothing_to_cancel_is_said_so(empty_office: Office) -> None:
    assert "没有" in (await said(empty_office.rep, "取消")).text
    assert names(empty_office) == []


async def test_a_note_without_words_is_asked_for(office: Office) -> None:
    asked = await said(office.rep, "记 张伟")
    assert "记什么" in asked.text
    assert "记什么" in (await said(office.rep, "记 张伟 😀😀")).text
    assert "已记到" not in (await said(office.rep, "😀")).text
    assert "已记到 张伟" in (await said(office.rep, "嫌交期太慢")).text
    assert notes(office) == ["嫌交期太慢"]


@pytest.mark.parametrize("word", ["撤销", "撤回", "删掉刚才那条"])
async def test_the_last_thing_is_undone_in_words(office: Office, word: str) -> None:
    await office.at(office.now.replace(minute=31))
    await said(office.rep, "张伟嫌交期太慢")
    assert "已撤销" in (await said(office.rep, word)).text
    assert notes(office) == []
    assert "已撤销" in (await said(office.rep, word)).text
    assert names(office) == []
    assert "没有可撤销的" in (await said(office.rep, word)).text


async def test_orders_and_reminders_are_undone_in_words(office: Office) -> None:
    await office.at(office.now.replace(minute=31))
    await said(office.rep, "订单 张伟 800 垫圈")
    await office.at(office.now.replace(minute=32))
    await said(office.rep, "提醒 明天下午3点 给张伟打电话")
    assert "已撤销提醒" in (await said(office.rep, "撤销")).text
    assert "¥800" in (await said(office.rep, "撤销")).text
    await office.at(office.now.replace(minute=59))
    assert "没有可撤销的" in (await said(office.rep, "撤销")).text
    assert names(office) == ["张伟"]


async def test_nobody_undoes_what_a_colleague_entered(office: Office) -> None:
    assert "没有可撤销的" in (await said(office.manager, "撤销")).text
    assert names(office) == ["张伟"]

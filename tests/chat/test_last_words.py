"""Words that sound like a command and are none; dated one-liners about the customer of a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Complaint, Customer, Note, NoteTag, Task
from tests.chat.talk import labels, replied, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

QIAN = "加客户 钱大宝 13711112222 苏州恒力机械"


def notes_of(office: Office) -> list[tuple[str, str]]:
    """Who and what, in the order of writing."""
    told = select(Customer.name, Note.text).join(Customer, Customer.customer_id == Note.customer_id)
    return office.database.read_now(lambda db: [tuple(row) for row in db.execute(told.order_by(Note.note_id))])


def tasks_of(office: Office) -> list[tuple[str | None, str]]:
    """Whose and what, in the order of planning."""
    planned = select(Customer.name, Task.what).outerjoin(Customer, Customer.customer_id == Task.customer_id)
    return office.database.read_now(lambda db: [tuple(row) for row in db.execute(planned.order_by(Task.task_id))])


@pytest.mark.parametrize(
    ("text", "what"),
    [("明天寄样品", "寄样品"), ("下周二回访", "回访"), ("发票已寄出，下周二跟进回款", "跟进回款")],
)
async def test_a_dated_line_in_reply_to_a_card_is_of_its_customer(office: Office, text: str, what: str) -> None:
    card = await said(office.rep, QIAN)
    await said(office.rep, "加客户 秦小川 13733334444 无锡明光")
    answer = await replied(office, office.rep, card, text)
    assert "👤" in answer.text or "已记到 钱大宝" in answer.text
    [(whose, planned)] = tasks_of(office)
    assert whose == "钱大宝"
    assert what in planned


async def test_a_dated_line_after_the_note_button_is_a_note_with_its_task(office: Office) -> None:
    await said(office.rep, QIAN)
    card = await said(office.rep, "查 钱大宝")
    await office.rep.press(card, "记一笔")
    await office.rep.next_message()
    answer = await said(office.rep, "明天寄样品")
    assert "已记到 钱大宝" in answer.text
    assert notes_of(office)[-1] == ("钱大宝", "明天寄样品")
    assert tasks_of(office) == [("钱大宝", "寄样品")]


@pytest.mark.parametrize(
    "text",
    [
        "今天 钱大宝说样品通过了",
        "今日：钱大宝说样品通过了",
        "待办\n钱大宝说样品通过了",
        "风险：钱大宝可能不续约了",
        "汇总：钱大宝今天样品通过",
        "帮助：钱大宝说样品通过了",
    ],
)
async def test_words_after_a_word_of_command_are_kept(office: Office, text: str) -> None:
    await said(office.rep, QIAN)
    assert "已记到 钱大宝" in (await said(office.rep, text)).text
    assert [whose for whose, _ in notes_of(office)] == ["钱大宝"]


@pytest.mark.parametrize("heading", ["今天：", "今日", "今天 3月18日："])
async def test_a_list_below_a_word_of_command_is_no_command(office: Office, heading: str) -> None:
    await said(office.rep, QIAN)
    await said(office.rep, "加客户 秦小川 13733334444 无锡明光")
    assert "已记到 钱大宝" in (await said(office.rep, f"{heading}\n1. 钱大宝：样品通过\n2. 秦小川：嫌贵")).text
    assert "已记到 秦小川" in (await office.rep.next_message()).text
    await office.idle()
    assert [whose for whose, _ in notes_of(office)] == ["钱大宝", "秦小川"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("今天", "今天"),
        ("今日待办：", "今天"),
        (" 风险！", "流失"),
        ("帮助 ", "全部命令"),
        ("汇总", "客户"),
        ("汇总 本月", "本月"),
        ("汇总：今天", "今天"),
        ("/today 钱大宝", "今天"),
    ],
)
async def test_a_word_of_command_alone_is_the_command(office: Office, text: str, shown: str) -> None:
    assert shown in (await said(office.rep, text)).text
    assert notes_of(office) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [("客户：李雷，电话：13711110001，公司：杭州一一", "李雷"), ("客户 韩梅 13711110002 杭州二二", "韩梅")],
)
async def test_a_customer_with_a_number_is_added(office: Office, text: str, name: str) -> None:
    await said(office.rep, text)
    named = select(Customer.name).where(Customer.name == name)
    assert office.database.read_now(lambda db: db.scalar(named)) == name


async def test_the_word_customer_before_a_name_or_number_shows_the_card(office: Office) -> None:
    await said(office.rep, QIAN)
    assert "苏州恒力机械" in (await said(office.rep, "客户 钱大宝")).text
    assert "苏州恒力机械" in (await said(office.rep, "客户 13711112222")).text


@pytest.mark.parametrize("text", ["投诉 钱大宝 发货慢了三天", "投诉：钱大宝，发货慢了三天"])
async def test_the_word_complaint_labels_the_note_and_opens_a_case(office: Office, text: str) -> None:
    await said(office.rep, QIAN)
    assert "已记到 钱大宝" in (await said(office.rep, text)).text
    labelled = select(NoteTag.origin).where(NoteTag.label == "complaint", NoteTag.removed_at.is_(None))
    assert office.database.read_now(lambda db: list(db.scalars(labelled))) == ["member"]
    assert office.database.read_now(lambda db: len(list(db.scalars(select(Complaint))))) == 1


async def test_a_complaint_of_somebody_unknown_is_nobody_elses(office: Office) -> None:
    await said(office.rep, QIAN)
    asked = await said(office.rep, "投诉 李大壮 发货慢了三天")
    assert "李大壮" in asked.text
    assert notes_of(office) == []
    labels_shown = [label for label in labels(asked) if "李大壮" in label or "新客户" in label]
    assert labels_shown, labels(asked)

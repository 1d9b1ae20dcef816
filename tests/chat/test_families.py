"""Two people in one message: what is told of a relative stays a note, and who brought whom can be set right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Customer, Note
from tests.chat.talk import pressed, said
from tests.chat.test_introductions import relations

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def _born(office: Office) -> dict[str, tuple[int | None, int | None]]:
    rows = office.database.read_now(lambda db: list(db.scalars(select(Customer))))
    return {row.name: (row.solar_month, row.lunar_month) for row in rows}


@pytest.mark.parametrize("text", ["她妈农历二月初五生日也帮我记上", "他妈的生日是农历二月初五"])
async def test_a_relatives_birthday_is_noted_on_who_was_shown_last(office: Office, text: str) -> None:
    await said(office.rep, "陈淑芬 永兴五金 13712340001")
    answer = await said(office.rep, text)
    assert "已记到 陈淑芬" in answer.text
    assert "⏰" not in answer.text
    assert _born(office) == {"陈淑芬": (None, None)}
    assert text in office.database.read_now(lambda db: list(db.scalars(select(Note.text))))


async def test_a_relatives_new_number_leaves_the_customers_own(office: Office) -> None:
    await said(office.rep, "胡晓燕 17700001111 老公王磊 17700002222")
    assert "已记到 胡晓燕" in (await said(office.rep, "他老公电话换成17700003333了")).text
    card = await said(office.rep, "查 胡晓燕")
    assert "177 0000 1111" in card.text
    assert "177 0000 3333" not in card.text


async def test_a_referrer_is_set_right_for_who_was_shown_last(office: Office) -> None:
    await said(office.rep, "李小雨 13712340001")
    await said(office.rep, "林小雨 13712340002")
    await said(office.rep, "何萍 13377778888 李小雨推荐来的 体验课99元")
    assert relations(office) == [("何萍", "李小雨")]
    answer = await said(office.rep, "写错了是林小雨推荐的不是李小雨")
    assert "何萍" in answer.text
    assert relations(office) == [("何萍", "林小雨")]
    await pressed(office.rep, answer, "撤销")
    assert relations(office) == [("何萍", "李小雨")]
    again = await said(office.rep, "不是李小雨推荐的，是林小雨推荐的")
    assert "何萍" in again.text
    assert relations(office) == [("何萍", "林小雨")]


async def test_who_brought_a_relative_is_kept(office: Office) -> None:
    await said(office.rep, "孙倩 13712340001")
    card = await said(office.rep, "孙倩介绍她妹妹孙悦来办卡 15900004444 5月20号生日")
    assert "介绍人：孙倩" in card.text
    assert relations(office) == [("孙悦", "孙倩")]


async def test_a_reminder_without_a_day_in_a_new_customers_line_is_asked_for(office: Office) -> None:
    card = await said(office.rep, "郑国平 15011110003 三口之家 儿子郑浩然上高三 高考完提醒我祝贺一下")
    assert "🏢" not in card.text
    assert "「高考完提醒我祝贺一下」没说哪天" in card.text
    await office.rep.press(card, "定提醒")
    asked = await office.rep.next_message()
    assert "郑国平" in asked.text
    kept = await said(office.rep, "6月10号祝贺一下")
    assert "⏰" in kept.text
    assert "郑国平" in kept.text

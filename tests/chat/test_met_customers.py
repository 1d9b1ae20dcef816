"""A post told beside a meeting fills an empty field, is asked about where another stands, and the visit is a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from crm.tables import Customer, Note
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

POST = "改资料：职位 技术负责人"


def title(office: Office) -> str | None:
    return office.database.read_now(lambda db: db.scalars(select(Customer.title)).one())


def notes(office: Office) -> list[str]:
    return office.database.read_now(lambda db: list(db.scalars(select(Note.text).where(Note.deleted_at.is_(None)))))


async def test_an_empty_post_is_filled_and_the_meeting_is_a_note(office: Office) -> None:
    await said(office.rep, "加客户 孙丽 13800138001")
    card = await said(office.rep, "见了孙丽孙工，技术负责人")
    assert "职位：空 → 技术负责人" in card.text
    assert "这句也记到 孙丽 了" in card.text
    assert (title(office), notes(office)) == ("技术负责人", ["见了孙丽孙工，技术负责人"])
    await pressed(office.rep, card, "撤销")
    assert (title(office), notes(office)) == (None, ["见了孙丽孙工，技术负责人"])


async def test_another_post_is_asked_about_first(office: Office) -> None:
    await said(office.rep, "加客户 王建国 13900139003 华东机械 采购经理")
    text = "见了王建国王工，技术负责人"
    question = await said(office.rep, text)
    assert {POST, "记到 王建国"} < set(labels(question))
    assert (title(office), notes(office)) == ("采购经理", [])
    await pressed(office.rep, question, "记到 王建国")
    assert (title(office), notes(office)) == ("采购经理", [text])
    again = await said(office.rep, text)
    await office.rep.press(again, POST)
    await office.idle()
    assert title(office) == "技术负责人"


async def test_the_post_of_who_was_there_too_is_not_his(office: Office) -> None:
    await said(office.rep, "加客户 王建国 13900139003 华东机械 厂长")
    text = "去了华东机械，见了王建国和他们采购主管"
    assert (await said(office.rep, text)).text.startswith("✅ 已记到")
    assert (title(office), notes(office)) == ("厂长", [text])


async def test_what_is_said_to_be_new_still_stands_at_once(office: Office) -> None:
    await said(office.rep, "加客户 王建国 13900139003 华东机械 采购经理")
    card = await said(office.rep, "王建国升总监了")
    assert "采购经理 → 总监" in card.text

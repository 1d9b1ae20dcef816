"""A complaint is given to a colleague in any words; who is no colleague gets none, and no new case is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Complaint, Note
from tests.chat.talk import labels, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

TOLD = "孙丽很生气 说机器又坏了 要投诉"


async def set_up(office: Office) -> None:
    await said(office.rep, "加客户 孙丽 13800138001")
    await said(office.rep, TOLD)


def handlers(office: Office) -> list[int | None]:
    return office.database.read_now(lambda db: list(db.scalars(select(Complaint.assignee_id))))


@pytest.mark.parametrize(
    "text",
    ["这个投诉让小周跟", "把投诉转给小周处理", "投诉交给小周", "孙丽的投诉让小周跟一下", "把孙丽的投诉安排小周处理"],
)
async def test_a_manager_gives_it_to_a_colleague(office: Office, text: str) -> None:
    await set_up(office)
    assert "负责 小周" in (await said(office.manager, text)).text
    assert handlers(office) == [office.member(office.rep2).member_id]


@pytest.mark.parametrize("text", ["这个投诉让小周跟", "把投诉转给小周处理", "孙丽的投诉让小周跟"])
async def test_a_rep_hears_who_may(office: Office, text: str) -> None:
    await set_up(office)
    assert "主管" in (await said(office.rep, text)).text
    assert handlers(office) == [None]


@pytest.mark.parametrize("text", ["这个投诉我来跟", "投诉转给小李处理", "这个投诉由我来处理"])
async def test_a_rep_may_take_it(office: Office, text: str) -> None:
    await set_up(office)
    await said(office.rep, text)
    notes = office.database.read_now(lambda db: list(db.scalars(select(Note.text))))
    assert notes[:1] == [TOLD]
    assert handlers(office) == [None]


async def test_of_several_it_is_asked_which(office: Office) -> None:
    await set_up(office)
    await said(office.rep, "加客户 李娜 13800138002")
    await said(office.rep, "李娜投诉发错货 很生气")
    question = await said(office.manager, "把投诉转给小周处理")
    assert len(labels(question)) == 2
    assert set(handlers(office)) == {None}


async def test_who_is_no_colleague_gets_none_and_the_sentence_is_a_note(office: Office) -> None:
    await set_up(office)
    text = "孙丽的投诉让厂里处理"
    await said(office.manager, text)
    assert text in office.database.read_now(lambda db: list(db.scalars(select(Note.text))))


async def test_without_an_open_case_that_is_said(office: Office) -> None:
    await said(office.rep, "加客户 孙丽 13800138001")
    assert "没有未结" in (await said(office.manager, "这个投诉让小周跟")).text
    assert handlers(office) == []

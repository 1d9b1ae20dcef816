"""A manager gives a colleague a task in words; nobody else can."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from crm.tables import Task
from tests.chat import talk
from tests.chat.conftest import SHANGHAI, Office
from tests.chat.played import at, born, texts_of


def tasks_of(office: Office) -> list[tuple[int, str]]:
    rows = office.database.read_now(lambda db: list(db.scalars(select(Task).order_by(Task.task_id))))
    return [(row.assignee_id, row.what) for row in rows if row.cancelled_at is None]


@pytest.mark.parametrize("words", ["提醒小李明天联系程静", "/remind 小李 明天联系程静", "提醒 小李明天联系程静"])
async def test_a_manager_gives_a_colleague_a_task(office: Office, words: str) -> None:
    await born(office, "程静", "")
    said = await talk.said(office.manager, words)
    assert "已派给 小李" in said.text
    assert "3月19日 周四（明天）" in said.text
    assert "程静" in said.text
    assert tasks_of(office) == [(office.member(office.rep).member_id, "联系程静")]
    await office.idle()
    assert "王主管 派给您一件事" in texts_of(office, office.rep)[-1]
    await office.at(at(3, 19))
    assert "联系程静" in texts_of(office, office.rep)[-1]
    await talk.pressed(office.manager, said, "撤销")
    assert tasks_of(office) == []


async def test_what_is_missing_is_asked_and_the_colleague_remembered(office: Office) -> None:
    await office.manager.send("/remind 小李 寄合同")
    asked = await office.manager.next_message()
    assert "什么时候" in asked.text
    await office.manager.send("明天下午3点")
    assert "已派给 小李" in (await office.manager.next_message()).text
    row = office.database.read_now(lambda db: db.scalars(select(Task)).one())
    assert (row.what, row.due_at) == ("寄合同", datetime(2026, 3, 19, 15, tzinfo=SHANGHAI))
    assert row.assignee_id == office.member(office.rep).member_id


async def test_a_rep_is_asked_whether_to_do_it_himself(office: Office) -> None:
    said = await talk.said(office.rep, "提醒小周明天联系程静")
    assert "给 小周 派活要主管来" in said.text
    assert tasks_of(office) == []
    mine = await talk.pressed(office.rep, said, "提醒我自己")
    assert "已定提醒" in mine.text
    assert tasks_of(office) == [(office.member(office.rep).member_id, "联系程静")]


async def test_a_customer_of_that_name_is_no_colleague_and_nobody_of_another_team_is(office: Office) -> None:
    await born(office, "小周", "")
    assert "已定提醒" in (await talk.said(office.rep, "/remind 小周 明天送样")).text
    assert "已定提醒" in (await talk.said(office.manager, "/remind 老钱 明天送样")).text
    assert {who for who, _ in tasks_of(office)} == {
        office.member(office.rep).member_id,
        office.member(office.manager).member_id,
    }

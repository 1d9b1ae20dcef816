"""Customers are not deleted on a word; the last thing is undone in any words, and an open question is dropped first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Customer, Note, Task
from tests.chat import prepared
from tests.chat.talk import labels, pressed, said
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office

SUN = "加客户 孙丽 13911112222 无锡新民五金"


def living(office: Office) -> list[str]:
    """Names of the customers that are there."""
    return office.database.read_now(
        lambda db: list(db.scalars(select(Customer.name).where(Customer.deleted_at.is_(None))))
    )


def notes(office: Office) -> list[str]:
    """Texts of the notes that are there."""
    return office.database.read_now(lambda db: list(db.scalars(select(Note.text).where(Note.deleted_at.is_(None)))))


def tasks(office: Office) -> list[str]:
    """What is to be done."""
    is_open = (Task.done_at.is_(None), Task.cancelled_at.is_(None))
    return office.database.read_now(lambda db: list(db.scalars(select(Task.what).where(*is_open))))


async def later(office: Office) -> None:
    """A minute goes by."""
    await office.at(office.now + timedelta(minutes=1))


async def set_up(office: Office) -> None:
    await said(office.rep, SUN)


office = prepared.office_after(set_up)


@pytest.mark.parametrize("text", ["删掉孙丽这个客户", "把孙丽删了", "孙丽这个客户删掉吧", "删除客户孙丽", "删掉孙丽"])
async def test_customer_is_not_deleted_on_a_word(office: Office, text: str) -> None:
    await said(office.rep, "明天提醒我给孙丽送样品")
    await said(office.rep, "孙丽下单6800")
    card = await said(office.rep, text)
    assert "抹除 孙丽" in card.text
    assert labels(card) == ["不再联系", "查看客户"]
    assert (living(office), len(tasks(office)), len(stored(office))) == (["孙丽"], 1, 1)


async def test_who_was_just_entered_is_offered_to_be_taken_back(office: Office) -> None:
    card = await said(office.rep, "删掉孙丽这个客户")
    assert living(office) == ["孙丽"]
    assert "已撤销" in (await pressed(office.rep, card, "撤销录入")).text
    assert living(office) == []
    assert "名单里没有" in (await said(office.rep, "删掉韩冰这个客户")).text


async def test_admin_is_asked_before_anybody_is_erased(office: Office) -> None:
    await said(office.rep, "孙丽下单6800")
    card = await said(office.admin, "删掉孙丽这个客户")
    assert labels(card) == ["先不抹除", "确认抹除"]
    assert living(office) == ["孙丽"]


@pytest.mark.parametrize("text", ["删掉孙丽的订单", "删除孙丽明天的提醒", "孙丽说把合同删了", "孙丽的群删了"])
async def test_what_is_of_a_customer_is_not_the_customer(office: Office, text: str) -> None:
    assert "抹除" not in (await said(office.rep, text)).text


@pytest.mark.parametrize(
    "words",
    [
        *("刚才那个删了", "刚才记的那条删掉", "刚记的撤了", "把刚才那条删掉", "这条删掉", "上一条删了吧"),
        *("这条记错了 删掉", "刚才那条写错了，撤掉"),
    ],
)
async def test_last_thing_is_undone_in_any_words(office: Office, words: str) -> None:
    await later(office)
    await said(office.rep, "孙丽嫌贵")
    assert "已撤销" in (await said(office.rep, words)).text
    assert (notes(office), living(office)) == ([], ["孙丽"])


@pytest.mark.parametrize("words", ["孙丽把那个删了", "刚才那个客户删了微信", "这个不要了", "删掉的那条找回来"])
async def test_what_tells_of_something_else_undoes_nothing(office: Office, words: str) -> None:
    await later(office)
    await said(office.rep, "孙丽嫌贵")
    await said(office.rep, words)
    await office.idle()
    assert "孙丽嫌贵" in notes(office)


async def test_open_question_is_dropped_before_anything_is_undone(office: Office) -> None:
    await later(office)
    await said(office.rep, "孙丽下单6800")
    await later(office)
    asked = await said(office.rep, "3月10号孙丽付了八百")
    assert "不保存" in labels(asked)
    dropped = await said(office.rep, "撤销")
    assert "没有保存" in dropped.text
    assert "八百" in dropped.text
    assert len(stored(office)) == 1
    assert "已撤销" in (await said(office.rep, "撤销")).text
    assert stored(office) == []


async def test_question_that_waits_for_words_is_dropped_first(office: Office) -> None:
    await later(office)
    await said(office.rep, "孙丽嫌贵")
    await later(office)
    await said(office.rep, "记 孙丽")
    assert "没有保存" in (await said(office.rep, "撤销")).text
    assert notes(office) == ["孙丽嫌贵"]
    assert "已撤销" in (await said(office.rep, "撤销")).text


async def test_task_given_to_a_colleague_last_is_what_is_undone(empty_office: Office) -> None:
    await said(empty_office.manager, "每个月最后一天提醒我看应收")
    await later(empty_office)
    await empty_office.manager.send("提醒小李明天上午10点盘点库存")
    await empty_office.idle()
    await empty_office.manager.send("撤回")
    await empty_office.idle()
    assert tasks(empty_office) == ["看应收"]


async def test_a_note_that_is_of_somebody_not_known_is_asked_for_as_his(office: Office) -> None:
    await said(office.rep, SUN)
    await said(office.rep, "孙丽 样板房3套 月底要定")
    await said(office.rep, "不对 刚才那条是马经理的 不是孙丽")
    await office.idle()
    asked = office.rep.messages()[-1]
    assert "名单里没有「马经理」" in asked.text
    await pressed(office.rep, asked, "新客户")
    assert sorted(living(office)) == ["孙丽", "马经理"]
    assert any("样板房3套" in text for text in notes(office))


async def test_what_is_no_name_takes_no_note_back(office: Office) -> None:
    await said(office.rep, SUN)
    await said(office.rep, "孙丽说要去成都")
    await said(office.rep, "不是孙丽要去 是她老公")
    assert "孙丽说要去成都" in notes(office)


@pytest.mark.parametrize("text", ["孙丽 删除", "孙丽 删了"])
async def test_the_name_may_stand_apart_from_the_deletion(office: Office, text: str) -> None:
    await said(office.rep, SUN)
    assert "要撤销这次录入吗" in (await said(office.rep, text)).text
    assert notes(office) == []

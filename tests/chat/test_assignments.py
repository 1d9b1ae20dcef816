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


@pytest.mark.parametrize(
    ("words", "what", "due"),
    [
        ("让小李周五去拜访程静", "去拜访程静", at(3, 20)),
        ("叫小李明天给程静回电话", "给程静回电话", at(3, 19)),
        ("安排小李下周一给程静送样", "给程静送样", at(3, 23)),
        ("派小李明天上午去程静那量尺寸", "去程静那量尺寸", at(3, 19)),
        ("麻烦小李周五前把程静的合同寄出去", "把程静的合同寄出去", at(3, 20)),
        ("交给小李：周五给程静报价", "给程静报价", at(3, 20)),
        ("告诉小李明天上午9点开会", "开会", at(3, 19)),
        ("小李你明天跟一下程静", "跟一下程静", at(3, 19)),
    ],
)
async def test_however_a_manager_orders_it_the_colleague_gets_it(
    office: Office, words: str, what: str, due: datetime
) -> None:
    await born(office, "程静", "")
    said = await talk.said(office.manager, words)
    assert "已派给 小李" in said.text
    rows = office.database.read_now(lambda db: list(db.scalars(select(Task))))
    assert [(row.assignee_id, row.what, row.due_at.astimezone(SHANGHAI).date()) for row in rows] == [
        (office.member(office.rep).member_id, what, due.date())
    ]


@pytest.mark.parametrize(
    "words",
    [
        "让小周周五去拜访程静",
        "叫小周明天给程静回电话",
        "安排小周下周一给程静送样",
        "提醒小周催程静付款",
        "@小周 明天去程静那",
    ],
)
async def test_a_rep_who_orders_a_colleague_about_is_told_so_once(office: Office, words: str) -> None:
    await born(office, "程静", "")
    said = await talk.said(office.rep, words)
    assert "给 小周 派活要主管来" in said.text
    assert tasks_of(office) == []
    assert "提醒我自己" in talk.labels(said)


async def test_several_tasks_of_one_order_are_all_the_colleagues(office: Office) -> None:
    await born(office, "程静", "")
    await office.manager.send("让小李明天给程静打电话，后天去拜访她，周五提醒我问问结果")
    await office.idle()
    rep, manager = (office.member(person).member_id for person in (office.rep, office.manager))
    assert tasks_of(office) == [(rep, "给程静打电话"), (rep, "去拜访她"), (manager, "问问结果")]


async def test_of_several_customers_the_colleagues_own_is_meant(office: Office) -> None:
    await born(office, "程静", "")
    await talk.said(office.manager, "加客户 程静 13911112222")
    assert "已派给 小李" in (await talk.said(office.manager, "提醒小李明天联系程静")).text


async def test_what_one_orders_oneself_is_ones_own(office: Office) -> None:
    await born(office, "程静", "")
    assert "已定提醒" in (await talk.said(office.rep, "叫小李明天给程静回电话")).text
    assert tasks_of(office) == [(office.member(office.rep).member_id, "给程静回电话")]


@pytest.mark.parametrize(
    "words",
    [
        "让小李给程静道过歉了",
        "小李昨天去拜访程静了",
        "叫小李周五去过程静那了",
        "告诉小李周五我去拜访程静",
        "派小李下周去送货程静很满意",
    ],
)
async def test_what_is_told_of_a_colleague_is_no_task(office: Office, words: str) -> None:
    await born(office, "程静", "")
    await talk.said(office.manager, words)
    assert tasks_of(office) == []


async def test_somebody_called_nearly_so_is_no_colleague(office: Office) -> None:
    await talk.said(office.manager, "通知小李总周五开会")
    assert [who for who, _ in tasks_of(office)] in ([], [office.member(office.manager).member_id])


async def test_every_hour_of_an_order_is_the_colleagues(office: Office) -> None:
    await office.manager.send("提醒小李10点和14点喝水")
    await office.idle()
    rep = office.member(office.rep).member_id
    assert tasks_of(office) == [(rep, "喝水"), (rep, "喝水")]

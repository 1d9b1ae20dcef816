"""Open tasks go to a colleague in words, and one that was given is called off by its title."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import handed_tasks, tasks
from crm.tables import Member, Task
from tests.chat.talk import asked, labels, pressed, replied, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


@pytest.fixture
async def busy(office: Office) -> Office:
    """小李 has three tasks: two about 徐静, one about 程刚."""
    for text in ("加客户 徐静 13800138001 锦绣花园", "加客户 程刚 13800138002"):
        await said(office.rep, text)
    for text in ("提醒我周五给徐静送样品", "提醒我周五去徐静家量尺", "提醒我周六去程刚那勘查"):
        await said(office.rep, text)
    return office


def of(office: Office) -> dict[str, list[str]]:
    """The open tasks of each member who has any, in the order of their titles."""
    rows = select(Member.name, Task.what).join(Task, Task.assignee_id == Member.member_id).where(tasks.is_open())
    found: dict[str, list[str]] = {}
    for name, what in office.database.read_now(lambda db: [tuple(row) for row in db.execute(rows.order_by(Task.what))]):
        found.setdefault(name, []).append(what)
    return found


async def whose(office: Office, name: str) -> str:
    await office.manager.send(f"{name}有什么任务")
    await office.idle()
    return office.manager.messages()[-1].text


@pytest.mark.parametrize(
    "text",
    [
        "程刚那个勘查让小周去",
        "把程刚那个勘查转给小周",
        "程刚勘查的任务交给小周吧",
        "程刚的勘查由小周负责",
        "程刚那个换小周跟",
    ],
)
async def test_one_task_goes_over_and_back(busy: Office, text: str) -> None:
    card = await said(busy.manager, text)
    assert "已转给 小周：" in card.text
    assert "勘查" in (await busy.rep2.next_message()).text
    assert "勘查" in await whose(busy, "小周")
    await pressed(busy.manager, card, "转回 小李")
    assert "勘查" in await whose(busy, "小李")


async def test_which_of_several_is_asked(busy: Office) -> None:
    card = await said(busy.manager, "徐静那个让小周去")
    assert "哪一件转给 小周" in card.text
    assert labels(card) == ["转 1", "转 2"]
    await pressed(busy.manager, card, "转 2")
    assert of(busy) == {"小李": ["去程刚那勘查", "给徐静送样品"], "小周": ["去徐静家量尺"]}


async def test_the_one_that_is_called_so_goes_before_others_of_its_kind(busy: Office) -> None:
    await said(busy.rep, "提醒我周日程刚来看货")
    card = await said(busy.manager, "看货让小周去")
    assert "已转给 小周：" in card.text
    assert "看货" in card.text


async def test_all_of_a_colleague_go_over(busy: Office) -> None:
    card = await said(busy.manager, "把小李的任务都转给小周")
    assert "小李 的 3 件事都转给了 小周" in card.text
    assert "3 件事" in (await busy.rep2.next_message()).text
    assert labels(card) == ["转回 1", "转回 2", "转回 3"]


async def test_a_reply_to_the_card_hands_it_on(busy: Office) -> None:
    card = await said(busy.manager, "小李 周四去拜访 徐静")
    assert "已派给 小李" in card.text
    assert "已转给 小周" in (await replied(busy, busy.manager, card, "这个让小周去")).text


async def test_who_has_too_many_is_told_that_some_are_left(busy: Office) -> None:
    def add(db: Session) -> None:
        one = db.scalars(select(Task)).first()
        assert one is not None
        given = {"team_id": one.team_id, "assignee_id": one.assignee_id, "created_by_id": one.assignee_id}
        due = {"due_at": one.due_at + timedelta(days=30), "has_time": False, "created_at": one.created_at}
        db.add_all([Task(**given, **due, kind="reminder", what="回访") for _ in range(handed_tasks.LOOKED_AT)])

    busy.database.write_now(add)
    card = await said(busy.manager, "把小李的任务都转给小周")
    assert card.text.startswith("🤝 小李 的 最先到期的 300 件事转给了 小周：")
    assert "小李 还有没转的：再发一遍，接着转。" in card.text
    assert len(of(busy)["小李"]) == 3
    assert "小李 的 3 件事都转给了 小周" in (await said(busy.manager, "把小李的任务都转给小周")).text


async def test_a_rep_hands_on_only_what_is_his(busy: Office) -> None:
    await busy.rep2.send("把小李的任务都转给小周")
    await busy.idle()
    assert "没有未完成的事" not in busy.rep2.messages()[-1].text
    assert list(of(busy)) == ["小李"]
    assert "已转给 小周：" in (await said(busy.rep, "程刚那个勘查让小周去")).text


@pytest.mark.parametrize(
    "text",
    ["徐静让小周去", "徐静说让小周去量尺", "徐静的报价给小周看了", "程刚换小周跟他联系了", "程刚那个勘查让小周去了"],
)
async def test_news_hands_on_nothing(busy: Office, text: str) -> None:
    await busy.manager.send(text)
    await busy.idle()
    assert "转给" not in busy.manager.messages()[-1].text
    assert "3 件" in await whose(busy, "小李")


@pytest.mark.parametrize("text", ["把送样品这个任务取消", "取消 去程刚那勘查", "去程刚那勘查的任务不用做了"])
async def test_a_colleagues_task_is_called_off_by_its_title(busy: Office, text: str) -> None:
    card = await said(busy.manager, text)
    assert card.text.startswith("取消的是哪一件？")
    assert labels(card) == ["取消 1"]


async def test_who_is_away_may_be_stood_in_for(busy: Office) -> None:
    answer = await asked(busy, busy.manager, "小李下周一到周三请假 他的事小周先顶着")
    assert "把小李的任务都转给小周" in answer
    assert "分配 负责人=小李 给 小周" in answer
    assert "请假我这里不登记" in await asked(busy, busy.manager, "谁请假了")

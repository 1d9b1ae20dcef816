"""A manager tells several colleagues or all of them: each has the task; what only sounds so gives nobody anything."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from crm.tables import Task
from tests.chat import talk
from tests.chat.conftest import SHANGHAI, Office
from tests.chat.played import at, texts_of


def tasks_of(office: Office) -> list[tuple[int, str, datetime]]:
    rows = office.database.read_now(lambda db: list(db.scalars(select(Task).order_by(Task.task_id))))
    return [(row.assignee_id, row.what, row.due_at.astimezone(SHANGHAI)) for row in rows if row.cancelled_at is None]


@pytest.mark.parametrize(
    ("words", "deed", "due"),
    [
        ("提醒大家明天上午9点开早会", "开早会", at(3, 19, 9)),
        ("每周五下午3点提醒所有人交周报", "交周报", at(3, 20, 15)),
        ("@所有人 明天上午9点开会", "开会", at(3, 19, 9)),
        ("大家明天盘货", "盘货", at(3, 19, 9)),
        ("大家明天9点开早会", "开早会", at(3, 19, 9)),
        ("给大家发个通知 明天盘货", "盘货", at(3, 19, 9)),
        ("给全组定个规矩 每天下午5点记一下送货情况", "记一下送货情况", at(3, 18, 17)),
        ("小李和小周明天上午9点到会议室开会", "到会议室开会", at(3, 19, 9)),
        ("告诉小李和小周 明天上午9点开会", "开会", at(3, 19, 9)),
        ("提醒小李、小周后天交月报", "交月报", at(3, 20, 9)),
        ("跟大家说 周五下午三点开会 每人带上月报表", "开会 每人带上月报表", at(3, 20, 15)),
        ("通知所有人 清明4月4到6号放假 7号上班", "清明4月4到6号放假 7号上班", at(4, 4, 9)),
        ("给小李小周各派一个任务 月底前把客户资料补齐", "把客户资料补齐", at(3, 31, 9)),
    ],
)
async def test_each_of_several_has_the_task(office: Office, words: str, deed: str, due: datetime) -> None:
    await talk.said(office.manager, words)
    both = [office.member(user).member_id for user in (office.rep, office.rep2)]
    assert tasks_of(office) == [(member_id, deed, due) for member_id in both]
    await office.idle()
    for user in (office.rep, office.rep2):
        assert "派给您一件事" in texts_of(office, user)[-1]


@pytest.mark.parametrize(
    "words",
    [
        "小李和小周吵起来了",
        "大家都说明天要下雨",
        "提醒大家了",
        "大家明天都没空",
        "大家觉得明天开会太早了",
        "小李和小周昨天去拜访了",
        "小李和小周谁跟进更勤",
        "小李和小周上午十点到过客户那",
        "小李和小周早上8点到的",
        "小李、小周下午两点见客户聊得不错",
    ],
)
async def test_what_is_told_of_several_gives_nobody_a_task(office: Office, words: str) -> None:
    await talk.said(office.manager, words)
    assert tasks_of(office) == []


async def test_what_a_manager_does_for_all_is_his_own(office: Office) -> None:
    await talk.said(office.manager, "加客户 大家乐 13800138000")
    for words in ("给大家定奶茶 明天下午3点", "给大家发红包 明天上午10点", "大家乐明天送货", "跟大家说过了 明天盘货"):
        await talk.said(office.manager, words)
    await office.idle()
    assert {member_id for member_id, _, _ in tasks_of(office)} <= {office.member(office.manager).member_id}


async def test_all_customers_are_no_colleagues(office: Office) -> None:
    await talk.said(office.manager, "提醒各位客户下周一放假")
    mine = office.member(office.manager).member_id
    assert {member_id for member_id, _, _ in tasks_of(office)} <= {mine}


async def test_a_rep_gives_several_nothing(office: Office) -> None:
    await talk.said(office.rep, "提醒大家明天上午9点开早会")
    mine = office.member(office.rep).member_id
    assert {member_id for member_id, _, _ in tasks_of(office)} <= {mine}


async def test_without_a_time_it_is_asked_and_the_answer_is_for_all(office: Office) -> None:
    question = await talk.said(office.manager, "提醒大家 交周报")
    assert question.text.startswith("什么时候提醒")
    assert tasks_of(office) == []
    await office.manager.press(question, "明天上午")
    await office.idle()
    both = sorted(office.member(user).member_id for user in (office.rep, office.rep2))
    assert sorted(tasks_of(office)) == [(member_id, "交周报", at(3, 19, 9)) for member_id in both]
    for user in (office.rep, office.rep2):
        assert "派给您一件事" in texts_of(office, user)[-1]


async def test_the_time_may_be_typed(office: Office) -> None:
    await talk.said(office.manager, "提醒小李和小周 交周报")
    await talk.said(office.manager, "周五下午5点")
    await office.idle()
    assert [due for _, _, due in tasks_of(office)] == [at(3, 20, 17), at(3, 20, 17)]


async def test_a_rep_reminds_only_himself(office: Office) -> None:
    question = await talk.said(office.rep, "提醒大家 交周报")
    await talk.pressed(office.rep, question, "明天上午")
    assert tasks_of(office)[-1] == (office.member(office.rep).member_id, "交周报", at(3, 19, 9))

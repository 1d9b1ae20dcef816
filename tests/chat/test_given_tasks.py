"""How the work of colleagues stands, for who leads; and what was given is taken back in words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from crm.tables import Task
from tests.chat import prepared, talk
from tests.chat.conftest import SHANGHAI, Office
from tests.chat.played import texts_of


def open_tasks(office: Office) -> list[str]:
    mine = select(Task.what).where(Task.cancelled_at.is_(None), Task.done_at.is_(None)).order_by(Task.task_id)
    return office.database.read_now(lambda db: list(db.scalars(mine)))


async def set_up(office: Office) -> None:
    for text in ("提醒小李明天下午3点交月报", "提醒小周明天上午9点盘库", "提醒小周后天下午4点寄样品"):
        await talk.said(office.manager, text)
    await talk.said(office.rep, "后天上午10点提醒我打电话")
    await office.idle()


given = prepared.office_after(set_up)


async def test_a_manager_sees_what_a_colleague_has_not_done(given: Office) -> None:
    for text in ("小李有什么没做完的", "小李的任务", "小李还有哪些任务没完成", "小李这周的提醒有哪些", "小李做完了吗"):
        said = (await talk.said(given.manager, text)).text
        assert "小李 未完成的事 2 件" in said, text
        assert "交月报" in said
        assert "盘库" not in said
    assert "没有逾期的事" in (await talk.said(given.manager, "小李逾期的任务有哪些")).text


async def test_a_manager_sees_what_he_gave_away(given: Office) -> None:
    for text in ("我派出去的任务有哪些没完成", "我安排下去的事完成情况"):
        said = (await talk.said(given.manager, text)).text
        assert "3 件" in said, text
        assert "打电话" not in said, text
        assert "小周" in said


async def test_a_manager_sees_what_is_late_in_the_team(given: Office) -> None:
    assert "👌 全队没有逾期的事。" in (await talk.said(given.manager, "逾期任务")).text
    await given.at(datetime(2026, 3, 20, 8, 30, tzinfo=SHANGHAI))
    for text in ("逾期的任务有哪些", "谁的任务逾期了", "有没有逾期的任务"):
        await given.manager.send(text)
        await given.idle()
        said = given.manager.messages()[-1].text
        assert "全队逾期的事 2 件" in said, text
        assert "盘库 · 小周" in said
    await given.rep.send("逾期任务")
    await given.idle()
    assert "全队" not in given.rep.messages()[-1].text


async def test_a_day_without_anything_says_what_comes_first(given: Office) -> None:
    await given.rep.send("待办")
    await given.idle()
    said = given.rep.messages()[-1].text
    assert "今天没有要办的事" in said
    assert "之后还有 2 件待办" in said
    assert "交月报" in said


async def test_what_was_just_given_is_taken_back(given: Office) -> None:
    said = await talk.said(given.manager, "刚才派给小周的任务取消")
    assert "寄样品" in said.text
    assert open_tasks(given) == ["交月报", "盘库", "打电话"]
    await talk.pressed(given.manager, said, "恢复")
    asked = await talk.said(given.manager, "派给小周的任务取消")
    assert talk.labels(asked) == ["取消 1", "取消 2"]
    assert len(open_tasks(given)) == 4
    await talk.said(given.manager, "取消刚才派给小周的盘库任务")
    assert open_tasks(given) == ["交月报", "寄样品", "打电话"]


async def test_other_words_about_colleagues_change_and_list_nothing(given: Office) -> None:
    for user, text in (
        (given.rep, "小周的任务"),
        (given.rep, "刚才派给小周的任务取消"),
        (given.manager, "小李的任务重得很"),
        (given.manager, "派给小周的任务他很喜欢"),
        (given.manager, "小周有任务没完成"),
        (given.manager, "小周的活儿还没干完"),
    ):
        said = (await talk.said(user, text)).text
        assert "未完成的事" not in said, text
        assert len(open_tasks(given)) == 4, text


async def test_what_is_told_as_done_of_a_repetition_is_the_one_that_is_due(office: Office) -> None:
    await talk.said(office.rep, "每周五下午3点提醒我交周报")
    await talk.said(office.rep, "明天提醒我给王总报价")
    rows = office.database.read_now(lambda db: list(db.scalars(select(Task))))
    await office.at(rows[0].due_at)
    await office.rep.send("周报交了")
    await office.idle()
    done = texts_of(office, office.rep)[-1]
    assert "已完成" in done
    assert "下一次" in done


async def test_an_appointment_with_another_is_not_called_off(office: Office) -> None:
    await talk.said(office.rep, "明天上午9点去见王海龙")
    await talk.said(office.rep, "后天上午9点去恒达一趟")
    said = await talk.said(office.rep, "老胡那个约取消吧 他没空")
    assert "取消的是哪一件" not in said.text
    assert len(open_tasks(office)) == 2

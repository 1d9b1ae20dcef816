"""Tasks moved and called off in words: the one there is changes, several are asked about, none makes a new one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from crm.tables import Customer, Note, Task
from tests.chat import prepared
from tests.chat.conftest import SHANGHAI
from tests.chat.talk import labels, pressed, replied, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def stored(office: Office) -> list[tuple[str, datetime, bool]]:
    """What is open, and when."""
    mine = select(Task).where(Task.cancelled_at.is_(None), Task.done_at.is_(None)).order_by(Task.task_id)
    rows = office.database.read_now(lambda db: list(db.scalars(mine)))
    return [(task.what, task.due_at.astimezone(SHANGHAI), task.has_time) for task in rows]


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=SHANGHAI)


async def set_up(office: Office) -> None:
    for text in (
        "加客户 孙丽 13800138001 上海美达",
        "加客户 王强 13900139002 苏州恒锐精密",
        "提醒我明天下午3点 拜访孙丽",
        "提醒我明天上午10点 给王强打电话",
    ):
        await said(office.rep, text)


office = prepared.office_after(set_up)


async def test_a_visit_is_moved_and_keeps_its_hour(office: Office) -> None:
    card = await said(office.rep, "拜访孙丽改到后天")
    assert card.text.startswith("⏰ 已改到")
    assert "原来：3月19日 周四 15:00（明天）" in card.text
    assert labels(card)[0] == "改回"
    assert stored(office) == [("拜访孙丽", at(20, 15), True), ("给王强打电话", at(19, 10), True)]


async def test_day_words_and_another_name_of_the_deed_find_the_task(office: Office) -> None:
    await said(office.rep, "明天那个电话改后天上午")
    await said(office.rep, "孙丽的见面推迟到周五")
    await said(office.rep, "王强的电话推迟两天")
    assert stored(office) == [("拜访孙丽", at(20, 15), True), ("给王强打电话", at(22, 9), True)]


async def test_why_it_is_moved_may_stand_before_what_it_is_called(empty_office: Office) -> None:
    office = empty_office
    await said(office.rep, "加客户 孙丽 13800138001 城南医院")
    await said(office.rep, "孙丽 3月30日上午9点 开标")
    assert (await said(office.rep, "孙丽 重新招标 开标改到4月15号上午9点半")).text.startswith("⏰ 已改到")
    assert [at.day for _, at, _ in stored(office)] == [15]


async def test_a_move_is_undone_by_button_and_by_word(office: Office) -> None:
    card = await said(office.rep, "拜访孙丽改到后天")
    assert (await pressed(office.rep, card, "改回")).text.startswith("⏰ 已改回")
    assert stored(office)[0][1] == at(19, 15)
    await said(office.rep, "拜访孙丽改到后天")
    assert (await said(office.rep, "撤销")).text.startswith("⏰ 已改回")
    assert stored(office)[0][1] == at(19, 15)


async def test_of_several_it_is_asked_which_and_the_button_moves_it(office: Office) -> None:
    question = await said(office.rep, "提醒挪到下周一")
    assert "哪一件" in question.text
    assert labels(question) == ["改 1", "改 2", "都不动"]
    card = await pressed(office.rep, question, "改 2")
    assert "3月23日 周一 15:00" in card.text
    assert [due for _, due, _ in stored(office)] == [at(23, 15), at(19, 10)]


async def test_without_such_a_task_a_new_one_is_made_and_it_says_so(office: Office) -> None:
    card = await said(office.rep, "陪王强试样改到后天")
    assert card.text.startswith("⏰ 没找到要改的那条，已新定提醒")
    assert len(stored(office)) == 3


async def test_what_is_told_beside_the_move_is_a_note(office: Office) -> None:
    card = await said(office.rep, "孙丽出差了，拜访改到下周三")
    assert "已改到" in card.text
    assert "这句也记到 孙丽" in card.text
    assert stored(office)[0][1] == at(25, 15)
    assert len(stored(office)) == 2
    assert office.database.read_now(lambda db: db.scalar(select(func.count()).select_from(Note))) == 1


async def test_somebody_elses_matter_moves_no_task(office: Office) -> None:
    await said(office.rep, "孙丽说招标推迟到下个月")
    await said(office.rep, "孙丽说合同推迟到下周签")
    assert stored(office)[:2] == [("拜访孙丽", at(19, 15), True), ("给王强打电话", at(19, 10), True)]


async def test_a_reply_to_a_tasks_card_moves_that_task(office: Office) -> None:
    card = await said(office.rep, "提醒我周五上午9点 交周报")
    await said(office.rep, "提醒我周五上午10点 对账")
    moved = await replied(office, office.rep, card, "改到下周一")
    assert "交周报" in moved.text
    assert ("交周报", at(23, 9), True) in stored(office)


async def test_a_visit_that_is_off_is_taken_back_and_restored(office: Office) -> None:
    card = await said(office.rep, "取消明天的拜访")
    assert "已撤销提醒" in card.text
    assert [what for what, _, _ in stored(office)] == ["给王强打电话"]
    await pressed(office.rep, card, "恢复")
    assert len(stored(office)) == 2
    assert "已撤销提醒：拜访孙丽" in (await said(office.rep, "明天不去孙丽那了")).text.replace("<b>", "")


async def test_what_a_customer_says_is_off_is_asked_about_and_noted(office: Office) -> None:
    question = await said(office.rep, "孙丽说明天不用去了")
    assert "取消的是哪一件" in question.text
    assert len(stored(office)) == 2
    await pressed(office.rep, question, "取消 1")
    assert [what for what, _, _ in stored(office)] == ["给王强打电话"]


async def test_a_time_that_is_over_is_asked_again(office: Office) -> None:
    question = await said(office.rep, "孙丽的拜访提前两天")
    assert "已经过了" in question.text
    assert stored(office)[0][1] == at(19, 15)
    await said(office.rep, "今天下午4点")
    assert stored(office)[0][1] == at(18, 16)


async def test_what_was_just_set_is_put_right(office: Office) -> None:
    await said(office.rep, "不对 是后天")
    await said(office.rep, "错了 改成下午四点")
    assert stored(office) == [("拜访孙丽", at(19, 15), True), ("给王强打电话", at(20, 16), True)]


async def test_again_is_no_move_and_later_instead_is_one(office: Office) -> None:
    await said(office.rep, "孙丽嫌贵，下周三再去一趟")
    assert stored(office)[0] == ("拜访孙丽", at(19, 15), True)
    await said(office.rep, "孙丽明天没空，后天再去")
    assert stored(office)[0] == ("拜访孙丽", at(20, 15), True)


async def test_nothing_to_move_says_so(empty_office: Office) -> None:
    assert "没有未完成的事" in (await said(empty_office.rep, "提醒挪到下周一")).text


async def test_an_hour_alone_keeps_the_half_of_the_day(empty_office: Office) -> None:
    for text in ("提醒我明天早上8:30去机场接陈姐", "提醒我明天9:30开会", "提醒我明天下午3点盘库"):
        await said(empty_office.rep, text)
    for text in ("接陈姐那个改8点", "开会改到10点", "盘库改到4点"):
        await said(empty_office.rep, text)
    assert [when for _, when, _ in stored(empty_office)] == [at(19, 8), at(19, 10), at(19, 16)]
    for text in ("接陈姐那个改到后天晚上8点", "开会改到1点", "盘库改到10点半"):
        await said(empty_office.rep, text)
    assert [when for _, when, _ in stored(empty_office)] == [at(20, 20), at(19, 13), at(19, 10).replace(minute=30)]
    await said(empty_office.rep, "接陈姐那个改到大后天早上8:30")
    assert stored(empty_office)[0][1] == at(21, 8).replace(minute=30)


def repetitions(office: Office) -> list[tuple[str, str | None]]:
    mine = select(Task).where(Task.cancelled_at.is_(None), Task.done_at.is_(None)).order_by(Task.task_id)
    return [(task.what, task.recurrence) for task in office.database.read_now(lambda db: list(db.scalars(mine)))]


async def test_a_repetition_is_stopped_and_brought_back(empty_office: Office) -> None:
    await said(empty_office.rep, "每天早上9点提醒我打卡")
    for text in ("打卡提醒停掉", "打卡那个不用提醒了"):
        card = await said(empty_office.rep, text)
        assert "以后不再重复" in card.text
        assert "已完成" not in card.text
        assert repetitions(empty_office) == []
        await pressed(empty_office.rep, card, "恢复")
        assert repetitions(empty_office) == [("打卡", "DAILY;T09:00")]


async def test_a_repetition_that_is_due_is_stopped_with_the_next_one(empty_office: Office) -> None:
    await said(empty_office.rep, "每天早上9点提醒我打卡")
    await empty_office.at(at(19, 9).replace(minute=5))
    while "到时间了" not in (await empty_office.rep.next_message()).text:
        pass
    before = repetitions(empty_office)
    card = await said(empty_office.rep, "打卡提醒停掉")
    assert "以后不再重复" in card.text
    assert repetitions(empty_office) == []
    await pressed(empty_office.rep, card, "恢复")
    assert repetitions(empty_office) == before


async def test_a_thing_done_that_needs_no_reminder_is_done(empty_office: Office) -> None:
    await said(empty_office.rep, "每天早上9点提醒我打卡")
    assert "已完成" in (await said(empty_office.rep, "刚打完卡，打卡不用提醒了")).text


def notes_of(office: Office) -> list[tuple[str, str]]:
    """Who has which note."""
    rows = select(Customer.name, Note.text).join(Note, Note.customer_id == Customer.customer_id).order_by(Note.note_id)
    return office.database.read_now(lambda db: [(name, text) for name, text in db.execute(rows)])


async def test_the_rest_of_a_message_with_a_move_is_kept(office: Office) -> None:
    for text in ("拜访孙丽改到周五，另外给王强寄样品", "拜访孙丽改到下周一，她要新报价单"):
        assert "这句也记到 孙丽" in (await said(office.rep, text)).text
        assert notes_of(office)[-1] == ("孙丽", text)
    assert stored(office)[0] == ("拜访孙丽", at(23, 15), True)
    assert len(stored(office)) == 2
    await said(office.rep, "提醒我周四交周报")
    await office.rep.send("周报改到周五，厂里停电了")
    assert "已改到" in (await office.rep.next_message()).text
    assert "记到谁名下" in (await office.rep.next_message()).text


async def test_a_customers_news_is_noted_and_the_change_only_offered(office: Office) -> None:
    for text in ("孙丽明天的航班取消了", "孙丽明天的饭局取消了", "王强明天的飞机改到后天"):
        question = await said(office.rep, text)
        assert "哪一件" in question.text
        assert notes_of(office)[-1] == (text[:2], text)
        assert "没动；这句已记到" in (await pressed(office.rep, question, "都不动")).text
    assert [due for _, due, _ in stored(office)] == [at(19, 15), at(19, 10)]


async def test_a_bare_move_with_another_customer_on_the_screen_is_asked_about(office: Office) -> None:
    await said(office.rep, "取消明天的电话")
    await said(office.rep, "加客户 陈刚 13700137003")
    for text in ("推迟一周", "改到周五"):
        question = await said(office.rep, text)
        assert labels(question)[:2] == ["改 1", "记到 陈刚"]
    await pressed(office.rep, question, "记到 陈刚")
    assert notes_of(office) == [("陈刚", "改到周五")]
    corrected = await said(office.rep, "说错了 明天下午")
    assert "这句也记到" not in corrected.text
    assert stored(office) == [("拜访孙丽", at(19, 15), True)]


async def test_a_customers_own_plan_calls_nothing_off_unasked(office: Office) -> None:
    for text in ("孙丽不见客户了", "孙丽不约了", "孙丽明天不去了", "孙丽约了王强明天见，改到周五了"):
        assert "哪一件" in (await said(office.rep, text)).text
        assert notes_of(office)[-1] == ("孙丽", text)
    assert len(stored(office)) == 2
    assert stored(office)[0][1] == at(19, 15)
    told = await said(office.rep, "孙丽那边明天不去了")
    assert "已撤销提醒" in told.text
    assert notes_of(office)[-1] == ("孙丽", "孙丽那边明天不去了")


async def test_a_task_that_was_changed_since_is_not_put_back(office: Office) -> None:
    first = await said(office.rep, "拜访孙丽改到后天")
    second = await said(office.rep, "拜访孙丽改到下周一")
    assert "后来又改动过" in (await pressed(office.rep, first, "改回")).text
    assert stored(office)[0][1] == at(23, 15)
    await office.rep.press(await said(office.rep, "给王强打电话改到后天"), "完成")
    assert (await pressed(office.rep, second, "改回")).text.startswith("⏰ 已改回")
    assert stored(office) == [("拜访孙丽", at(20, 15), True)]
    assert "后来又改动过" in (await said(office.rep, "撤销")).text
    assert len(stored(office)) == 1


async def test_what_fits_no_task_lists_nobody_elses(office: Office) -> None:
    for text in ("取消孙丽的合同", "展会改到周五"):
        assert "哪一件" not in (await said(office.rep, text)).text
    assert len(stored(office)) == 2

"""Reminders in the chat: set, asked for, done, put off, moved, taken back, and nobody else's business."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from crm.tables import Draft, Task
from emulator.message import Message
from handlers import buttons
from tests.chat.conftest import SHANGHAI, Office
from tests.chat.talk import pressed, said

ZHANG = "加客户 张伟 13800138000 上海美达 采购经理"


def labels(message: Message) -> list[str]:
    return [label for row in message.buttons for label in row]


def stored(office: Office) -> list[Task]:
    return office.database.read_now(lambda db: list(db.scalars(select(Task).order_by(Task.task_id))))


async def add_zhang(office: Office) -> None:
    await office.rep.send(ZHANG)
    assert "张伟" in (await office.rep.next_message()).text


async def test_a_reminder_echoes_the_resolved_date_with_its_weekday(office: Office) -> None:
    await add_zhang(office)
    await office.rep.send("/remind 明天下午3点 给张伟回电话")
    card = await office.rep.next_message()
    assert "3月19日 周四 15:00（明天）" in card.text
    assert "张伟（上海美达）" in card.text
    assert labels(card) == ["完成", "推迟 ▸", "改时间", "撤销"]
    task = stored(office)[0]
    assert task.due_at == datetime(2026, 3, 19, 15, 0, tzinfo=SHANGHAI)
    assert (task.what, task.has_time, task.kind) == ("给张伟回电话", True, "reminder")
    assert task.customer_id is not None


async def test_chinese_words_and_free_text_set_reminders_too(office: Office) -> None:
    await office.rep.send("提醒 每周五17:30 交周报")
    assert "每周五 17:30" in (await office.rep.next_message()).text
    await office.rep.send("提醒我每月25号对账")
    said = (await office.rep.next_message()).text
    assert "每月25号" in said
    assert "3月25日 周三" in said
    assert [task.recurrence for task in stored(office)] == ["WEEKLY;FR;T17:30", "MONTHLY;25"]


async def test_a_reminder_without_a_time_offers_five_and_is_set_by_one(office: Office) -> None:
    await office.rep.send("/remind 寄合同")
    question = await office.rep.next_message()
    assert labels(question) == ["1 小时后", "今天下午", "明天上午", "后天", "下周一", "不定了"]
    assert stored(office) == []
    await office.rep.press(question, "下周一")
    card = await office.rep.wait_edit(question)
    assert "3月23日 周一" in card.text
    assert "寄合同" in card.text
    await office.rep.press(question, data=buttons.encode(buttons.DraftWhen(1, "monday")))
    assert "已经处理过" in (await office.rep.next_message()).text
    assert len(stored(office)) == 1


async def test_the_missing_time_may_be_typed(office: Office) -> None:
    await office.rep.send("/remind 寄合同")
    await office.rep.next_message()
    await office.rep.send("后天上午10点")
    card = await office.rep.next_message()
    assert "寄合同" in card.text
    assert "3月20日 周五 10:00（后天）" in card.text


async def test_a_day_that_does_not_exist_is_refused_and_the_words_are_kept(office: Office) -> None:
    await office.rep.send("/remind 2月30号 给老板打电话")
    question = await office.rep.next_message()
    assert "2月30号" in question.text
    assert "例如" in question.text
    assert stored(office) == []
    assert office.database.read_now(lambda db: db.scalar(select(Draft.text))) == "2月30号 给老板打电话"
    await office.rep.send("3月30号")
    card = await office.rep.next_message()
    assert "3月30日 周一" in card.text
    assert "给老板打电话" in card.text


async def test_a_time_that_is_over_is_asked_again(office: Office) -> None:
    await office.rep.send("/remind 今天上午9点 开会")
    question = await office.rep.next_message()
    assert "已经过了" in question.text
    assert stored(office) == []
    await office.rep.press(question, "今天下午")
    assert "3月18日 周三 15:00（今天）" in (await office.rep.wait_edit(question)).text


async def test_nothing_after_the_command_gets_an_example(office: Office) -> None:
    await office.rep.send("/remind")
    assert "例如" in (await office.rep.next_message()).text


async def test_markup_in_a_reminder_stays_text(office: Office) -> None:
    await office.rep.send("/remind 明天下午3点 <b>A&B</b> 报价")
    assert "<b>A&B</b> 报价" in (await office.rep.next_message()).text


async def test_done_twice_is_said_once_more_and_undone(office: Office) -> None:
    await office.rep.send("/remind 明天下午3点 寄合同")
    card = await office.rep.next_message()
    await office.rep.press(card, "完成")
    done = await office.rep.wait_edit(card)
    assert done.text.startswith("✅ 已完成")
    done_at = stored(office)[0].done_at
    task_id = stored(office)[0].task_id
    await office.rep.press(card, data=buttons.encode(buttons.DoneTask(task_id)))
    assert "之前已完成" in (await office.rep.wait_edit(done)).text
    assert stored(office)[0].done_at == done_at
    await office.rep.press(card, "恢复")
    await office.idle()
    assert stored(office)[0].done_at is None


async def test_put_off_moved_and_taken_back(office: Office) -> None:
    await office.rep.send("/remind 明天下午3点 寄合同")
    card = await office.rep.next_message()
    await office.rep.press(card, "推迟 ▸")
    menu = await office.rep.wait_edit(card)
    assert labels(menu) == ["1 小时", "明早", "下周", "转给 ▸", "返回"]
    await office.rep.press(card, "下周")
    assert "3月25日 周三 09:00" in (await office.rep.wait_edit(menu)).text
    await office.rep.press(card, "改时间")
    await office.idle()
    await office.rep.send("周五下午4点")
    moved = await office.rep.next_message()
    assert "3月20日 周五 16:00" in moved.text
    await office.rep.press(moved, "撤销")
    gone = await office.rep.wait_edit(moved)
    assert "已撤销" in gone.text
    assert stored(office)[0].cancelled_at is not None
    await office.rep.press(moved, data=buttons.encode(buttons.SnoozeTask(stored(office)[0].task_id, "hour")))
    await office.idle()
    assert "已经结束" in office.rep.messages()[-1].text
    assert stored(office)[0].due_at == datetime(2026, 3, 20, 16, 0, tzinfo=SHANGHAI)


async def test_somebody_elses_task_is_nowhere(office: Office) -> None:
    await office.rep.send("/remind 明天下午3点 寄合同")
    await office.rep.next_message()
    await office.rep2.send("/today")
    page = await office.rep2.next_message()
    for person in (office.rep2, office.outsider):
        if person is office.outsider:
            await person.send("/today")
            page = await person.next_message()
        for press in (
            buttons.DoneTask(1),
            buttons.CancelTask(1),
            buttons.Today(0, 1, 0),
            buttons.SnoozeTask(1, "hour"),
        ):
            await person.press(page, data=buttons.encode(press))
        await office.idle()
        shown = " ".join(message.text for message in person.messages())
        assert "这条待办不在了" in shown
        assert "寄合同" not in shown
    task = stored(office)[0]
    assert (task.done_at, task.cancelled_at) == (None, None)


async def test_what_is_said_to_be_finished_is_done(office: Office) -> None:
    await office.rep.send("/remind 周五下午5点 交周报")
    await office.rep.next_message()
    await office.rep.send("/remind 明天下午3点 寄样品")
    await office.rep.next_message()
    await office.rep.send("周报交了 不用再提醒了")
    assert "已完成：交周报" in (await office.rep.next_message()).text
    assert [task.done_at is not None for task in stored(office)] == [True, False]


async def test_two_customers_of_one_name_are_asked_about(office: Office) -> None:
    for line in ("加客户 王芳 13800138001 上海美达", "加客户 王芳 13800138002 宁波永固"):
        await office.rep.send(line)
        await office.rep.next_message()
    await office.rep.send("/remind 明天下午3点 给王芳寄样品")
    question = await office.rep.next_message()
    if "是哪位" in question.text:
        await office.rep.press(question, next(label for label in labels(question) if "永固" in label))
        assert "永固" in (await office.rep.wait_edit(question)).text
    assert len(stored(office)) == 1


async def test_today_lists_what_is_due_and_acts_in_place(office: Office) -> None:
    await add_zhang(office)
    await office.rep.send("/remind 今天下午4点 给张伟回电话")
    await office.rep.next_message()
    await office.rep.send("/remind 今天下午5点 寄合同")
    await office.rep.next_message()
    await office.rep.send("今天")
    page = await office.rep.next_message()
    assert "2 件" in page.text
    assert "16:00" in page.text
    assert labels(page) == ["完成 1", "完成 2", "推迟 ▸"]
    await office.rep.press(page, "完成 1")
    after = await office.rep.wait_edit(page)
    assert "已完成" in after.text
    assert "1 件" in after.text
    await office.rep.press(page, "撤销完成")
    assert "2 件" in (await office.rep.wait_edit(after)).text


async def test_an_empty_day_says_so(office: Office) -> None:
    await office.rep.send("/today")
    assert "没有要办的事" in (await office.rep.next_message()).text


async def test_a_note_is_not_taken_for_the_time_that_was_asked(office: Office) -> None:
    await add_zhang(office)
    await office.rep.send("/remind 寄合同")
    await office.rep.next_message()
    await office.rep.send("张伟 嫌交期慢，明天下午要来厂里看看")
    assert "已记到 张伟" in (await office.rep.next_message()).text
    await office.rep.send("那就后天吧")
    assert "3月20日 周五（后天）" in (await office.rep.next_message()).text


async def test_a_time_alone_asks_what_to_do(office: Office) -> None:
    await office.rep.send("/remind 明天下午3点")
    assert "做什么" in (await office.rep.next_message()).text
    await office.rep.send("给老板送报表")
    card = await office.rep.next_message()
    assert "给老板送报表" in card.text
    assert "3月19日 周四 15:00（明天）" in card.text


async def test_today_without_an_hour_is_told_at_the_end_of_the_day(office: Office) -> None:
    await office.rep.send("/remind 今天 寄合同")
    assert "3月18日 周三 17:00（今天）" in (await office.rep.next_message()).text


async def test_a_customer_card_leads_to_a_reminder(office: Office) -> None:
    await add_zhang(office)
    await office.rep.send("查 张伟")
    card = await office.rep.next_message()
    await office.rep.press(card, "提醒")
    await office.idle()
    await office.rep.send("明天下午3点回电话")
    said = office.rep.messages()
    await office.idle()
    said = office.rep.messages()
    assert "张伟（上海美达）" in said[-1].text
    assert "3月19日 周四 15:00（明天）" in said[-1].text


async def test_the_customers_name_does_not_blur_which_task_is_finished(office: Office) -> None:
    await add_zhang(office)
    for what in ("明天下午3点 给张伟送样品", "明天下午4点 张伟 回访"):
        await office.rep.send(f"/remind {what}")
        await office.rep.next_message()
    await office.rep.send("张伟的回访做完了")
    assert "已完成：张伟 回访" in (await office.rep.next_message()).text


async def test_he_is_the_customer_shown_last_and_nobody_else(office: Office) -> None:
    await add_zhang(office)
    await office.rep.send("/remind 明天下午3点 给他回电话")
    assert "张伟（上海美达）" in (await office.rep.next_message()).text
    await office.rep.send("/remind 明天下午3点 交周报")
    assert "张伟" not in (await office.rep.next_message()).text


async def test_a_reminder_with_its_own_deed_is_no_answer_to_when(office: Office) -> None:
    await said(office.rep, "加客户 陈丽 13800138004 苏州")
    asked = await said(office.rep, "陈丽生日前三天提醒我买蛋糕")
    assert "什么时候" in asked.text
    card = await said(office.rep, "每个月1号提醒我对账")
    assert "对账" in card.text
    assert "蛋糕" not in card.text
    later = await pressed(office.rep, asked, "后天")
    assert "买蛋糕" in later.text


async def test_the_time_may_come_with_the_deed_once_more(office: Office) -> None:
    await said(office.rep, "加客户 陈丽 13800138004 苏州")
    for answer in ("后天提醒我买蛋糕", "那就后天提醒我吧"):
        assert "什么时候" in (await said(office.rep, "陈丽生日前三天提醒我买蛋糕")).text
        assert "买蛋糕" in (card := await said(office.rep, answer)).text
        assert "3月20日" in card.text

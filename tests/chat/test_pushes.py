"""What the clock sends: whole days with the business clock moved, through the emulator."""

from __future__ import annotations

from sqlalchemy import select, update

from almanac import workdays
from bot import calendar
from crm import outbox, promises, tables
from crm.outbox import Planned
from crm.promises import Todo
from crm.tables import GroupChat, Member, Outbox, Task
from tests.chat import talk
from tests.chat.conftest import SHANGHAI, Office
from tests.chat.played import at, born, change, ledger, texts_of


async def test_a_whole_working_day(office: Office) -> None:
    await born(office)
    await talk.said(office.rep, "/remind 明天下午3点 给张伟回电话 13800138000")
    await talk.said(office.rep, "/remind 明天 寄样品给张伟")
    await office.at(at(3, 19, 7, 55))
    assert ledger(office, "card")[0].state == "pending"
    await office.at(at(3, 19))
    messages = {(await office.rep.next_message()).text for _ in range(2)}
    card = next(text for text in messages if "早上好" in text)
    assert "小李，早上好，今天是3月19日 周四" in card
    assert "2 件待办、1 位生日" in card
    assert "给张伟回电话" in card
    assert "寄样品" in card
    assert "张伟（上海美达） 今天生日" in card
    birthday = next(text for text in messages if "的生日" in text)
    assert "今天是 张伟 的生日" in birthday
    assert "没有排事" in (await office.rep2.next_message()).text
    await office.at(at(3, 19, 15))
    due = await office.rep.next_message()
    assert due.text.startswith("⏰ 到时间了")
    assert "补发" not in due.text
    assert (await talk.pressed(office.rep, due, "完成")).text.startswith("✅ 已完成")
    await talk.said(office.rep, "/remind 明天上午9点 给张伟送货 13800138000")
    await office.at(at(3, 19, 18))
    digest = await office.manager.next_message(office.group)
    assert "日报" in digest.text
    assert "3月20日 周五" in digest.text
    assert "张*" in digest.text
    assert "张伟" not in digest.text
    assert "13800138000" not in digest.text
    assert {row.state for push in ("card", "birthday", "task", "digest") for row in ledger(office, push)} == {"sent"}


async def test_repeated_ticks_send_nothing_more(office: Office) -> None:
    await born(office)
    await talk.said(office.rep, "/remind 明天早上8点 寄合同")
    await office.at(at(3, 19))
    before = [len(office.rep.messages()), len(office.rep2.messages())]
    for minute in (1, 5, 30):
        await office.at(at(3, 19, 8, minute))
        assert await office.app.ticks.plan() == 0
        await office.idle()
    assert [len(office.rep.messages()), len(office.rep2.messages())] == before
    assert len(ledger(office, "card")) == 3  # the rep of the other team has one too
    assert len(ledger(office, "birthday")) == 1
    assert len(ledger(office, "task")) == 1


async def test_downtime_over_the_hour_of_the_card_is_caught_up_once_and_says_so(office: Office) -> None:
    await office.at(at(3, 19, 6))
    assert ledger(office, "card") == []
    await office.at(at(3, 19, 11))
    card = await office.rep.next_message()
    assert card.text.startswith("（补发：原定 03月19日 08:00）")
    await office.at(at(3, 19, 11, 30))
    assert len(texts_of(office, office.rep)) == 1


async def test_downtime_over_days_catches_up_tasks_but_no_old_card(office: Office) -> None:
    await born(office)
    await talk.said(office.rep, "/remind 明天下午3点 寄合同")
    before = len(texts_of(office, office.rep))
    await office.at(at(3, 24, 7))
    assert texts_of(office, office.rep)[before:] == [], "nobody is woken by what is days late"
    await office.at(at(3, 24))
    late = [text for text in texts_of(office, office.rep)[before:] if text[0] not in "☀🌱"]
    assert "已拖5天" in next(text for text in texts_of(office, office.rep)[before:] if "早上好" in text)
    assert len(late) == 1
    assert "寄合同" in late[0]
    assert "补发：原定 03月19日 15:00" in late[0]
    assert ledger(office, "birthday") == []


async def test_a_day_off_brings_only_what_cannot_wait(office: Office) -> None:
    actor, someday = office.actor(office.rep), Todo("整理名片", at(3, 20, 9), False)
    await office.database.write(lambda db: promises.add(db, actor, None, None, someday, "follow_up", at(3, 18)))
    await talk.said(office.rep2, "/remind 周六上午10点 送货")
    await office.at(at(3, 20))
    before = len(texts_of(office, office.rep))
    await office.at(at(3, 21))
    assert texts_of(office, office.rep)[before:] == [], "what is late can wait"
    card = texts_of(office, office.rep2)[-1]
    assert "早上好" in card
    assert "可能流失" not in card, "only what cannot wait"
    assert "拖" not in card
    states = {row.chat_id: (row.state, row.reason) for row in ledger(office, "card")}
    assert states[office.rep.user_id] == ("skipped", "day_off")
    assert states[office.rep2.user_id][0] == "sent"
    await office.at(at(3, 21, 18))
    assert ledger(office, "digest") == []


async def test_who_asked_to_be_reminded_on_a_day_off_is(office: Office) -> None:
    await talk.said(office.rep, "/remind 周六 整理名片")
    await office.at(at(3, 21))
    assert "整理名片" in texts_of(office, office.rep)[-1]


async def test_a_promise_for_a_saturday_is_told_on_that_saturday_once(office: Office) -> None:
    card = await talk.said(office.rep, "加客户 石磊 13800138001")
    assert "石磊" in card.text
    promised = await talk.said(office.rep, "石磊说周六要样品 我答应周六给他送过去")
    assert "周六（3月21日）" in promised.text
    asked = await talk.said(office.rep, "过四天再联系石磊")
    assert "3月22日" in asked.text
    for day, word in ((21, "样品"), (22, "联系")):
        before = len(texts_of(office, office.rep))
        await office.at(at(3, day))
        told = texts_of(office, office.rep)[before:]
        assert len(told) == 1, told
        assert word in told[0]
        await office.app.ticks.plan()
        assert len(texts_of(office, office.rep)) == before + 1


async def test_a_visit_planned_for_a_day_off_is_told_on_that_day(office: Office) -> None:
    await talk.said(office.rep, "加客户 石磊 13800138001")
    await talk.said(office.rep, "石磊这边 周六上门拜访 看看机器")
    await talk.said(office.rep, "周六拜访谁")
    before = len(texts_of(office, office.rep))
    await office.at(at(3, 21))
    assert len(texts_of(office, office.rep)) == before + 1
    assert "拜访" in texts_of(office, office.rep)[-1]


async def test_a_manager_who_sells_nothing_has_a_card_for_own_tasks_only(office: Office) -> None:
    await talk.said(office.manager, "/remind 后天 交月报")
    await office.at(at(3, 19))
    assert len(texts_of(office, office.manager)) == 1
    await office.at(at(3, 20))
    assert "交月报" in texts_of(office, office.manager)[-1]
    assert texts_of(office, office.admin) == []


async def test_three_days_before_it_is_told_once_and_not_on_the_cards_before_the_day(office: Office) -> None:
    await born(office, words="3月22日生日")
    await office.at(at(3, 19))
    assert "生日" not in (await office.rep.next_message()).text, "it has a message of its own"
    told = await office.rep.next_message()
    assert told.text.startswith("🎂 3 天后，3月22日 周日，是 张伟 的生日")
    assert told.buttons == [["先看祝福", "看客户", "定个提醒"]]
    await office.rep.press(told, "先看祝福")
    greeting = await office.rep.next_message()
    assert "张经理" in greeting.text
    assert [str(row.key).rpartition(":")[2] for row in ledger(office, "birthday")] == ["3"]
    before = len(texts_of(office, office.rep))
    await office.at(at(3, 20))
    assert not any("张伟" in text for text in texts_of(office, office.rep)[before:])
    await office.at(at(3, 21))
    assert len(ledger(office, "birthday")) == 1, "once each"
    await office.rep.send("今天")
    await office.idle()
    assert "张伟（上海美达） 明天生日（3月22日 周日）" in texts_of(office, office.rep)[-1]


async def test_a_repeated_task_rolls_on(office: Office) -> None:
    await talk.said(office.rep, "/remind 每周五17:30 交周报")
    await office.at(at(3, 20, 17, 30))
    first = next(m for m in reversed(office.rep.messages()) if "到时间了" in m.text)
    rows = office.database.read_now(lambda db: list(db.scalars(select(Task).order_by(Task.task_id))))
    assert [row.due_at.astimezone(SHANGHAI) for row in rows] == [at(3, 20, 17, 30), at(3, 27, 17, 30)]
    done = await talk.pressed(office.rep, first, "完成")
    assert "下一次：3月27日 周五 17:30" in done.text
    await office.at(at(3, 27, 17, 30))
    second = next(m for m in reversed(office.rep.messages()) if "到时间了" in m.text)
    assert second.message_id != first.message_id
    stopped = await talk.pressed(office.rep, second, "完成")
    assert "不再重复" in str(stopped.buttons)
    await talk.pressed(office.rep, second, "不再重复")
    await office.at(at(4, 3, 17, 30))
    assert len(ledger(office, "task")) == 2


async def test_a_missed_repetition_gives_way_to_the_next(office: Office) -> None:
    await talk.said(office.rep, "/remind 每天下午2点 看报表")
    for day in (18, 19, 20):
        await office.at(at(3, day, 14))
    mine = select(Task).where(Task.done_at.is_(None), Task.cancelled_at.is_(None), Task.due_at <= at(3, 20, 14))
    assert len(office.database.read_now(lambda db: list(db.scalars(mine)))) == 1
    assert len(ledger(office, "task")) == 3


async def test_a_task_put_off_is_told_at_its_new_hour_only(office: Office) -> None:
    card = await talk.said(office.rep, "/remind 今天上午10点40 寄合同")
    assert "10:40" in card.text
    await talk.pressed(office.rep, card, "推迟 ▸")
    await talk.pressed(office.rep, card, "1 小时")
    await office.at(at(3, 18, 10, 45))
    assert [row.state for row in ledger(office, "task")] in ([], ["skipped"])
    await office.at(at(3, 18, 11, 30))
    assert "到时间了" in texts_of(office, office.rep)[-1]


async def test_who_blocked_the_bot_or_left_gets_nothing(office: Office) -> None:
    await born(office)
    await talk.said(office.rep, "/remind 明天早上8点 寄合同")
    now = office.app.clock.now()
    await change(office, update(Member).where(Member.user_id == office.rep.user_id).values(blocked_at=now))
    await change(office, update(Member).where(Member.user_id == office.rep2.user_id).values(left_at=now))
    await office.at(at(3, 19))
    told = {row.chat_id for push in ("card", "birthday", "task", "festival") for row in ledger(office, push)}
    assert told == {office.outsider.user_id}


async def test_without_a_group_the_managers_get_the_digest(office: Office) -> None:
    await change(office, update(GroupChat).values(closed_at=office.app.clock.now()))
    await office.at(at(3, 19, 18))
    for person in (office.manager, office.admin):
        assert "日报" in (await person.next_message()).text
    assert "日报" not in " ".join(texts_of(office, office.rep))


async def test_the_card_of_one_team_knows_nothing_of_another(office: Office) -> None:
    await born(office, "孙涛", "3月19日生日", office.outsider)
    await born(office)
    await office.at(at(3, 19))
    assert "孙涛" not in " ".join(texts_of(office, office.rep))
    assert "张伟" not in " ".join(texts_of(office, office.outsider))
    teams = office.database.read_now(
        lambda db: set(db.scalars(select(tables.Outbox.team_id).where(Outbox.push == "card")))
    )
    assert len(teams) == 2


async def test_a_push_that_cannot_be_rendered_holds_up_nobody(office: Office) -> None:
    team_id, chat_id, due_at = office.actor(office.rep).team_id, office.rep.user_id, at(3, 18)
    bad = [
        Planned("birthday:0:broken", "birthday", team_id, chat_id, due_at, {}),
        Planned("old:1", "of_another_version", team_id, chat_id, due_at, {}),
    ]
    await office.database.write(lambda db: outbox.enqueue(db, bad, at(3, 18)))
    await office.at(at(3, 19))
    assert "早上好" in (await office.rep.next_message()).text
    broken = [*ledger(office, "birthday"), *ledger(office, "of_another_version")]
    assert [(row.state, (row.reason or "").split(":")[0]) for row in broken] == [("refused", "not rendered")] * 2


async def test_the_admin_hears_once_that_the_years_working_days_are_not_known(office: Office) -> None:
    year = workdays.announced_until() + 1
    await office.at(at(11, 30, year=year - 1))
    assert ledger(office, "calendar") == []
    await office.at(at(12, 1, year=year - 1))
    said = [text for text in texts_of(office, office.admin) if f"{year} 年的放假调休安排" in text]
    assert len(said) == 1
    assert "workdays.json" in said[0]
    assert not any("放假调休安排" in text for text in texts_of(office, office.rep))
    for day in (at(12, 2, year=year - 1), at(1, 4, year=year)):
        await office.at(day)
    assert len([row for row in ledger(office, "calendar") if row.chat_id == office.admin.user_id]) == 1


async def test_a_file_of_working_days_is_heeded(office: Office) -> None:
    folder, year = office.app.settings.data_dir, workdays.announced_until() + 1
    (folder / calendar.FILE).write_text(f'{{"work": ["2026-03-21"], "rest": ["{year}-02-05"]}}')
    calendar.install(folder)
    try:
        await born(office)
        await office.at(at(3, 21))
        assert any("早上好" in text for text in texts_of(office, office.rep)), "a Saturday that is worked here"
        await office.at(at(12, 1, year=year - 1))
        assert ledger(office, "calendar") == [], "the year's days are known from the file"
        (folder / calendar.FILE).write_text('{"work": ["2026-02-30"]}')
        calendar.install(folder)
        assert not workdays.is_announced(year), "a broken file changes nothing"
    finally:
        workdays.install({})

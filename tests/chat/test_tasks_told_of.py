"""What is said of tasks that stand: replies to a list and to a reminder, looks at a day, a series, and their end."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from crm.tables import Note, Task
from tests.chat.conftest import SHANGHAI
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from emulator.message import Message
    from tests.chat.conftest import Office

FENG = "新客户 冯军 13800001111"


def tasks(office: Office) -> dict[str, Task]:
    return {row.what: row for row in office.database.read_now(lambda db: list(db.scalars(select(Task))))}


def is_open(office: Office, what: str) -> bool:
    row = tasks(office)[what]
    return row.done_at is None and row.cancelled_at is None


def due(office: Office, what: str) -> datetime:
    return tasks(office)[what].due_at.astimezone(SHANGHAI)


def notes(office: Office) -> int:
    return office.database.read_now(lambda db: db.scalar(select(func.count()).select_from(Note))) or 0


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


async def card_of(office: Office, *texts: str) -> Message:
    """The morning card of the next day."""
    for text in texts:
        await said(office.rep, text)
    await office.at(at(19, 8))
    return next(message for message in office.rep.messages() if "早上好" in message.text)


async def replied(office: Office, card: Message, text: str) -> str:
    await office.rep.send(text, reply_to=card)
    await office.idle()
    return office.rep.messages()[-1].text


async def test_a_reply_tells_of_several_things_of_the_list(office: Office) -> None:
    card = await card_of(office, "明天下午2点提醒我看库存", "明天下午3点提醒我写日报", "明天下午4点提醒我交表")
    await replied(office, card, "1完成 2推迟到周一上午10点")
    assert not is_open(office, "看库存")
    assert due(office, "写日报") == at(23, 10)
    assert is_open(office, "交表")


async def test_a_reply_ends_several_and_says_what_it_does_not_note(office: Office) -> None:
    card = await card_of(office, "明天下午2点提醒我看库存", "明天下午3点提醒我写日报", "明天下午4点提醒我交表")
    left = await replied(office, card, "1和3做完了 宋海涛电话打了")
    assert (is_open(office, "看库存"), is_open(office, "写日报"), is_open(office, "交表")) == (False, True, False)
    assert "「宋海涛电话打了」还没有记" in left


async def test_a_reminder_is_done_by_a_reply_in_its_own_verb(office: Office) -> None:
    await said(office.rep, "明天下午2点提醒我写日报")
    await office.at(at(19, 14, 1))
    ring = next(message for message in office.rep.messages() if "到时间了" in message.text)
    await replied(office, ring, "好的")
    assert is_open(office, "写日报")
    await replied(office, ring, "写完了")
    assert not is_open(office, "写日报")


async def test_a_statement_to_send_ends_no_visit(office: Office) -> None:
    await said(office.rep, FENG)
    await said(office.rep, "提醒我下周一下午3点陪冯军来厂里看样")
    (what,) = tasks(office)
    for text in ("给冯军发对账单", "冯军对账单发了"):
        await said(office.rep, text)
        assert is_open(office, what), text
    await said(office.rep, "冯军看样完成")
    assert not is_open(office, what)


async def test_the_hour_of_a_series_is_changed_for_good_and_back(office: Office) -> None:
    await said(office.rep, "每天早上8点40提醒我看库存")
    moved = await said(office.rep, "看库存以后改到早上9点")
    assert "每天 09:00" in moved.text
    assert tasks(office)["看库存"].recurrence == "DAILY;T09:00"
    assert due(office, "看库存") == at(19, 9)
    await pressed(office.rep, moved, "改回")
    assert tasks(office)["看库存"].recurrence == "DAILY;T08:40"
    assert due(office, "看库存") == at(19, 8, 40)


@pytest.mark.parametrize("text", ["跟进冯军 停掉", "跟进冯军 停掉 他家办丧事", "跟进冯军那个停掉 以后不要了"])
async def test_a_series_is_stopped_and_is_no_sign_of_leaving(office: Office, text: str) -> None:
    await said(office.rep, FENG)
    await said(office.rep, "每三天提醒我跟进冯军")
    before = notes(office)
    assert "不再重复" in (await said(office.rep, text)).text
    assert tasks(office)["跟进冯军"].recurrence is None
    assert notes(office) == before


@pytest.mark.parametrize("text", ["冯军的卡停掉", "冯军的课停掉 以后不来了"])
async def test_news_of_a_customer_ends_no_series_of_his(office: Office, text: str) -> None:
    await said(office.rep, FENG)
    await said(office.rep, "每周二提醒我跟进冯军")
    before = notes(office)
    await said(office.rep, text)
    assert tasks(office)["跟进冯军"].recurrence is not None
    assert notes(office) == before + 1


async def test_an_hour_gone_by_today_is_that_of_the_series_from_tomorrow(office: Office) -> None:
    await said(office.rep, "每天下午5点提醒我看库存")
    assert "每天 08:00" in (await said(office.rep, "看库存以后改到早上8点")).text
    assert due(office, "看库存") == at(19, 8)


async def test_what_stands_still_is_no_series(office: Office) -> None:
    await said(office.rep, FENG)
    await said(office.rep, "每三天提醒我跟进冯军")
    await said(office.rep, "冯军的机器停了")
    assert tasks(office)["跟进冯军"].recurrence is not None


async def test_an_exact_title_names_its_task(office: Office) -> None:
    await said(office.rep, FENG)
    for text in ("明天下午3点提醒我看库存", "明天提醒我去看看冯军的厂", "后天提醒我去库房看样"):
        await said(office.rep, text)
    assert "已改到" in (await said(office.rep, "看库存推迟到周五下午2点")).text
    assert due(office, "看库存") == at(20, 14)


async def test_what_is_deleted_is_called_off_not_done(office: Office) -> None:
    await said(office.rep, "周五提醒我拿看房钥匙")
    off = await said(office.rep, "看房钥匙那条删掉")
    assert "完成" not in off.text
    assert tasks(office)["拿看房钥匙"].cancelled_at is not None
    assert tasks(office)["拿看房钥匙"].done_at is None


async def test_all_of_a_kind_and_day_are_done(office: Office) -> None:
    for text in ("今天下午2点提醒我万科带看", "今天下午4点提醒我绿城带看", "明天下午4点提醒我滨江带看"):
        await said(office.rep, text)
    await said(office.rep, "今天的带看都完成了")
    await office.idle()
    assert [is_open(office, f"{name}带看") for name in ("万科", "绿城", "滨江")] == [False, False, True]


async def test_every_reminder_is_listed_with_its_repetition(office: Office) -> None:
    for text in ("每天早上8点40提醒我看库存", "5月20号提醒我续保"):
        await said(office.rep, text)
    for text in ("我有哪些提醒", "我的提醒", "查看我所有提醒"):
        listed = (await said(office.rep, text)).text
        assert "看库存" in listed, text
        assert "🔁 每天 08:40" in listed
        assert "续保" in listed


@pytest.mark.parametrize("text", ["清一清", "拖着的都清掉", "把拖了的都清掉"])
async def test_overdue_things_are_cleared_by_words(office: Office, text: str) -> None:
    await said(office.rep, FENG)
    await said(office.rep, "明天提醒我交表")
    await office.at(at(21, 10))
    listed = await said(office.rep, text)
    assert "拖着的事" in listed.text
    assert "完成 1" in labels(listed)
    assert notes(office) == 0


async def test_a_repetition_with_a_last_day_stops_by_itself(office: Office) -> None:
    card = await said(office.rep, "明天到后天每天上午11点提醒我量体温")
    assert "每天 11:00，到2026年3月20日" in card.text
    for day in (19, 20, 21, 22):
        await office.at(at(day, 12))
    rows = office.database.read_now(lambda db: list(db.scalars(select(Task).order_by(Task.due_at))))
    assert [row.due_at.astimezone(SHANGHAI) for row in rows] == [at(19, 11), at(20, 11)]


async def test_a_task_is_done_by_its_title_though_nobody_is_named(office: Office) -> None:
    await said(office.rep, "周日上午10点提醒我万科带看")
    assert "已完成" in (await said(office.rep, "万科带看完成")).text
    assert not is_open(office, "万科带看")


async def test_a_bare_move_in_traditional_characters_means_the_only_reminder(office: Office) -> None:
    await said(office.rep, "明天下午2点提醒我送保单")
    assert "已改到" in (await said(office.rep, "改到後天上午十點半喔")).text
    assert due(office, "送保单") == at(20, 10, 30)


@pytest.mark.parametrize("text", ["冯军银行面签4月8号上午10点 工行", "冯军约4月8号中午12点半 吃饭谈教育金"])
async def test_an_hour_that_is_told_in_a_note_is_offered(office: Office, text: str) -> None:
    await said(office.rep, FENG)
    noted = await said(office.rep, text)
    offered = next(label for label in labels(noted) if label.endswith("提醒我"))
    assert offered.startswith("4月8日")

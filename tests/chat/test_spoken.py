"""Everyday questions through the chat: answered as the command for them, never kept as notes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from almanac.birthdays import Birthday
from crm import accounts, customers, notes, tasks
from crm.customers import Origin, Profile
from crm.promises import Todo
from crm.tables import NoteTag
from tests.chat import prepared, talk

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from crm.members import Actor
    from tests.chat.conftest import Office


def _fill(db: Session, rep: Actor, rep2: Actor, office: Office) -> None:
    now = office.app.clock.now()
    born = {"孙丽": Birthday("solar", 3, 21), "陈刚": Birthday("solar", 4, 2), "许强": Birthday("solar", 3, 20)}
    ids = {}
    for name, owner in (("孙丽", rep), ("陈刚", rep), ("李娜", rep), ("许强", rep2)):
        profile = Profile(name, company=f"苏州{name}五金", birthdays=(born[name],) if name in born else ())
        ids[name] = customers.add(db, owner, profile, now - timedelta(days=100)).customer_id
    for name, owner, days, text in (
        ("孙丽", rep, 1, "孙丽说布料要涨价，周五前报价"),
        ("李娜", rep, 3, "李娜答应周五打款"),
        ("许强", rep2, 2, "许强也说要涨价"),
        *(("陈刚", rep, 20 + n, f"陈刚第{n}次问价格") for n in range(6)),
    ):
        notes.add(db, owner, ids[name], text, None, now - timedelta(days=days), Origin())
    rival = notes.add(db, rep, ids["陈刚"], "陈刚拿永固的价来压我们", None, now - timedelta(days=40), Origin())[0]
    tag = NoteTag(
        note_id=rival.note_id, team_id=rep.team_id, customer_id=ids["陈刚"], kind="intent", label="competitor"
    )
    tag.probability, tag.created_at = 0.9, now
    db.add(tag)
    tasks.add(db, rep, ids["陈刚"], Todo("回访陈刚", now + timedelta(days=1), False), now)
    accounts.add(db, rep, ids["陈刚"], "debt", 500_000, date(2026, 2, 28), now)
    accounts.add(db, rep, ids["李娜"], "debt", 120_000, date(2026, 4, 10), now)


async def set_up(office: Office) -> None:
    """Three customers of the rep and one of the other's, with notes, debts, birthdays and a task."""
    rep, rep2 = office.actor(office.rep), office.actor(office.rep2)
    office.database.write_now(lambda db: _fill(db, rep, rep2, office))
    await office.app.ticks.plan()
    await office.idle()


shop = prepared.office_after(set_up)


async def test_who_owes_with_what_is_not_due(shop: Office) -> None:
    for text in ("谁欠我钱", "还有哪些尾款没收", "who owes me money"):
        answer = await talk.asked(shop, shop.rep, text)
        assert "陈刚" in answer
        assert "¥6,200" in answer
    assert "还欠 ¥5,000" in await talk.asked(shop, shop.rep, "陈刚欠我多少")
    assert "陈刚" not in await talk.asked(shop, shop.rep2, "谁欠我钱")


async def test_who_said_it_is_found_among_ones_own_notes(shop: Office) -> None:
    answer = await talk.asked(shop, shop.rep, "谁说过要涨价")
    assert "昨天" in answer
    assert "孙丽" in answer
    assert "许强" not in answer
    assert "许强" in await talk.asked(shop, shop.manager, "有没有人提到涨价")
    assert "陈刚" in await talk.asked(shop, shop.rep, "谁提到过竞品")
    assert "李娜" in await talk.asked(shop, shop.rep, "谁答应过我周五打款")
    assert "没有" in await talk.asked(shop, shop.outsider, "谁说过要涨价")
    assert "例如" in await talk.asked(shop, shop.rep, "翻记录")


async def test_what_was_said_is_shown_five_at_a_time(shop: Office) -> None:
    await talk.asked(shop, shop.rep, "谁问过价格")
    first = shop.rep.messages()[-1]
    assert first.text.count("· ") == 5
    second = await talk.pressed(shop.rep, first, "更多")
    assert "永固" in second.text or "第5次" in second.text
    await talk.asked(shop, shop.rep2, "查 许强")
    refused = await talk.press_foreign(shop.rep2, shop.rep2.messages()[-1], talk.data_of(first, "更多"))
    assert "陈刚" not in refused.text


async def test_ones_own_notes_of_a_day_and_a_colleagues(shop: Office) -> None:
    answer = await talk.asked(shop, shop.rep, "昨天我记了啥")
    assert "孙丽" in answer
    assert "1 条" in answer
    assert "还没有" in await talk.asked(shop, shop.rep, "我今天记了几条")
    assert "许强" in await talk.asked(shop, shop.manager, "小周这周拜访了谁")
    assert "许强" not in await talk.asked(shop, shop.rep, "小周这周拜访了谁")


async def test_birthdays_stand_in_their_order_with_the_day(shop: Office) -> None:
    answer = await talk.asked(shop, shop.manager, "谁快过生日了")
    assert answer.index("3月20日 许强") < answer.index("3月21日 孙丽") < answer.index("4月2日 陈刚")
    assert "没有这样的客户" in await talk.asked(shop, shop.rep, "下周谁过生日")


async def test_what_lies_ahead(shop: Office) -> None:
    answer = await talk.asked(shop, shop.rep, "明天有什么安排")
    assert "回访陈刚" in answer
    assert "孙丽" not in answer
    week = await talk.asked(shop, shop.rep, "这周要拜访谁")
    assert week.index("回访陈刚") < week.index("孙丽")
    assert "还没有安排" in await talk.asked(shop, shop.rep2, "大后天有什么事")


async def test_conditions_in_everyday_words(shop: Office) -> None:
    assert "李娜" in await talk.asked(shop, shop.rep, "哪些客户没生日")
    assert "3 位" in await talk.asked(shop, shop.rep, "谁没留微信")
    assert "许强" in await talk.asked(shop, shop.manager, "小周有哪些客户")


async def test_how_something_is_done_and_what_is_not_kept(shop: Office) -> None:
    assert "导出 行业=五金" in await talk.asked(shop, shop.rep, "怎么导出客户")
    assert "撤销" in await talk.asked(shop, shop.rep, "怎么删客户")
    assert "库存不在我这里记" in await talk.asked(shop, shop.rep, "库存还有多少")


async def test_of_one_customer_also_of_the_one_shown_last(shop: Office) -> None:
    assert "孙丽" in await talk.asked(shop, shop.rep, "孙丽为什么不高兴")
    assert "信用" in await talk.asked(shop, shop.rep, "他信用咋样")
    assert "苏州许强五金" not in await talk.asked(shop, shop.rep, "许强会不会跑")


async def test_an_answer_that_is_waited_for_is_no_question(shop: Office) -> None:
    await talk.asked(shop, shop.rep, "查 孙丽")
    await shop.rep.press(shop.rep.messages()[-1], "记一笔")
    await shop.idle()
    await shop.rep.send("嫌贵，问能不能降价")
    await shop.idle()
    assert "已记到" in shop.rep.messages()[-1].text


@pytest.mark.parametrize("text", ["孙丽是不是离职了", "孙丽怎么突然不下单了"])
async def test_what_names_a_customer_without_a_question_mark_may_be_kept_as_a_note(shop: Office, text: str) -> None:
    assert "记到 孙丽" in await talk.asked(shop, shop.rep, text)
    kept = await talk.pressed(shop.rep, shop.rep.messages()[-1], "记到 孙丽")
    assert "已记到 孙丽" in kept.text
    assert text in await talk.asked(shop, shop.rep, "翻记录 今天")
    assert "记到" not in await talk.asked(shop, shop.rep, f"{text}？")
    assert "记到" not in await talk.asked(shop, shop.rep, "谁欠我钱")


@pytest.mark.parametrize("text", ["能不能发个报价单", "能不能改下价格", "能定做尺寸吗", "这个机器怎么用"])
async def test_what_a_customer_asks_is_a_note_of_the_one_shown_last(shop: Office, text: str) -> None:
    await talk.asked(shop, shop.rep, "查 陈刚")
    await shop.rep.send(text)
    await shop.idle()
    message = shop.rep.messages()[-1]
    assert "已记到 陈刚" in message.text or "记到 陈刚" in talk.labels(message)
    assert "全部命令" not in message.text


@pytest.mark.parametrize("text", ["孙丽介绍了几个人过来", "孙丽货款还没有", "孙丽尾款还没"])
async def test_what_tells_of_a_customer_is_her_note(shop: Office, text: str) -> None:
    await shop.rep.send(text)
    await shop.idle()
    message = shop.rep.messages()[-1]
    assert "已记到 孙丽" in message.text or "记到 孙丽" in talk.labels(message)


async def test_a_value_that_was_asked_for_is_no_question_about_another(shop: Office) -> None:
    rep, now = shop.actor(shop.rep), shop.app.clock.now()
    shop.database.write_now(lambda db: customers.add(db, rep, Profile("周凯", company="恒锐机电"), now))
    await shop.rep.send("孙丽换工作了")
    await shop.idle()
    assert "陈刚" in await talk.asked(shop, shop.rep, "陈刚欠我多少")
    await shop.rep.send("孙丽换工作了")
    await shop.idle()
    answer = await talk.asked(shop, shop.rep, "恒锐公司")
    assert "周凯" not in answer
    assert "恒锐公司" in await talk.asked(shop, shop.rep, "查 孙丽")


async def test_what_was_done_on_a_day_counts_sales_and_tasks(shop: Office) -> None:
    for text in ("孙丽下单 布料 3000", "提醒我今天11点给孙丽打电话"):
        await shop.rep.send(text)
        await shop.idle()
    await talk.pressed(shop.rep, shop.rep.messages()[-1], "完成")
    told = await talk.asked(shop, shop.manager, "小李今天干嘛了")
    assert "🧾 成交 1 单，净额 ¥3,000\n☑️ 办完 1 件待办" in told
    assert "🧾 成交 1 单" in await talk.asked(shop, shop.rep, "今天做了什么")
    assert "还没有。" in await talk.asked(shop, shop.rep2, "今天做了什么")

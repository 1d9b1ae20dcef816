"""Untouched leads: told to the rep, copied to the manager, offered to another rep; and things given to a colleague."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from crm.tables import Customer, Outbox, Task
from emulator.message import Message
from emulator.person import Person
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, born, change, ledger, texts_of


def told(office: Office, person: Person) -> list[Message]:
    return [message for message in person.messages() if message.text.startswith("🌱")]


async def test_day_three_the_rep_day_five_the_manager_day_seven_another_rep(office: Office) -> None:
    customer_id = await born(office, words="")  # Wednesday
    await office.at(at(3, 20))
    assert ledger(office, "ladder") == []
    await office.at(at(3, 21))
    assert ledger(office, "ladder") == [], "day three is a Saturday"
    await office.at(at(3, 23))
    assert len(told(office, office.rep)) == 1
    push = told(office, office.rep)[0]
    assert "1. 张伟（上海美达） · 5 天了" in push.text
    manager = told(office, office.manager)[0]
    assert "张伟（上海美达） · 5 天了 · 负责人 小李" in manager.text
    assert talk.labels(manager) == ["查看 1"]
    await office.at(at(3, 24))
    assert len(told(office, office.rep)) == 1, "each step once"
    await office.at(at(3, 25))
    assert len(told(office, office.rep)) == 2
    offered = told(office, office.manager)[1]
    assert "要不要换个人跟" in offered.text
    asked = await talk.pressed(office.manager, offered, "转给 1 ▸")
    assert "现在是 小李 在跟" in asked.text
    given = await talk.pressed(office.manager, asked, "小周")
    assert "张伟（上海美达） 已转给 小周" in given.text
    await office.idle()
    assert texts_of(office, office.rep2)[-1] == "🤝 王主管 转给您：张伟（上海美达）\n线索 · 上海"
    assert "转给了 小周" in texts_of(office, office.rep)[-1]
    row = office.database.read_now(lambda db: db.get_one(Customer, customer_id))
    assert (row.owner_id, row.lead_rung) == (office.member(office.rep2).member_id, 0)
    await office.at(at(3, 30))
    assert len(told(office, office.rep2)) == 1, "the ladder begins anew for the new owner"
    assert len(told(office, office.rep)) == 2


@pytest.mark.parametrize(
    "touch", ["张伟 今天通过电话，要一份报价", "/remind 下周一 联系张伟", "订单 张伟 1200", "不打扰 张伟"]
)
async def test_who_is_touched_or_planned_or_left_alone_is_not_told(office: Office, touch: str) -> None:
    await born(office, words="")
    await office.at(at(3, 19, 10))
    await office.rep.send(touch)
    await office.idle()
    await office.at(at(3, 23))
    assert ledger(office, "ladder") == []


async def test_who_was_touched_in_the_meantime_is_skipped_with_the_reason(office: Office) -> None:
    await born(office, words="")
    await office.at(at(3, 23, 7, 55))
    assert {row.state for row in ledger(office, "ladder")} == {"pending"}
    await office.rep.send("张伟 刚打电话来，要报价")
    await office.idle()
    await office.at(at(3, 23))
    assert {(row.state, row.reason) for row in ledger(office, "ladder")} == {("skipped", "新线索都有人跟了")}


async def test_days_of_the_team_and_a_team_of_one(office: Office) -> None:
    await talk.said(office.admin, "设置 线索 1 2 3")
    lone = office.outsider
    await talk.said(lone, "加客户 孙涛 上海美达")
    await born(office, words="")
    await office.at(at(3, 19))
    assert len(told(office, office.rep)) == 1
    assert told(office, lone) == [], "the other team has its own days"
    await office.at(at(3, 23))
    await office.at(at(3, 25))
    pushes = told(office, lone)
    assert len(pushes) == 2, "whoever leads himself hears once a step"
    nobody = await talk.pressed(lone, pushes[-1], "转给 1 ▸")
    assert "没有别的销售可以转" in nobody.text


async def test_old_leads_are_no_new_leads_and_many_are_one_message(office: Office) -> None:
    for name in ("赵强", "钱伟", "孙磊", "李静", "周敏", "吴刚", "郑洁"):
        await born(office, name, "")
    await change(office, update(Customer).where(Customer.name == "郑洁").values(created_at=at(2, 1)))
    await office.at(at(3, 23))
    push = told(office, office.rep)[0]
    assert len(ledger(office, "ladder")) == 3, "the rep and both who lead"
    assert "赵强" in push.text
    assert "吴刚" not in push.text
    more = await talk.pressed(office.rep, push, "更多")
    assert "还没联系的新线索 6 位" in more.text
    assert "6. 吴刚" in more.text
    assert "郑洁" not in more.text
    assert "1. 赵强" in (await talk.pressed(office.rep, more, "更多")).text


async def test_a_rep_gives_no_customer_away_and_a_foreign_manager_nothing_of_ours(office: Office) -> None:
    customer_id = await born(office, words="")
    taker = office.member(office.rep2).member_id
    page = await talk.said(office.rep, "/help")
    for data in (f"yo:{customer_id}", f"yg:{customer_id}:{taker}", f"jg:0:0:{customer_id}:{taker}"):
        assert "主管才能做" in (await talk.press_foreign(office.rep, page, data)).text
    page = await talk.said(office.outsider, "/help")
    own = office.member(office.outsider).member_id
    for data in (f"yo:{customer_id}", f"yg:{customer_id}:{own}", f"jg:0:0:{customer_id}:{own}"):
        assert "找不到这位客户" in (await talk.press_foreign(office.outsider, page, data)).text
    page = await talk.said(office.manager, "/help")
    assert "成员" in (await talk.press_foreign(office.manager, page, f"yg:{customer_id}:{own}")).text
    owner = office.database.read_now(lambda db: db.get_one(Customer, customer_id).owner_id)
    assert owner == office.member(office.rep).member_id


async def test_from_the_list_a_task_is_put_off_or_given_away(office: Office) -> None:
    await talk.said(office.manager, "提醒 今天下午3点 交月报")
    listed = await talk.said(office.manager, "今天")
    for choice, told_as in (
        ("1 小时", "11:30"),
        ("明早", "3月19日 周四 09:00（明天）"),
        ("下周", "3月25日 周三 09:00"),
    ):
        await change(office, update(Task).values(due_at=at(3, 18, 15)))
        listed = await talk.said(office.manager, "今天")
        page = await talk.pressed(office.manager, listed, "推迟/转给 ▸")
        page = await talk.pressed(office.manager, page, "推迟 1")
        page = await talk.pressed(office.manager, page, choice)
        assert f"已推迟：交月报 · {told_as}" in page.text or told_as in page.text
    await change(office, update(Task).values(due_at=at(3, 18, 15)))
    listed = await talk.said(office.manager, "今天")
    page = await talk.pressed(office.manager, listed, "推迟/转给 ▸")
    page = await talk.pressed(office.manager, page, "推迟 1")
    page = await talk.pressed(office.manager, page, "转给 ▸")
    assert "交月报 转给谁" in page.text
    page = await talk.pressed(office.manager, page, "小李")
    assert "已转给 小李：交月报" in page.text
    await office.idle()
    assert "王主管 转给您：交月报" in texts_of(office, office.rep)[-1]
    await office.at(at(3, 18, 15))
    assert "交月报" in texts_of(office, office.rep)[-1], "it rings with the new assignee"
    assert "到时间了" not in texts_of(office, office.manager)[-1]


async def test_what_waits_for_the_old_assignee_goes_to_the_new_one(office: Office) -> None:
    await talk.said(office.manager, "提醒 今天上午10点35 交月报")
    await office.app.ticks.plan()
    task_id = office.database.read_now(lambda db: db.scalar(select(Task.task_id)))
    page = await talk.said(office.manager, "今天")
    rep = office.member(office.rep).member_id
    await office.manager.press(page, data=f"jg:0:{task_id}:0:{rep}")
    await office.idle()
    row = office.database.read_now(lambda db: db.scalars(select(Outbox).where(Outbox.push == "task")).one())
    assert (row.member_id, row.chat_id) == (rep, office.rep.user_id)
    await office.at(at(3, 18, 10, 35))
    assert "到时间了" in texts_of(office, office.rep)[-1]


async def test_the_card_of_days_off_is_as_the_team_set_it(office: Office) -> None:
    await talk.said(office.rep, "/remind 周六 整理名片")
    await talk.said(office.admin, "设置 周末 不发")
    await office.at(at(3, 21))
    mine = [row for row in ledger(office, "card") if row.chat_id == office.rep.user_id and row.due_at == at(3, 21)]
    assert [(row.state, row.reason) for row in mine] == [("skipped", "day_off")]
    await talk.said(office.admin, "设置 周末 照常发")
    await office.at(at(3, 22))
    assert "早上好" in texts_of(office, office.rep)[-1]


async def test_a_task_is_given_away_from_its_own_card(office: Office) -> None:
    card = await talk.said(office.manager, "提醒 今天下午3点 交月报")
    for label in ("推迟 ▸", "转给 ▸", "返回", "推迟 ▸", "转给 ▸", "小周"):
        card = await talk.pressed(office.manager, card, label)
    assert card.text == "🤝 已转给 小周：交月报"
    await office.idle()
    assert "王主管 转给您：交月报" in texts_of(office, office.rep2)[-1]


async def test_a_rep_gives_a_task_of_his_own_away_but_not_the_customer(office: Office) -> None:
    customer_id = await born(office, words="")
    await talk.said(office.rep, "提醒 今天下午3点 给张伟送样品")
    page = await talk.said(office.rep, "今天")
    for label in ("推迟 ▸", "推迟 1", "转给 ▸", "小周"):
        page = await talk.pressed(office.rep, page, label)
    assert "已转给 小周：给张伟送样品" in page.text
    assert "今天没有要办的事" in page.text
    await office.idle()
    told = office.rep2.messages()[-1]
    assert "小李 转给您：给张伟送样品" in told.text
    assert "查看客户" not in talk.labels(told), "he is not his"
    owner = office.database.read_now(lambda db: db.get_one(Customer, customer_id).owner_id)
    assert owner == office.member(office.rep).member_id
    await office.at(at(3, 18, 15))
    assert "给张伟送样品" in texts_of(office, office.rep2)[-1]
    task_id = office.database.read_now(lambda db: db.scalar(select(Task.task_id)))
    back = f"jg:0:{task_id}:0:{office.member(office.rep).member_id}"
    for person in (office.rep, office.outsider):
        page = await talk.said(person, "/help")
        assert "已转给" not in (await talk.press_foreign(person, page, back)).text


async def test_in_words_and_back_again(office: Office) -> None:
    customer_id = await born(office, words="")
    for typed in ("把张伟转给小周", "张伟转给小周"):
        given = await talk.said(office.manager, typed)
        assert "张伟（上海美达） 已转给 小周" in given.text
        back = await talk.pressed(office.manager, given, "转回 小李")
        assert "已转给 小李" in back.text
    for person, typed in (
        (office.rep, "把张伟转给小周"),
        (office.manager, "把样品转给小周"),
        (office.manager, "把张伟转给小王"),
    ):
        assert "已转给" not in (await _answer(office, person, typed))
    owner = office.database.read_now(lambda db: db.get_one(Customer, customer_id).owner_id)
    assert owner == office.member(office.rep).member_id


async def _answer(office: Office, person: Person, typed: str) -> str:
    await office.idle()
    await person.send(typed)
    await office.idle()
    return texts_of(office, person)[-1]

"""Who is to be left alone: the no-contact list, mourning, bad payers, quiet hours, and what the rep is told of it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from crm.tables import Customer, Note, RiskEpisode, Task, Touch
from handlers import buttons
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, born, change, ledger, texts_of


def stored(office: Office, customer_id: int) -> Customer:
    return office.database.read_now(lambda db: db.get_one(Customer, customer_id))


@pytest.mark.parametrize(
    "typed",
    [
        "不打扰 张伟",
        "不打扰张伟",
        "别联系 张伟了",
        "不要再联系张伟",
        "张伟不要再联系了",
        "张伟 别打扰",
        "/quiet 张伟",
        "不打扰：张伟",
    ],
)
async def test_a_customer_is_left_alone_as_people_type_it(office: Office, typed: str) -> None:
    customer_id = await born(office)
    answer = await talk.said(office.rep, typed)
    assert answer.text.startswith("✅ 已进不打扰名单")
    assert stored(office, customer_id).no_contact
    again = await talk.said(office.rep, typed)
    assert "之前就在" in again.text
    assert "🚫 不打扰名单" in (await talk.said(office.rep, "查 张伟")).text
    assert "已恢复" in (await talk.said(office.rep, "可以联系 张伟")).text
    assert not stored(office, customer_id).no_contact
    assert "本来就可以联系" in (await talk.said(office.rep, "可以联系张伟")).text


@pytest.mark.parametrize(
    "typed",
    [
        *("张伟可以联系了", "张伟 现在可以打扰了", "张伟不打扰取消", "张伟的不打扰解除吧", "取消张伟的不打扰"),
        *("把张伟从不打扰名单里移出", "张伟恢复联系"),
    ],
)
async def test_the_mark_is_lifted_as_people_type_it_and_no_reminder_goes(office: Office, typed: str) -> None:
    customer_id = await born(office)
    await talk.said(office.rep, "5月2日提醒我联系张伟")
    await talk.said(office.rep, "不打扰 张伟")
    assert "已恢复" in (await talk.said(office.rep, typed)).text
    assert not stored(office, customer_id).no_contact
    assert office.database.read_now(lambda db: list(db.scalars(select(Task.cancelled_at)))) == [None]


async def test_who_is_not_left_alone_and_may_be_reached_again_is_a_note(office: Office) -> None:
    await born(office)
    assert "记到" in (await talk.said(office.rep, "张伟可以联系了")).text


async def test_from_the_card_by_reply_and_in_the_list(office: Office) -> None:
    customer_id = await born(office)
    card = await talk.said(office.rep, "查 张伟")
    page = await talk.pressed(office.rep, card, "打扰 ▸")
    assert "可以联系，没有限制" in page.text
    for label, sign in (("不打扰", "🚫"), ("家有丧事", "🕯"), ("有欠款", "💳")):
        page = await talk.pressed(office.rep, page, label)
        assert sign in page.text
    row = stored(office, customer_id)
    assert (row.no_contact, row.bad_payer, row.mourning_until) == (True, True, date(2026, 5, 6))
    listed = await talk.said(office.rep, "不打扰")
    assert "不打扰的客户 1 位" in listed.text
    page = await talk.pressed(office.rep, listed, "张伟 上海美达")
    for label in ("可以联系", "解除哀悼", "欠款已清"):
        page = await talk.pressed(office.rep, page, label)
    row = stored(office, customer_id)
    assert (row.no_contact, row.bad_payer, row.mourning_until) == (False, False, None)
    assert "名单是空的" in (await talk.said(office.rep, "不打扰")).text
    card = await talk.said(office.rep, "查 张伟")
    assert "不打扰名单" in (await talk.replied(office, office.rep, card, "不打扰")).text
    assert "有欠款" in (await talk.said(office.rep, "有欠款 张伟")).text
    assert "欠款已清" in (await talk.said(office.rep, "欠款已清 张伟")).text


async def test_two_at_once(office: Office) -> None:
    both = [await born(office), await born(office, "陈静")]
    assert "张伟、陈静 都进了不打扰名单" in (await talk.said(office.rep, "不打扰张伟和陈静")).text
    assert all(stored(office, each).no_contact for each in both)
    assert "都可以联系了" in (await talk.said(office.rep, "可以联系 张伟、陈静")).text
    assert not any(stored(office, each).no_contact for each in both)


async def test_several_nobody_and_what_is_a_note(office: Office) -> None:
    first = await born(office, "王建国")
    await born(office, "王小红", "")
    asked = await talk.said(office.rep, "不打扰 王经理")
    assert "哪一位" in asked.text
    await talk.pressed(office.rep, asked, "王建国 上海美达")
    assert stored(office, first).no_contact
    assert "没找到" in (await talk.said(office.rep, "不打扰 诸葛孔明")).text
    noted = await talk.said(office.rep, "王小红说最近忙，别联系她助理，直接找她")
    assert "记到" in noted.text
    noted = await talk.said(office.rep, "不打扰 王小红 最近她住院，下月再说")
    assert "记到" in noted.text
    assert "恢复联系谁" in (await talk.said(office.rep, "可以联系")).text


async def test_a_remark_behind_the_name_is_kept_and_the_customer_left_alone(office: Office) -> None:
    customer_id = await born(office)
    for typed in ("不打扰 张伟 他最近很忙", "不打扰张伟，他烦了", "别再联系 张伟 这阵子家里装修，六月再说"):
        await change(office, update(Customer).values(no_contact=False))
        noted = await talk.said(office.rep, typed)
        assert "记到" in noted.text, typed
        assert "🚫 也进了不打扰名单" in noted.text, typed
        assert stored(office, customer_id).no_contact, typed
        await office.rep.press(noted, "可以联系")
        await office.rep.wait_edit(noted)
        assert not stored(office, customer_id).no_contact
    kept = select(Note.text).where(Note.customer_id == customer_id, Note.deleted_at.is_(None))
    assert len(office.database.read_now(lambda db: list(db.scalars(kept)))) == 3
    assert "🚫" not in (await talk.said(office.rep, "张伟说不打扰他就行")).text


async def test_who_says_that_he_wants_to_be_left_alone_is_put_on_the_list_by_a_tap(office: Office) -> None:
    customer_id = await born(office)
    for typed in ("张伟说别再打扰他了", "张伟嫌我们老打电话，别再联系他", "张伟说不要再打电话了，有需要会找我们"):
        noted = await talk.said(office.rep, typed)
        assert "加入不打扰名单" in talk.labels(noted), typed
        assert not stored(office, customer_id).no_contact
    assert "已进不打扰名单" in (await talk.pressed(office.rep, noted, "加入不打扰名单")).text
    assert stored(office, customer_id).no_contact
    await talk.said(office.rep, "可以联系 张伟")
    for typed in ("张伟说有事别找王总，直接找他助理", "张伟让我们明天联系他"):
        assert "加入不打扰名单" not in talk.labels(await talk.said(office.rep, typed)), typed


async def test_a_wish_told_of_in_a_note_is_not_reminded_of_and_comes_back_with_it(office: Office) -> None:
    customer_id = await born(office)
    noted = await talk.said(office.rep, "给张伟打电话祝他生日快乐，聊得不错")
    assert "🎂 记下了：3月19日的生日已祝福" in noted.text
    matters = select(Touch.matter, Touch.channel).where(Touch.customer_id == customer_id)
    assert office.database.read_now(lambda db: [tuple(row) for row in db.execute(matters)]) == [
        ("birthday:2026-03-19", "phone")
    ]
    noted = await talk.pressed(office.rep, noted, "撤销")
    assert office.database.read_now(lambda db: db.execute(matters).all()) == []
    await talk.pressed(office.rep, noted, "恢复")
    await office.at(at(3, 19))
    assert [(row.state, row.reason) for row in ledger(office, "birthday")] == [("skipped", "same_matter:phone")]
    assert "生日" not in texts_of(office, office.rep)[-1]


async def test_who_was_contacted_after_an_alert_was_contacted_once_this_month(office: Office) -> None:
    await talk.said(office.admin, "设置 月上限 1")
    customer_id = await born(office)
    team_id = office.member(office.rep).team_id
    episode = RiskEpisode(team_id=team_id, customer_id=customer_id, opened_at=at(3, 17), probability=0.9)
    await office.database.write(lambda db: db.add(episode))
    page = await talk.said(office.rep, "/help")
    await office.rep.press(page, data=buttons.encode(buttons.JudgeRisk(episode.risk_episode_id, "contacted")))
    await office.idle()
    await office.at(at(3, 19))
    assert [(row.state, row.reason) for row in ledger(office, "birthday")] == [("skipped", "monthly_cap:1")]


async def test_a_foreign_customer_is_not_touched(office: Office) -> None:
    customer_id = await born(office)
    for person in (office.rep2, office.outsider):
        assert "没找到" in (await talk.said(person, "不打扰 张伟")).text
        page = await talk.said(person, "/help")
        for data in (f"qn:{customer_id}:1", f"qb:{customer_id}:1", f"qm:{customer_id}:1", f"qs:{customer_id}"):
            assert "找不到这位客户" in (await talk.press_foreign(person, page, data)).text
    row = stored(office, customer_id)
    assert (row.no_contact, row.bad_payer, row.mourning_until) == (False, False, None)
    assert "名单是空的" in (await talk.said(office.rep2, "不打扰")).text


async def test_a_death_in_the_family_is_seen_told_and_lifted(office: Office) -> None:
    customer_id = await born(office)
    card = await talk.said(office.rep, "张伟父亲昨天过世了，暂缓合作")
    assert "🕯 像是家里有丧事，到5月6日为止不提醒祝福和营销。不是的话点 [解除]。" in card.text
    await office.at(at(3, 19))
    assert [(row.state, row.reason) for row in ledger(office, "birthday")] == [("skipped", "mourning:2026-05-06")]
    morning = texts_of(office, office.rep)[-1]
    assert "🤫 张伟（上海美达） 今天生日，没提醒：家里有丧事，到5月6日为止不宜祝福" in morning
    await office.rep.press(card, "解除")
    lifted = await office.rep.wait_edit(card)
    assert "已解除" in lifted.text
    assert stored(office, customer_id).mourning_until is None


async def test_the_mourning_goes_with_its_note(office: Office) -> None:
    customer_id = await born(office)
    card = await talk.said(office.rep, "张伟家里有丧事，下月再谈")
    assert stored(office, customer_id).mourning_until == date(2026, 5, 6)
    card = await talk.pressed(office.rep, card, "撤销")
    assert stored(office, customer_id).mourning_until is None
    await talk.pressed(office.rep, card, "恢复")
    assert stored(office, customer_id).mourning_until == date(2026, 5, 6)
    await talk.said(office.admin, "设置 哀悼期 30天")
    await talk.said(office.rep, "张伟母亲病逝")
    assert stored(office, customer_id).mourning_until == date(2026, 4, 17)
    assert "🕯" not in (await talk.said(office.rep, "张伟是做殡葬用品的，月底要货")).text


async def test_the_monthly_cap_holds_a_birthday_back_and_a_new_month_begins_anew(office: Office) -> None:
    await talk.said(office.admin, "设置 月上限 1")
    customer_id = await born(office, words="3月19日生日")
    team_id = office.member(office.rep).team_id
    spoken = Touch(team_id=team_id, customer_id=customer_id, matter="campaign:1", touched_at=at(3, 2))
    await office.database.write(lambda db: db.add(spoken))
    await office.at(at(3, 19))
    assert [(row.state, row.reason) for row in ledger(office, "birthday")] == [("skipped", "monthly_cap:1")]
    assert "本月已联系 1 次，到了上限" in texts_of(office, office.rep)[-1]
    await change(office, update(Customer).values(solar_month=4, solar_day=2))
    await office.at(at(4, 2))
    assert [row.state for row in ledger(office, "birthday")] == ["skipped", "sent"]


async def test_quiet_hours_let_only_what_the_rep_chose_ring(office: Office) -> None:
    await born(office)
    await talk.said(office.admin, "设置 早卡 7点")
    await talk.said(office.admin, "设置 生日提前 关")
    await talk.said(office.rep, "提醒 今天晚上10点 吃药")
    await talk.said(office.manager, "提醒小李 今天晚上10点半 交报表")
    await office.idle()
    await office.at(at(3, 18, 22))
    assert "吃药" in texts_of(office, office.rep)[-1], "he chose the hour himself"
    before = len(texts_of(office, office.rep))
    await office.at(at(3, 18, 23))
    assert texts_of(office, office.rep)[before:] == [], "this one somebody else chose"
    waiting = next(row for row in ledger(office, "task") if row.state == "pending")
    assert (waiting.reason, waiting.held_from, waiting.due_at) == ("quiet_hours", at(3, 18, 22, 30), at(3, 19, 8))
    await office.at(at(3, 19, 7))
    assert [("早上好" in text) for text in texts_of(office, office.rep)[before:]] == [True], "the admin chose that hour"
    await office.at(at(3, 19, 8))
    later = texts_of(office, office.rep)[before + 1 :]
    assert len(later) == 2
    assert any("的生日" in text for text in later)
    assert any("交报表" in text and "补发" not in text for text in later)


async def test_who_puts_off_what_a_manager_gave_him_has_chosen_the_hour(office: Office) -> None:
    await talk.said(office.manager, "提醒小李 今天晚上8点半 交报表")
    await office.at(at(3, 18, 20, 30))
    ringing = next(m for m in reversed(office.rep.messages()) if "到时间了" in m.text)
    await talk.pressed(office.rep, ringing, "推迟 ▸")
    await talk.pressed(office.rep, ringing, "1 小时")
    before = len(texts_of(office, office.rep))
    await office.at(at(3, 18, 21, 30))
    assert len(texts_of(office, office.rep)) == before + 1


async def test_what_downtime_delays_into_the_night_waits_or_ends_as_skipped(office: Office) -> None:
    await born(office)
    await talk.said(office.rep, "提醒 明天下午3点 寄合同")
    before = len(texts_of(office, office.rep))
    await office.at(at(3, 19, 22))
    assert texts_of(office, office.rep)[before:] == []
    assert [(row.state, row.reason) for row in ledger(office, "birthday")] == [("skipped", "quiet_hours")]
    assert {row.state for row in ledger(office, "card")} == {"skipped"}
    await office.at(at(3, 20, 8))
    assert any("补发：原定 03月19日 15:00" in text for text in texts_of(office, office.rep)[before:])


async def test_a_festival_says_who_is_left_alone_and_what_is_sent_counts_against_the_cap(office: Office) -> None:
    await talk.said(office.admin, "设置 月上限 1")
    sad, angry = await born(office, "陈静", ""), await born(office, "刘洋", "")
    happy = await born(office, words="6月25日生日")
    await change(office, update(Customer).where(Customer.customer_id == sad).values(mourning_until=date(2026, 7, 1)))
    await change(office, update(Customer).where(Customer.customer_id == angry).values(no_contact=True))
    await office.at(at(6, 19))
    push = next(m for m in office.rep.messages() if "端午" in m.text)
    assert "有 1 位客户适合祝福" in push.text
    assert "🤫 另有 2 位没列：不打扰 1、哀悼期 1。" in push.text
    push = await talk.pressed(office.rep, push, "全部已发")
    assert "有 1 位客户适合祝福" in push.text, "who was greeted stays on the page of that festival"
    push = await talk.pressed(office.rep, push, "撤销")
    touched = office.database.read_now(lambda db: list(db.scalars(select(Touch.matter))))
    assert touched == []
    await talk.pressed(office.rep, push, "全部已发")
    touched = office.database.read_now(lambda db: list(db.scalars(select(Touch.matter))))
    assert touched == ["dragon_boat:2026-06-19"]
    await office.at(at(6, 25))
    mine = [row for row in ledger(office, "birthday") if str(row.key).endswith(":day")]
    assert [(row.customer_id, row.state, row.reason) for row in mine] == [(happy, "skipped", "monthly_cap:1")]

"""A team's own greetings and festivals: checked when typed, used at eight in the morning, for whom the team chose."""

from __future__ import annotations

import pytest

from crm.tables import Outbox
from emulator.message import Message
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, born, copied, ledger


def our_festivals(office: Office) -> list[Outbox]:
    """Without those of the other team."""
    return [row for row in ledger(office, "festival") if row.team_id == office.actor(office.rep).team_id]


def last_with(office: Office, part: str) -> Message:
    return next(m for m in reversed(office.rep.messages()) if m["from"]["is_bot"] and part in m.text)


async def test_a_teams_own_birthday_text_goes_before_the_built_in_ones(office: Office) -> None:
    added = await talk.said(office.admin, "模板 生日 {称呼}，{节日}快乐！{公司}有您真好。——{签名}")
    assert "王总，生日快乐！上海美达有您真好。——美好五金销售部 赵姐" in added.text
    await born(office)
    await office.at(at(3, 19))
    assert copied(last_with(office, "🎂 今天")) == ["张经理，生日快乐！上海美达有您真好。——美好五金销售部 小李"]
    await office.admin.press(added, "删 1")
    removed = await office.admin.wait_edit(added)
    assert "还没有自己的祝福模板" in removed.text
    assert "已经删了" in (await talk.press_foreign(office.admin, added, "pt:1")).text


async def test_a_customer_without_a_company_gets_the_text_too(office: Office) -> None:
    await talk.said(office.admin, "模板 生日 {称呼}，祝{公司}越来越好！")
    await talk.said(office.rep, "加客户 张伟 13800138000 3月19日生日")
    await office.at(at(3, 19))
    assert "祝贵公司越来越好！" in copied(last_with(office, "🎂 今天"))[0]


async def test_a_text_for_friends_is_for_friends_and_the_text_may_be_asked_for(office: Office) -> None:
    asked = await talk.said(office.admin, "模板 生日")
    assert "下一条消息发“生日”的祝福语" in asked.text
    assert "要有 {称呼}" in (await talk.said(office.admin, "生日快乐，万事顺意")).text
    assert "（朋友）" in (await talk.said(office.admin, "朋友 {称呼}，生日快乐，改天一起吃饭！")).text
    await born(office)
    await office.at(at(3, 19))
    assert "改天一起吃饭" not in copied(last_with(office, "🎂 今天"))[0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("模板 春节 新春快乐", "要有 {称呼}"),
        ("模板 春节 {称呼}，{电话}", "不认识 {电话}"),
        ("模板 春节 {称呼，新春", "花括号"),
        ("模板 春节 {称呼}" + "好" * 250, "太长"),
        ("模板 圣诞 {称呼}，圣诞快乐", "没有“圣诞”这个节日"),
        ("节日 司庆 2月30日", "没看懂"),
        ("节日 司庆", "没有“司庆”这个节日"),
        ("节日 中秋", "是自带的节日"),
        ("节日 中秋 价直=高", "没看懂“价直=高”"),
        ("节日 删 司庆", "没有“司庆”这个节日"),
        ("节日 中秋 8-15", "是自带的节日"),
    ],
)
async def test_what_cannot_be_used_is_one_sentence_at_entry(office: Office, typed: str, said: str) -> None:
    answer = await talk.said(office.admin, typed)
    assert said in answer.text
    assert "✅" not in answer.text


async def test_a_day_of_the_teams_own_is_greeted_for_whom_it_is(office: Office) -> None:
    shown = await talk.said(office.admin, "节日 司庆 3-19 行业=五金")
    assert "司庆：3月19日，下次 明天（3月19日 周四），只给：行业含五金" in shown.text
    await talk.said(office.rep, "加客户 张伟 上海美达 采购经理 行业：五金")
    await talk.said(office.rep, "加客户 王强 苏州永固 采购经理 行业：餐饮")
    await office.at(at(3, 19))
    card = last_with(office, "今天是司庆")
    assert "有 1 位客户适合祝福" in card.text
    assert "司庆" in copied(card)[0]
    assert copied(card)[0].startswith("张经理")
    assert [row.state for row in ledger(office, "festival")] == ["sent", "skipped"]
    sent = await talk.pressed(office.rep, card, "全部已发")
    assert "已记下：1 位" in sent.text


async def test_a_lunar_day_and_an_own_text_for_it(office: Office) -> None:
    shown = await talk.said(office.admin, "节日 加 店庆 农历二月初一")
    assert "店庆：农历二月初一，下次 明天（3月19日 周四）" in shown.text
    assert "我们的店庆到了，{" not in (await talk.said(office.admin, "模板 店庆 {称呼}，{节日}大酬宾！")).text
    await born(office, words="")
    await office.at(at(3, 19))
    assert "张经理，店庆大酬宾！" in copied(last_with(office, "今天是店庆"))[0]
    page = await talk.said(office.admin, "节日")
    assert "店庆" not in (await talk.pressed(office.admin, page, "删 店庆")).text.split("自带")[0]


async def test_a_built_in_festival_is_turned_off_or_kept_for_some(office: Office) -> None:
    assert "中秋：不祝福" in (await talk.said(office.admin, "节日 中秋节 不发")).text
    await born(office, words="")
    await office.at(at(9, 25))
    assert our_festivals(office) == []
    await talk.said(office.admin, "节日 重阳 性别=女")
    await office.at(at(10, 18))
    assert [row.reason for row in our_festivals(office)] == ["没有适合这个节日的客户"] * 2
    assert "中秋：" not in (await talk.said(office.admin, "节日 中秋 恢复")).text


async def test_only_admins_change_them_and_no_other_team_has_them(office: Office) -> None:
    await talk.said(office.admin, "节日 司庆 3-19")
    await talk.said(office.admin, "模板 生日 {称呼}，生日快乐！")
    for person in (office.rep, office.manager):
        assert "管理员" in (await talk.said(person, "模板 春节 {称呼}，新春大吉")).text
        assert "管理员" in (await talk.said(person, "/festivals")).text
        page = await talk.said(person, "/help")
        assert "管理员" in (await talk.press_foreign(person, page, "pt:1")).text
        assert "管理员" in (await talk.press_foreign(person, page, "pf:1")).text
    page = await talk.said(office.outsider, "/festivals")
    assert "司庆：" not in page.text
    assert "已经删了" in (await talk.press_foreign(office.outsider, page, "pf:1")).text
    assert "已经删了" in (await talk.press_foreign(office.outsider, page, "pt:1")).text

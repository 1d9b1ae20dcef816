"""The door: a first start founds a team, links let people in, everybody else hears one sentence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.application import App
from bot.heavy import HeavyWork
from crm import groups, invites, teams
from emulator import commands, server
from emulator.message import Message
from emulator.person import Person
from tests import models
from tests.chat.conftest import WEDNESDAY_MORNING, settings_for

if TYPE_CHECKING:
    from tests.chat.conftest import Office

STRANGER = "您好！我只为受邀的团队成员服务"
NOT_VALID = "这个邀请链接已失效"


@dataclass(slots=True)
class NewHouse:
    """A running bot whose database holds no team."""

    emulator: server.Emulator
    app: App
    founder: Person


@pytest.fixture
async def house(database_url: str, tmp_path: Path, heavy: HeavyWork) -> AsyncIterator[NewHouse]:
    """A first start, before anybody has opened the link."""
    async with server.running(clock=WEDNESDAY_MORNING) as emulator:
        settings = settings_for(emulator, tmp_path, database_url)
        async with App(settings, model_dir=models.trained_model(), heavy=heavy) as app:
            yield NewHouse(emulator, app, emulator.person("美华", 2001))


def first_code(house: NewHouse) -> str:
    """The code that the starting process prints."""
    code = house.app.database.write_now(lambda db: invites.first_link(db, house.app.clock.now()))
    assert code is not None
    return code


def code_in(message: Message) -> str:
    """The code of the link in an invitation."""
    return message.text.partition("?start=")[2].split()[0]


def menu(person: Person, bot: object) -> list[str]:
    """The names of the commands in the person's menu."""
    return [c["command"] for c in commands.menu(bot, person.chat, person.user_id)]  # type: ignore[arg-type]


async def test_the_first_link_leads_through_the_set_up_in_four_taps(house: NewHouse) -> None:
    founder = house.founder
    await founder.start(first_code(house))
    asked = await founder.next_message()
    assert "团队叫什么名字" in asked.text
    await founder.send("华东 <一组> & 伙伴")
    card = await founder.next_message()
    assert "「华东 <一组> & 伙伴」建好了" in card.text
    for label, expected in (("北京 / 上海", "几点"), ("9 点", "邀请销售"), ("跳过", "团队群"), ("完成", "设置好了")):
        await founder.press(card, label)
        card = await founder.wait_edit(card)
        assert expected in card.text
    await house.app.idle()
    team = house.app.database.read_now(lambda db: teams.find_by_name(db, "华东 <一组> & 伙伴"))
    assert team is not None
    assert (team.zone, team.card_hour) == ("Asia/Shanghai", 9)
    assert {"settings", "invite", "summary", "add"} <= set(menu(founder, house.emulator.bot))


async def test_the_name_may_be_left_for_later(house: NewHouse) -> None:
    await house.founder.start(first_code(house))
    asked = await house.founder.next_message()
    await house.founder.press(asked, "就叫「美华的团队」")
    assert "「美华的团队」建好了" in (await house.founder.wait_edit(asked)).text


async def test_a_bad_name_or_a_greeting_is_asked_for_again(house: NewHouse) -> None:
    await house.founder.start(first_code(house))
    await house.founder.next_message()
    await house.founder.send("你好，在吗？")
    assert "团队叫什么名字" in (await house.founder.next_message()).text
    await house.founder.send("长" * 41)
    assert "1 到 40 个字" in (await house.founder.next_message()).text
    await house.founder.send("短名")
    assert "「短名」建好了" in (await house.founder.next_message()).text


async def test_links_made_in_the_set_up_bring_reps_in(house: NewHouse) -> None:
    await house.founder.start(first_code(house))
    card = await house.founder.next_message()
    for label in ("就叫「美华的团队」", "跳过", "跳过", "要一条邀请链接"):
        await house.founder.press(card, label)
        card = await house.founder.wait_edit(card)
    invitation = await house.founder.next_message()
    await house.founder.press(card, "再来一个")
    second = await house.founder.next_message()
    assert code_in(invitation) != code_in(second)
    rep = house.emulator.person("小陈", 2002)
    await rep.start(code_in(invitation))
    assert "小陈，欢迎加入「美华的团队」！您的角色是销售" in (await rep.next_message()).text


async def test_the_first_link_opens_once(house: NewHouse) -> None:
    code = first_code(house)
    await house.founder.start(code)
    await house.founder.next_message()
    late = house.emulator.person("迟到", 2003)
    await late.start(code)
    assert NOT_VALID in (await late.next_message()).text


async def test_admin_invites_a_manager_who_joins_with_that_role(office: Office) -> None:
    await office.admin.send("邀请")
    card = await office.admin.next_message()
    assert card.buttons == [["销售", "主管", "管理员"]]
    await office.admin.press(card, "主管")
    invitation = await office.admin.next_message()
    assert (await office.admin.press(invitation, "复制链接")).copied == (
        f"https://t.me/{office.emulator.bot.user['username']}?start={code_in(invitation)}"
    )
    await office.stranger.start(code_in(invitation))
    welcome = (await office.stranger.next_message()).text
    assert "路人，欢迎加入「美好五金销售部」！您的角色是主管" in welcome
    assert "/summary" in welcome
    await office.idle()
    assert office.member(office.stranger).is_manager
    assert "summary" in menu(office.stranger, office.emulator.bot)
    assert "settings" not in menu(office.stranger, office.emulator.bot)


async def test_a_manager_invites_but_makes_no_admin(office: Office) -> None:
    await office.manager.send("/invite")
    card = await office.manager.next_message()
    assert card.buttons == [["销售", "主管"]]
    await office.manager.press(card, data="ti:admin:0")
    assert "管理员才能做" in (await office.manager.next_message()).text
    await office.rep.send("/invite")
    assert "主管才能做" in (await office.rep.next_message()).text


async def test_unknown_used_and_expired_links_get_the_same_sentence(office: Office) -> None:
    now = office.app.clock.now()
    actor = office.actor(office.admin)
    old = office.database.write_now(lambda db: invites.invite(db, actor, "rep", now - timedelta(days=8)))
    said = []
    for code in ("nonsense", old, "x" * 64):
        await office.stranger.start(code)
        said.append((await office.stranger.next_message()).text)
    assert set(said) == {said[0]}
    assert NOT_VALID in said[0]


async def test_a_member_gets_another_role_by_a_link(office: Office) -> None:
    now, actor = office.app.clock.now(), office.actor(office.admin)
    code = office.database.write_now(lambda db: invites.invite(db, actor, "manager", now))
    await office.rep.start(code)
    assert "又多了一个角色：主管" in (await office.rep.next_message()).text
    assert office.member(office.rep).is_rep


async def test_a_member_of_another_team_is_told_and_the_link_stays_good(office: Office) -> None:
    now, actor = office.app.clock.now(), office.actor(office.admin)
    code = office.database.write_now(lambda db: invites.invite(db, actor, "rep", now))
    await office.outsider.start(code)
    refused = (await office.outsider.next_message()).text
    assert "您已在「老钱的团队」" in refused
    assert "美好五金" not in refused
    await office.stranger.start(code)
    assert "欢迎加入" in (await office.stranger.next_message()).text


async def test_a_stranger_hears_one_sentence_whatever_he_sends(office: Office) -> None:
    await office.stranger.start()
    assert STRANGER in (await office.stranger.next_message()).text
    for text in ("你好", "/today", "/sumary", "/help", "王总 13800138000", "查 王总"):
        await office.stranger.send(text)
        assert STRANGER in (await office.stranger.next_message()).text
    await office.stranger.sticker()
    assert STRANGER in (await office.stranger.next_message()).text
    await office.idle()
    assert menu(office.stranger, office.emulator.bot) == ["help", "start"]


async def test_who_is_removed_loses_access_at_once(office: Office) -> None:
    await office.manager.send("成员")
    listed = await office.manager.next_message()
    assert "小李（销售）" in listed.text
    await office.manager.press(listed, "小李")
    card = await office.manager.wait_edit(listed)
    await office.manager.press(card, "移出团队")
    asked = await office.manager.wait_edit(card)
    await office.manager.press(asked, "确定移出")
    assert "已移出团队" in (await office.manager.wait_edit(asked)).text
    assert "您已被移出「美好五金销售部」" in (await office.rep.next_message()).text
    await office.rep.send("/today")
    assert STRANGER in (await office.rep.next_message()).text
    await office.idle()
    assert menu(office.rep, office.emulator.bot) == ["help", "start"]
    await office.manager.press(asked, data=f"tr:{office.member(office.rep2).member_id}:0")
    await office.manager.wait_edit(asked)


async def test_removing_is_refused_to_reps_and_to_other_teams(office: Office) -> None:
    member_id = office.member(office.rep2).member_id
    for person, expected in ((office.rep, "主管才能做"), (office.outsider, "没有这位成员")):
        await person.send("/help")
        shown = await person.next_message()
        await person.press(shown, data=f"tr:{member_id}:1")
        assert expected in (await person.next_message()).text
    assert office.member(office.rep2).left_at is None


async def test_a_role_is_given_and_taken_by_button_and_the_menu_follows(office: Office) -> None:
    await office.admin.send("/members")
    listed = await office.admin.next_message()
    await office.admin.press(listed, "小李")
    card = await office.admin.wait_edit(listed)
    await office.admin.press(card, "设为主管")
    assert "销售、主管" in (await office.admin.wait_edit(card)).text
    await office.idle()
    assert "summary" in menu(office.rep, office.emulator.bot)


async def test_the_last_admin_cannot_leave(office: Office) -> None:
    await office.admin.send("/members")
    listed = await office.admin.next_message()
    await office.admin.press(listed, data=f"tr:{office.member(office.admin).member_id}:1")
    assert "唯一的管理员" in (await office.admin.next_message()).text


async def test_settings_are_changed_by_buttons(office: Office) -> None:
    await office.admin.send("设置")
    card = await office.admin.next_message()
    assert "早卡时间 8 点" in card.text
    assert "销售一组" in card.text
    for label in ("🕗 时间", "早卡时间", "10 点"):
        await office.admin.press(card, label)
        card = await office.admin.wait_edit(card)
    assert "已改：早卡时间 10 点" in card.text
    for label in ("返回", "返回", "团队名"):
        await office.admin.press(card, label)
        card = await office.admin.wait_edit(card)
    await office.admin.send("美好销售部")
    assert "改名为「美好销售部」" in (await office.admin.next_message()).text
    await office.rep.send("/settings")
    own = await office.rep.next_message()
    assert "团队的其他设置由管理员改" in own.text
    await office.rep.press(own, data="eg:time")
    assert "管理员才能做" in (await office.rep.next_message()).text


async def test_bad_data_in_the_buttons_of_settings_changes_nothing(office: Office) -> None:
    await office.admin.send("/settings")
    card = await office.admin.next_message()
    for data, expected in (
        ("th:99:0", "早卡时间要在 0 到 23 之间"),
        ("es:scores", "这个按钮已过期"),
        ("ev:zone:99", "这个按钮已过期"),
        ("er:nothing", "这个按钮已过期"),
        ("eg:nothing", "这个按钮已过期"),
        ("ez:99", "这个按钮已过期"),
        ("tz:Mars/Olympus:0", "没有这个时区"),
        ("to:nowhere", "这个按钮已过期"),
        ("ti:king:0", "这个按钮已过期"),
        ("ts:nowhere", "这个按钮已过期"),
    ):
        await office.admin.press(card, data=data)
        assert expected in (await office.admin.next_message()).text
    await office.rep.send("/help")
    shown = await office.rep.next_message()
    await office.rep.press(shown, data="th:7:0")
    assert "管理员才能做" in (await office.rep.next_message()).text


async def test_blocking_the_bot_is_kept_and_undone(office: Office) -> None:
    await office.rep.block()
    await office.idle()
    assert office.member(office.rep).blocked_at is not None
    await office.rep.unblock()
    await office.idle()
    assert office.member(office.rep).blocked_at is None
    assert office.database.read_now(lambda db: len(groups.of_team(db, office.member(office.rep).team_id))) == 1

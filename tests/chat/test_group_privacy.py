"""What commands say in groups: masked, or that they belong into the private chat; elsewhere nothing of anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from crm import groups, teams
from crm.groups import Place
from crm.tables import Member
from handlers import menus
from tests.chat.played import texts_of
from tests.chat.talk import data_of, pressed, said

if TYPE_CHECKING:
    from emulator.chat import Chat
    from emulator.person import Person
    from tests.chat.conftest import Office

SECRETS = ("郑秘密", "郑总", "13655556666", "136 5555 6666", "1365555", "密语", "mima_99", "zheng@", "密室")
ANSWERS_MASKED = ("c", "find", "note", "add", "risk", "complaints", "summary", "needs", "report", "kpi", "help")
SENT = (
    *(f"/{command.name}" for command in menus.COMMANDS if command.name not in ("connect", "start")),
    "/c 郑秘密",
    "/c 6666",
    "/find 郑",
    "/find 没有这人",
    "/note 郑秘密 嫌密室小",
    "/note 嫌密室小",
    "/add 郑秘密 13655556666",
    "/add 郑秘密 13655556667 上海密语 密室主任",
    "/order 郑秘密 100 螺栓",
    "/remind 明天给郑秘密回电话",
    "/start",
)


async def known(office: Office) -> None:
    """A customer of the rep with all that must stay private, a complaint and an order."""
    await said(office.rep, "加客户 郑秘密 13655556666 上海密语 密室主任 微信 mima_99 邮箱 zheng@miyu.cn")
    assert "郑秘密" in (await said(office.rep, "记 郑秘密 投诉密室太小，打 136-5555-6666")).text
    await said(office.rep, "/order 郑秘密 12000 螺栓")
    for typed in ("提醒 明天上午9点 给郑秘密回电 136 5555 6666", "提醒 明天下午3点 给郑秘密寄密室样品，微信 mima_99"):
        assert "⏰" in (await said(office.rep, typed)).text


async def told(office: Office, person: Person, chat: Chat) -> list[str]:
    """What the bot wrote in the group after all commands of the person there, buttons and all."""
    since = len(chat.from_bots)
    for text in SENT:
        before = len(chat.from_bots)
        await person.send(text, chat=chat)
        await office.idle()
        assert len(chat.from_bots) - before <= 1 or text in ("/summary", "/needs", "/report", "/kpi"), text
    return [str(message) for message in chat.from_bots[since:]]


def leaked(messages: list[str]) -> list[str]:
    return [message for message in messages if any(secret in message for secret in SECRETS)]


async def test_in_the_teams_group_all_is_masked(office: Office) -> None:
    await known(office)
    for person in (office.rep, office.rep2, office.manager, office.admin):
        messages = await told(office, person, office.group)
        assert len(messages) >= len(SENT) - 1  # a bare /start in a group is no command
        assert leaked(messages) == []


async def test_every_command_that_is_not_masked_says_where_it_belongs(office: Office) -> None:
    private = [c.name for c in menus.COMMANDS if c.name not in (*ANSWERS_MASKED, "connect", "start")]
    assert {"today", "order", "remind", "members", "invite", "settings"} <= set(private)
    for name in private:
        await office.admin.send(f"/{name}", chat=office.group)
        assert "请私聊我发" in (await office.admin.next_message(office.group)).text, name


async def test_in_a_foreign_teams_group_nothing_is_said(office: Office) -> None:
    await known(office)
    now, outsider = office.now, office.actor(office.outsider)
    theirs = office.emulator.group("外群", [office.outsider, office.rep])
    office.database.write_now(lambda db: groups.connect(db, outsider, Place(theirs.chat_id, None, "外群"), now))
    await office.idle()
    assert await told(office, office.rep, theirs) == []
    assert leaked(await told(office, office.outsider, theirs)) == []


async def test_in_a_group_of_nobody_nothing_of_anybody_is_said(office: Office) -> None:
    await known(office)
    group = office.emulator.group("新群", [office.rep, office.manager])
    await office.idle()
    for person in (office.rep, office.manager):
        messages = await told(office, person, group)
        assert all("还没连到团队" in message for message in messages)


async def test_the_digest_of_the_group_says_no_word_that_was_typed(office: Office) -> None:
    await known(office)
    await office.at(office.now.replace(hour=18, minute=0))
    digests = [str(message) for message in office.group.from_bots if "日报" in str(message)]
    assert digests
    assert "郑*" in digests[-1]
    assert leaked(digests) == []


async def test_a_crafted_press_on_a_group_message_writes_nothing_there(office: Office) -> None:
    await known(office)
    await office.rep.send("/help", chat=office.group)
    message = await office.rep.next_message(office.group)
    for data in ("rm:0", "km:0", "cz:1:0", "ja:0:0:0", "ce:1:0", "tm:0", "to:home", "ts:group"):
        await office.admin.press(message, data=data)
        await office.idle()
        assert "请私聊我发" in office.group.from_bots[-1].text, data
    await office.rep.press(message, data="cs:1")
    shown = await office.rep.wait_edit(message)
    assert "打码" in shown.text
    assert leaked([str(shown)]) == []


async def test_who_writes_again_gets_pushes_again(office: Office) -> None:
    blocked = update(Member).where(Member.user_id == office.rep.user_id).values(blocked_at=office.now)
    office.database.write_now(lambda db: db.execute(blocked))
    await office.rep.send("/help", chat=office.group)
    await office.rep.next_message(office.group)
    await office.idle()
    assert office.member(office.rep).blocked_at is not None  # a group says nothing of the private chat
    await said(office.rep, "/help")
    assert office.member(office.rep).blocked_at is None


async def test_the_remover_sees_what_is_handed_over(office: Office) -> None:
    await known(office)
    members = await said(office.manager, "/members")
    card = await pressed(office.manager, members, "小李")
    asked = await pressed(office.manager, card, "移出团队")
    assert "名下 1 位客户、2 件待办会转给王主管" in asked.text
    old = data_of(asked, "确定移出")
    done = await pressed(office.manager, asked, "确定移出")
    assert "名下 1 位客户、2 件待办已转给王主管" in done.text
    assert "郑秘密" in (await said(office.manager, "/c 郑秘密")).text
    await office.idle()
    assert any("已被移出" in text for text in texts_of(office, office.rep))  # an alert about 郑秘密 may come before it
    await office.manager.press(done, data=old)
    assert "没有这位成员" in (await office.manager.next_message()).text


@pytest.mark.parametrize("text", ["/c 郑秘密", "郑秘密说密室太小"])
async def test_a_removed_member_is_a_stranger(office: Office, text: str) -> None:
    await known(office)
    member_id, admin = office.member(office.rep).member_id, office.actor(office.admin)
    office.database.write_now(lambda db: teams.remove(db, admin, member_id, office.now))
    assert "邀请链接" in (await said(office.rep, text)).text

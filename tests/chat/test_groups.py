"""Group chats: who may connect one, what is said there, and that it survives its growth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm import groups, invites, outbox
from crm.tables import GroupChat, Outbox
from emulator import groups as emulated
from emulator.chat import Chat

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def row(office: Office, chat: Chat) -> GroupChat | None:
    """What is stored of the group."""
    return office.database.read_now(lambda db: groups.find(db, chat.chat_id))


async def silent(office: Office, chat: Chat) -> bool:
    """Nothing new was said by the bot in the group when everything is handled."""
    said = len(chat.from_bots)
    await office.idle()
    return len(chat.from_bots) == said


async def test_a_new_group_is_told_how_and_connected_by_its_admin(office: Office) -> None:
    group = office.emulator.group("新群", [office.admin, office.rep])
    assert "/connect" in (await office.admin.next_message(group)).text
    await office.admin.send("/connect", chat=group)
    assert "本群已连到「美好五金销售部」" in (await office.admin.next_message(group)).text
    stored = row(office, group)
    assert stored is not None
    assert (stored.team_id, stored.title, stored.closed_at) == (office.member(office.admin).team_id, "新群", None)


async def test_the_link_for_groups_connects_with_its_code_once(office: Office) -> None:
    await office.admin.send("/connect")
    how = await office.admin.next_message()
    link = (await office.admin.press(how, "把我加进群")).url or ""
    code = link.partition("?startgroup=")[2]
    first, second = (office.emulator.group(name, [office.admin]) for name in ("一群", "二群"))
    name = office.emulator.bot.user["username"]
    for group, expected in ((first, "已连到"), (second, "连接码已失效")):
        await office.admin.next_message(group)
        await office.admin.send(f"/start@{name} {code}", chat=group)
        assert expected in (await office.admin.next_message(group)).text
    assert row(office, second) is None


async def test_a_topic_is_kept(office: Office) -> None:
    group = office.emulator.group("论坛", [office.admin], topics=["日报"])
    await office.admin.next_message(group)
    await office.admin.send("/connect", chat=group, thread="日报")
    answer = await office.admin.next_message(group)
    stored = row(office, group)
    assert stored is not None
    assert stored.thread_id == answer["message_thread_id"] == next(iter(group.topics))


async def test_outsiders_and_strangers_hear_nothing_in_groups(office: Office) -> None:
    emulated.add_person(office.emulator.world, office.group, office.stranger.user, office.admin.user)
    for text in ("/help", "/connect", "/connect abc", "/start abc", "/sumary", "你好"):
        await office.stranger.send(text, chat=office.group)
    assert await silent(office, office.group)
    theirs = office.emulator.group("外群", [office.stranger])
    assert await silent(office, theirs)


async def test_a_colleague_of_another_team_hears_nothing_in_our_group(office: Office) -> None:
    emulated.add_person(office.emulator.world, office.group, office.outsider.user, office.admin.user)
    await office.outsider.send("/help", chat=office.group)
    assert await silent(office, office.group)


async def test_in_a_group_of_nobody_only_connecting_works(office: Office) -> None:
    group = office.emulator.group("新群", [office.rep])
    await office.rep.next_message(group)
    await office.rep.send("/help", chat=group)
    assert "本群还没连到团队" in (await office.rep.next_message(group)).text


async def test_reps_do_not_connect_groups(office: Office) -> None:
    group = office.emulator.group("新群", [office.rep])
    await office.rep.next_message(group)
    await office.rep.send("/connect", chat=group)
    assert "管理员才能做" in (await office.rep.next_message(group)).text
    assert row(office, group) is None


async def test_another_teams_group_is_not_taken_over(office: Office) -> None:
    emulated.add_person(office.emulator.world, office.group, office.outsider.user, office.admin.user)
    await office.outsider.send("/connect", chat=office.group)
    assert "已连到另一个团队" in (await office.outsider.next_message()).text
    assert await silent(office, office.group)
    stored = row(office, office.group)
    assert stored is not None
    assert stored.team_id == office.member(office.admin).team_id


async def test_a_code_is_good_for_its_own_team_only(office: Office) -> None:
    now, actor = office.app.clock.now(), office.actor(office.admin)
    code = office.database.write_now(lambda db: invites.for_group(db, actor, now))
    group = office.emulator.group("外群", [office.outsider])
    await office.outsider.next_message(group)
    await office.outsider.send(f"/connect {code}", chat=group)
    assert "连接码已失效" in (await office.outsider.next_message(group)).text


async def test_a_group_without_the_bot_is_closed_and_can_come_back(office: Office) -> None:
    emulated.remove_bot(office.emulator.world, office.group, office.emulator.bot, office.admin.user)
    await office.idle()
    stored = row(office, office.group)
    assert stored is not None
    assert stored.closed_at is not None
    emulated.add_bot(office.emulator.world, office.group, office.emulator.bot, office.admin.user)
    await office.admin.next_message(office.group)
    await office.admin.send("/connect", chat=office.group)
    assert "已连到" in (await office.admin.next_message(office.group)).text


async def test_a_group_that_becomes_a_supergroup_stays_connected(office: Office) -> None:
    group = office.emulator.group("小群", [office.admin], kind="group")
    await office.admin.next_message(group)
    await office.admin.send("/connect", chat=group)
    await office.admin.next_message(group)
    await office.idle()
    waits = outbox.Planned("digest:x", "digest", 1, group.chat_id, office.now.replace(year=2030), {})
    office.database.write_now(lambda db: outbox.enqueue(db, [waits], office.now))
    grown = office.emulator.migrate(group)
    await office.idle()
    assert row(office, group) is None
    stored = row(office, grown)
    assert stored is not None
    assert stored.closed_at is None
    moved = office.database.read_now(lambda db: db.query(Outbox).filter_by(key="digest:x").one().chat_id)
    assert moved == grown.chat_id


async def test_secrets_stay_out_of_groups(office: Office) -> None:
    for command in ("/invite", "/members", "/settings"):
        await office.admin.send(command, chat=office.group)
        assert "请私聊我发" in (await office.admin.next_message(office.group)).text


async def test_help_in_a_group_is_short_and_talk_is_left_alone(office: Office) -> None:
    await office.rep.send("/help", chat=office.group)
    said = (await office.rep.next_message(office.group)).text
    assert "/summary" in said
    assert "/settings" not in said
    await office.rep.send("今天天气不错 /呵呵", chat=office.group)
    await office.rep.send("/unknowncommand", chat=office.group)
    assert await silent(office, office.group)
    await office.rep.send(f"/sumary@{office.emulator.bot.user['username']}", chat=office.group)
    assert "没有 /sumary" in (await office.rep.next_message(office.group)).text


async def test_who_speaks_to_the_bot_in_a_group_is_answered_in_one_line(office: Office) -> None:
    name = office.emulator.bot.user["username"]
    await office.rep.send(f"@{name} 今天", chat=office.group)
    said = (await office.rep.next_message(office.group)).text
    assert "私聊我" in said
    assert "\n" not in said
    await office.rep.send("@somebody_else 今天", chat=office.group)
    emulated.add_person(office.emulator.world, office.group, office.stranger.user, office.admin.user)
    await office.stranger.send(f"@{name} 今天", chat=office.group)
    assert await silent(office, office.group)

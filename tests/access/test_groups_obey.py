"""In a group the bot obeys members of its team only, and a group is a team's only by its admin's doing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from crm import groups, invites
from crm.tables import Customer, GroupChat, Invite, Member
from emulator import entities
from emulator import groups as emulated
from handlers import menus
from tests.chat.talk import said

if TYPE_CHECKING:
    from emulator.chat import Chat
    from emulator.message import Json
    from tests.chat.conftest import Office

# Source: Bot API, Message.sender_chat and Message.from: whom messages on behalf of a chat seem to come from.
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
CHANNEL: Json = {"id": -1_001_500_000_777, "type": "channel", "title": "美好五金频道"}
COMMANDS = tuple(f"/{command.name}" for command in menus.COMMANDS)


def deliver(office: Office, chat: Chat, sender: Json, sender_chat: Json, text: str, **more: Any) -> None:
    """Telegram's update of a message written on behalf of a chat."""
    chat.last_message_id += 1
    message: Json = {"message_id": chat.last_message_id, "from": sender, "sender_chat": sender_chat, "text": text}
    message |= {"chat": chat.face, "date": int(office.now.timestamp()), **more}
    if found := entities.find(text):
        message["entities"] = found
    office.emulator.bot.deliveries.add("message", message)


def said_in(office: Office, chat: Chat) -> int:
    """How many messages the bot wrote there."""
    return len(chat.from_bots)


def stored(office: Office) -> tuple[int, ...]:
    """How many members, customers, groups and codes there are."""

    def count(table: type[Any]) -> int:
        return len(office.database.read_now(lambda db: list(db.scalars(select(table)))))

    return tuple(count(table) for table in (Member, Customer, GroupChat, Invite))


async def writes_on_behalf(office: Office, sender: Json, sender_chat: Json, **more: Any) -> None:
    """Whoever speaks for a chat is nobody: nothing is said, nothing is done."""
    now, admin = office.now, office.actor(office.admin)
    group_code = office.database.write_now(lambda db: invites.for_group(db, admin, now))
    invitation = office.database.write_now(lambda db: invites.invite(db, admin, "admin", now))
    free = office.emulator.group("新群", [office.admin])
    await office.admin.next_message(free)
    name = office.emulator.bot.user["username"]
    texts = [*COMMANDS, f"/connect {group_code}", f"/start {group_code}", f"/start {invitation}", f"@{name} 今天"]
    before = stored(office), [said_in(office, chat) for chat in (office.group, free)]
    for chat in (office.group, free):
        for text in texts:
            deliver(office, chat, sender, sender_chat or chat.face, text, **more)
    await office.idle()
    assert (stored(office), [said_in(office, chat) for chat in (office.group, free)]) == before
    assert office.database.read_now(lambda db: groups.find(db, free.chat_id)) is None
    await office.admin.send(f"/connect {group_code}", chat=free)
    assert "已连到" in (await office.admin.next_message(free)).text, "the code was not used up"


async def test_an_anonymous_admin_gets_nothing(office: Office) -> None:
    await writes_on_behalf(office, ANONYMOUS, {})


@pytest.mark.long
async def test_a_member_who_writes_as_a_channel_gets_nothing(office: Office) -> None:
    await writes_on_behalf(office, CHANNEL_BOT, CHANNEL)


@pytest.mark.long
async def test_a_post_of_the_linked_channel_gets_nothing(office: Office) -> None:
    await writes_on_behalf(office, TELEGRAM, CHANNEL, is_automatic_forward=True)


async def test_who_is_written_as_a_member_but_speaks_for_a_chat_gets_nothing(office: Office) -> None:
    before = said_in(office, office.group)
    deliver(office, office.group, office.admin.user, CHANNEL, "/help")
    await office.idle()
    assert said_in(office, office.group) == before


async def test_a_channels_own_posts_get_nothing(office: Office) -> None:
    post = {"message_id": 5, "chat": CHANNEL, "date": int(office.now.timestamp()), "text": "/help"}
    office.emulator.bot.deliveries.add("channel_post", post)
    await office.idle()
    assert (await said(office.rep, "/help")).text


@pytest.mark.long
@pytest.mark.parametrize("who", ["outsider", "stranger"])
async def test_every_command_of_an_outsider_in_our_group_gets_nothing(office: Office, who: str) -> None:
    person = getattr(office, who)
    emulated.add_person(office.emulator.world, office.group, person.user, office.admin.user)
    admin = office.actor(office.admin)
    code = office.database.write_now(lambda db: invites.for_group(db, admin, office.now))
    before = stored(office), said_in(office, office.group)
    for text in (*COMMANDS, f"/connect {code}", f"/start {code}", "/start x", "/nosuch", "你好"):
        await person.send(text, chat=office.group)
    await office.idle()
    assert (stored(office), said_in(office, office.group)) == before
    row = office.database.read_now(lambda db: groups.find(db, office.group.chat_id))
    assert row is not None
    assert row.team_id == admin.team_id


@pytest.mark.parametrize("who", ["rep", "manager", "rep2"])
async def test_only_an_admin_makes_a_group_the_teams(office: Office, who: str) -> None:
    person, admin = getattr(office, who), office.actor(office.admin)
    code = office.database.write_now(lambda db: invites.for_group(db, admin, office.now))
    free = office.emulator.group("新群", [person])
    await person.next_message(free)
    for text in ("/connect", f"/connect {code}", f"/start {code}"):
        await person.send(text, chat=free)
        assert "管理员才能做" in (await person.next_message(free)).text
    assert office.database.read_now(lambda db: groups.find(db, free.chat_id)) is None

"""Groups: founding them, their topics, who comes and goes, and their growth into supergroups."""

from collections.abc import Iterable

from emulator.bot import Bot
from emulator.chat import Chat, Standing
from emulator.message import Json
from emulator.world import World

SUPERGROUP_BASE = -1_000_000_000_000
_TOPIC_COLOUR = 7322096


def found(world: World, title: str, members: list[Json], kind: str = "supergroup", topics: Iterable[str] = ()) -> Chat:
    """A new group of these people; the first is its owner.

    Raises: ValueError for an unknown kind, or topics in a basic group.
    """
    topics = list(topics)
    if kind not in ("group", "supergroup") or (topics and kind == "group"):
        raise ValueError(f"kind must be group or supergroup, and topics need a supergroup; got {kind!r}, {topics}")
    number = 4001 + len(world.groups)
    chat_id = SUPERGROUP_BASE - 1_500_000_000 - number if kind == "supergroup" else -number
    face: Json = {"id": chat_id, "type": kind, "title": title}
    if topics:
        face["is_forum"] = True
    chat = world.groups[chat_id] = Chat(chat_id, face)
    for user in members:
        chat.members[user["id"]] = Standing.MEMBER if chat.members else Standing.OWNER
    if members and kind == "group":
        world.service(chat, members[0], {"group_chat_created": True})
    for name in topics:
        add_topic(world, chat, name)
    world.tell(None, "chats", {})
    return chat


def add_topic(world: World, chat: Chat, name: str) -> int:
    """The group has this topic; answers its thread id."""
    founder = world.users[chat.present()[0]] if chat.present() else next(iter(world.bots.values())).user
    thread_id = chat.last_message_id + 1
    content: Json = {"forum_topic_created": {"name": name, "icon_color": _TOPIC_COLOUR}}
    content |= {"message_thread_id": thread_id, "is_topic_message": True}
    chat.face["is_forum"] = True
    chat.topics[thread_id] = name
    world.service(chat, founder, content)
    return thread_id


def add_bot(world: World, chat: Chat, bot: Bot, by: Json, standing: Standing = Standing.MEMBER) -> None:
    """The bot is in the group: it gets my_chat_member and the service message."""
    world.membership(bot, chat, by, standing)
    world.service(chat, by, {"new_chat_members": [bot.user]})


def remove_bot(world: World, chat: Chat, bot: Bot, by: Json) -> None:
    """The bot has been thrown out of the group."""
    world.service(chat, by, {"left_chat_member": bot.user})
    world.membership(bot, chat, by, Standing.KICKED)


def add_person(world: World, chat: Chat, user: Json, by: Json) -> None:
    """The person is in the group."""
    chat.members[user["id"]] = Standing.MEMBER
    world.service(chat, by, {"new_chat_members": [user]})
    world.tell(None, "chats", {})


def migrate(world: World, chat: Chat) -> Chat:
    """The basic group lives on as a supergroup with a new id; both service messages are sent.

    Raises: ValueError when it is no basic group or has moved already.
    """
    if chat.kind != "group" or chat.migrated_to is not None:
        raise ValueError(f"only a basic group can become a supergroup, this is {chat.kind} {chat.chat_id}")
    new_id = SUPERGROUP_BASE - 1_600_000_000 + chat.chat_id
    grown = Chat(new_id, {"id": new_id, "type": "supergroup", "title": chat.title}, dict(chat.members))
    world.groups[new_id] = grown
    owner = world.users[chat.present()[0]]
    world.service(chat, owner, {"migrate_to_chat_id": new_id})
    chat.migrated_to = new_id
    world.service(grown, owner, {"migrate_from_chat_id": chat.chat_id})
    world.tell(None, "chats", {})
    return grown

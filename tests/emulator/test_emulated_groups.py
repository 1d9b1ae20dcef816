"""Groups: who reads what, topics, and growing into a supergroup."""

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden

from emulator import groups, server
from emulator.message import Json
from emulator.person import Person
from emulator.refusals import Refusal
from tests.emulator.conftest import RawClient


async def received(raw: RawClient) -> list[Json]:
    """All updates that wait, confirmed."""
    updates: list[Json] = (await raw.post("getUpdates"))["result"]
    if updates:
        await raw.post("getUpdates", offset=updates[-1]["update_id"] + 1)
    return updates


async def test_the_bot_is_told_that_it_came_in(em: server.Emulator, raw: RawClient, anna: Person) -> None:
    group = em.group("销售一组", [anna])
    joined, announced = await received(raw)
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert joined["my_chat_member"]["chat"]["id"] == group.chat_id
    assert announced["message"]["new_chat_members"][0]["id"] == em.bot.user_id


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("大家好", False),
        ("/today", True),
        ("/today@sales_helper_bot", True),
        ("/today@other_bot", False),
        ("请 @sales_helper_bot 看", True),
        ("@other_person 看", False),
    ],
)
async def test_privacy_mode_shows_only_what_is_meant_for_the_bot(
    em: server.Emulator, raw: RawClient, anna: Person, text: str, seen: bool
) -> None:
    group = em.group("销售一组", [anna])
    await received(raw)
    await anna.send(text, group)
    assert [update["message"]["text"] for update in await received(raw)] == [text] * seen


async def test_replies_to_the_bot_and_edits_are_seen_as_privacy_allows(
    em: server.Emulator, raw: RawClient, anna: Person
) -> None:
    group = em.group("销售一组", [anna])
    await raw.post("sendMessage", chat_id=group.chat_id, text="早报")
    await received(raw)
    card = await anna.next_message(group)
    reply = await anna.send("好", group, reply_to=card)
    await anna.edit(reply, "很好")
    await anna.edit(await anna.send("闲聊", group), "闲聊二")
    kinds = [(key, update[key]["text"]) for update in await received(raw) for key in update if key != "update_id"]
    assert kinds == [("message", "好"), ("edited_message", "很好")]


async def test_an_administrator_bot_reads_everything(em: server.Emulator, raw: RawClient, anna: Person) -> None:
    group = em.group("销售一组", [anna], bot_is_admin=True)
    await received(raw)
    await anna.send("大家好", group)
    assert len(await received(raw)) == 1


async def test_topics_keep_their_messages(em: server.Emulator, bot: Bot, raw: RawClient, anna: Person) -> None:
    group = em.group("销售一组", [anna], topics=("日常", "播报"))
    daily, news = group.topics
    await received(raw)
    sent = await bot.send_message(group.chat_id, "早报", message_thread_id=news)
    assert (sent.message_thread_id, sent.is_topic_message) == (news, True)
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.forum_topic_created is not None
    await anna.send("/today", group, thread="日常")
    (update,) = await received(raw)
    assert update["message"]["message_thread_id"] == daily
    assert [m.text for m in group.last_messages(9, thread=news)][1:] == ["早报"]
    assert (await bot.get_chat(group.chat_id)).is_forum
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(group.chat_id, "?", message_thread_id=999)


async def test_a_group_that_grows_changes_its_id(em: server.Emulator, bot: Bot, raw: RawClient, anna: Person) -> None:
    group = em.group("销售一组", [anna], kind="group")
    await received(raw)
    grown = em.migrate(group)
    left, came = [update["message"] for update in await received(raw)]
    assert (left["chat"]["id"], left["migrate_to_chat_id"]) == (group.chat_id, grown.chat_id)
    assert (came["chat"]["id"], came["migrate_from_chat_id"]) == (grown.chat_id, group.chat_id)
    answer = await raw.post("sendMessage", chat_id=group.chat_id, text="早报")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(group.chat_id, "早报")
    assert caught.value.new_chat_id == grown.chat_id
    await bot.send_message(grown.chat_id, "早报")
    assert (await anna.next_message(grown)).text == "早报"
    with pytest.raises(Refusal, match="upgraded to a supergroup"):
        await anna.send("在吗", group)
    assert anna.messages(group)[-1]["migrate_to_chat_id"] == grown.chat_id
    with pytest.raises(ValueError):
        em.migrate(group)


async def test_a_bot_thrown_out_cannot_write(em: server.Emulator, bot: Bot, raw: RawClient, anna: Person) -> None:
    group = em.group("销售一组", [anna])
    await received(raw)
    groups.remove_bot(em.world, group, em.bot, anna.user)
    assert [key for update in await received(raw) for key in update if key != "update_id"] == [
        "message",
        "my_chat_member",
    ]
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(group.chat_id, "在吗")


async def test_strangers_do_not_see_the_group(em: server.Emulator, anna: Person) -> None:
    group = em.group("销售一组", [anna])
    stranger = em.person("路人")
    with pytest.raises(Refusal, match="chat not found"):
        await stranger.send("喂", group)


async def test_message_ids_of_supergroups_are_their_own(em: server.Emulator, bot: Bot, anna: Person) -> None:
    wang = em.person("小王", started=True)
    one, two = em.group("一", [anna]), em.group("二", [anna])
    assert (await bot.send_message(one.chat_id, "x")).message_id == (
        await bot.send_message(two.chat_id, "x")
    ).message_id
    first = await bot.send_message(anna.user_id, "x")
    assert (await bot.send_message(wang.user_id, "x")).message_id == first.message_id + 1

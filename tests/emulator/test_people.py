"""What people send arrives as it does from Telegram's apps."""

import asyncio

import pytest
from telegram import Bot, MessageOriginUser, Update
from telegram.error import BadRequest

from emulator import server
from emulator.bot import QUERY_LIFETIME
from emulator.person import Person, Silence
from emulator.refusals import Refusal


async def last(bot: Bot) -> Update:
    """The newest update."""
    (update,) = await bot.get_updates(offset=-1)
    return update


async def test_contacts_stickers_places_and_voices_arrive(em: server.Emulator, bot: Bot, anna: Person) -> None:
    await anna.contact("13800138000", "张", "伟", vcard="BEGIN:VCARD")
    message = (await last(bot)).message
    assert message is not None
    assert message.contact is not None
    assert (message.contact.phone_number, message.contact.last_name) == ("13800138000", "伟")
    for send, field in ((anna.sticker, "sticker"), (anna.location, "location"), (anna.voice, "voice")):
        await send()
        message = (await last(bot)).message
        assert message is not None
        assert getattr(message, field) is not None


async def test_a_picture_with_caption_and_a_reply_arrive(em: server.Emulator, bot: Bot, anna: Person) -> None:
    card = await bot.send_message(1001, "张伟")
    await anna.photo(b"not really", "门头 /note", reply_to=await anna.next_message())
    message = (await last(bot)).message
    assert message is not None
    assert message.reply_to_message is not None
    assert message.reply_to_message.message_id == card.message_id
    assert [entity.type for entity in message.caption_entities] == ["bot_command"]


async def test_a_forwarded_message_names_its_author(em: server.Emulator, bot: Bot, anna: Person) -> None:
    wang = em.person("小王", 1002)
    await anna.forward(await wang.send("客户说太贵"))
    message = (await last(bot)).message
    assert message is not None
    assert message.text == "客户说太贵"
    assert isinstance(message.forward_origin, MessageOriginUser)
    assert message.forward_origin.sender_user.first_name == "小王"


async def test_long_texts_are_split_as_the_apps_do(em: server.Emulator, bot: Bot, anna: Person) -> None:
    await anna.send("长" * 5000)
    texts = [u.message.text for u in await bot.get_updates() if u.message]
    assert [len(text or "") for text in texts] == [4096, 904]
    with pytest.raises(Refusal, match="text is empty"):
        await anna.send("  ")


async def test_a_press_on_a_deleted_message_still_arrives(em: server.Emulator, bot: Bot, anna: Person) -> None:
    sent = await bot.send_message(1001, "卡片")
    shown = await anna.next_message()
    await bot.delete_message(1001, sent.message_id)
    await anna.press(shown, data="undo", wait=False)
    query = (await last(bot)).callback_query
    assert query is not None
    assert query.message is not None
    assert not query.message.is_accessible
    with pytest.raises(Silence, match="no answer to the button"):
        await anna.press(shown, data="undo", timeout=0.01)


async def test_a_press_cannot_be_answered_for_ever(em: server.Emulator, bot: Bot, anna: Person) -> None:
    await bot.send_message(1001, "卡片")
    await anna.press(await anna.next_message(), data="undo", wait=False)
    query = (await last(bot)).callback_query
    assert query is not None
    em.bot.queries[query.id].pressed -= QUERY_LIFETIME + 1
    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer("晚了")


async def test_people_edit_only_their_own_messages(em: server.Emulator, bot: Bot, anna: Person) -> None:
    await bot.send_message(1001, "卡片")
    with pytest.raises(Refusal, match="can't be edited"):
        await anna.edit(await anna.next_message(), "别的")


async def test_waiting_for_a_second_edit_does_not_return_the_first(em: server.Emulator, bot: Bot, anna: Person) -> None:
    sent = await bot.send_message(1001, "一")
    shown = await anna.next_message()
    waiting = asyncio.create_task(anna.wait_edit(shown))
    await bot.edit_message_text("二", 1001, sent.message_id)
    assert (await waiting).text == "二"
    with pytest.raises(Silence, match="was not edited"):
        await anna.wait_edit(shown, timeout=0.01)
    await bot.edit_message_text("三", 1001, sent.message_id)
    assert (await anna.wait_edit(shown)).text == "三"
    assert shown.text == "一"


async def test_the_same_person_asked_for_twice_is_one(em: server.Emulator, bot: Bot, anna: Person) -> None:
    await bot.send_message(1001, "一")
    await anna.next_message()
    with pytest.raises(Silence):
        await em.person("小李", 1001).next_message(timeout=0.01)
    assert em.person("小李") is anna


async def test_two_bots_have_their_own_chats(em: server.Emulator, bot: Bot, anna: Person) -> None:
    other = em.add_bot("7000000002:another", "other_bot")
    anna_there = em.person("小李", 1001, bot=other)
    await anna_there.start()
    assert (len(other.deliveries), em.deliveries) == (1, 0)
    async with Bot(other.token, base_url=em.base_url) as client:
        await client.send_message(1001, "另一个")
    assert (await anna_there.next_message()).text == "另一个"
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(7, "?")
    assert anna.messages() == []

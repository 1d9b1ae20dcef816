"""Each method as a real python-telegram-bot client calls it."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    ChatMemberOwner,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, InvalidToken

from emulator import server
from emulator.person import NoSuchButton, Person, Silence

UNDO = InlineKeyboardMarkup(
    [[InlineKeyboardButton("撤销", callback_data="undo"), InlineKeyboardButton("修改", callback_data="edit")]]
)


def picture(width: int = 8, height: int = 6, kind: str = "PNG") -> bytes:
    """A real picture file."""
    written = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(written, kind)
    return written.getvalue()


async def test_the_bot_knows_itself(em: server.Emulator, bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (em.bot.user_id, "sales_helper_bot", True)
    assert me.can_read_all_group_messages is False


async def test_a_text_arrives_with_its_entities_and_buttons(em: server.Emulator, bot: Bot, anna: Person) -> None:
    sent = await bot.send_message(1001, "<b>张伟</b> &lt;美达&gt; /c", parse_mode="HTML", reply_markup=UNDO)
    assert sent.text == "张伟 <美达> /c"
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 0, 2), ("bot_command", 8, 2)]
    got = await anna.next_message()
    assert (got.text, got.buttons, got.message_id) == ("张伟 <美达> /c", [["撤销", "修改"]], sent.message_id)


async def test_given_entities_and_a_reply_are_kept(em: server.Emulator, bot: Bot, anna: Person) -> None:
    note = await anna.send("张伟嫌交期慢")
    entity = MessageEntity("bold", 0, 2)
    sent = await bot.send_message(1001, "已记下", entities=[entity], reply_parameters=ReplyParameters(note.message_id))
    assert sent.entities == (entity,)
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "张伟嫌交期慢"


async def test_reply_keyboards_are_seen_by_phones_only(em: server.Emulator, bot: Bot, anna: Person) -> None:
    keyboard = ReplyKeyboardMarkup([["今天"], [KeyboardButton("分享电话", request_contact=True)]])
    sent = await bot.send_message(1001, "选一个", reply_markup=keyboard)
    assert sent.reply_markup is None
    assert (await anna.next_message()).keyboard == [["今天"], ["分享电话"]]
    await bot.send_message(1001, "好", reply_markup=ReplyKeyboardRemove())
    assert (await anna.next_message()).reply_keyboard == {"remove_keyboard": True}


async def test_pressing_brings_the_answer_and_the_edit(em: server.Emulator, bot: Bot, anna: Person) -> None:
    card = await bot.send_message(1001, "卡片", reply_markup=UNDO)
    shown = await anna.next_message()
    await anna.press(shown, "撤销", wait=False)
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "undo"
    assert await bot.answer_callback_query(update.callback_query.id, "已撤销", show_alert=True)
    await bot.edit_message_text("<s>卡片</s>", 1001, card.message_id, parse_mode="HTML")
    edited = await anna.wait_edit(shown)
    assert (edited.text, edited.buttons) == ("卡片", [])
    with pytest.raises(NoSuchButton):
        await anna.press(edited, "撤销")


async def test_a_copy_button_copies_without_asking_the_bot(em: server.Emulator, bot: Bot, anna: Person) -> None:
    button = InlineKeyboardButton("复制", copy_text=CopyTextButton("生日快乐"))
    await bot.send_message(1001, "祝福", reply_markup=InlineKeyboardMarkup([[button]]))
    assert (await anna.press(await anna.next_message(), "复制")).copied == "生日快乐"
    assert em.deliveries == 0


async def test_markup_can_be_changed_alone_and_an_edit_without_change_is_refused(
    em: server.Emulator, bot: Bot, anna: Person
) -> None:
    card = await bot.send_message(1001, "卡片", reply_markup=UNDO)
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_text("卡片", 1001, card.message_id, reply_markup=UNDO)
    edited = await bot.edit_message_reply_markup(1001, card.message_id)
    assert not isinstance(edited, bool)
    assert edited.reply_markup is None
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_reply_markup(1001, card.message_id)


async def test_pictures_keep_their_size_caption_and_bytes(em: server.Emulator, bot: Bot, anna: Person) -> None:
    content = picture(640, 480, "JPEG")
    sent = await bot.send_photo(1001, content, caption="<b>汇总</b>", parse_mode="HTML", reply_markup=UNDO)
    assert (sent.photo[-1].width, sent.photo[-1].height, sent.caption) == (640, 480, "汇总")
    fetched = await (await bot.get_file(sent.photo[-1].file_id)).download_as_bytearray()
    assert bytes(fetched) == content
    again = await bot.send_photo(1001, sent.photo[-1].file_id)
    assert again.photo[-1].file_id == sent.photo[-1].file_id


async def test_media_and_captions_can_be_edited(em: server.Emulator, bot: Bot, anna: Person) -> None:
    sent = await bot.send_photo(1001, picture(), caption="一")
    changed = await bot.edit_message_media(InputMediaPhoto(picture(20, 10), caption="二"), 1001, sent.message_id)
    assert not isinstance(changed, bool)
    assert (changed.photo[-1].width, changed.caption) == (20, "二")
    renamed = await bot.edit_message_caption(1001, sent.message_id, caption="三")
    assert not isinstance(renamed, bool)
    assert renamed.caption == "三"


async def test_files_go_both_ways(em: server.Emulator, bot: Bot, anna: Person) -> None:
    sent = await bot.send_document(1001, InputFile(b"a,b\n", "客户.csv"), caption="导出")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("客户.csv", 4)
    await anna.document("名单.xlsx", b"PK")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    assert update.message.document.file_name == "名单.xlsx"
    file = await bot.get_file(update.message.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"PK"


async def test_albums_are_one_group(em: server.Emulator, bot: Bot, anna: Person) -> None:
    album = [InputMediaPhoto(picture()), InputMediaPhoto(picture(), caption="二")]
    sent = await bot.send_media_group(1001, album)
    assert len({message.media_group_id for message in sent}) == 1
    files = [InputMediaDocument(b"1", filename="a.txt"), InputMediaDocument(b"2", filename="b.txt")]
    assert [m.document.file_name for m in await bot.send_media_group(1001, files) if m.document] == ["a.txt", "b.txt"]


async def test_albums_are_not_mixed(loose_em: server.Emulator, bot: Bot, anna: Person) -> None:
    with pytest.raises(BadRequest, match="Can't mix photos and documents"):
        await bot.send_media_group(1001, [InputMediaPhoto(picture()), InputMediaDocument(b"1", filename="a.txt")])
    assert anna.messages() == []


async def test_files_over_twenty_megabytes_cannot_be_fetched(em: server.Emulator, bot: Bot, anna: Person) -> None:
    await anna.document("等.csv", b"x" * (20 << 20))
    await anna.document("大.csv", b"x" * ((20 << 20) + 1))
    fits, over = [update.message.document for update in await bot.get_updates() if update.message]
    assert fits is not None
    assert over is not None
    assert (await bot.get_file(fits.file_id)).file_path
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(over.file_id)


async def test_links_expire_after_an_hour() -> None:
    start = datetime(2026, 11, 28, 2, tzinfo=UTC)
    async with (
        server.running(clock=start) as em,
        Bot(em.token, base_url=em.base_url, base_file_url=em.file_url) as bot,
    ):
        anna = em.person("小李", started=True)
        sent = await bot.send_document(anna.user_id, InputFile(b"x", "a.txt"))
        assert sent.document is not None
        assert sent.date == start
        file = await bot.get_file(sent.document.file_id)
        await em.clock.advance(timedelta(minutes=59))
        assert bytes(await file.download_as_bytearray()) == b"x"
        await em.clock.advance(timedelta(minutes=1))
        with pytest.raises(InvalidToken, match="Not Found"):
            await file.download_as_bytearray()


async def test_messages_can_be_deleted_for_two_days(em: server.Emulator, bot: Bot, anna: Person) -> None:
    first, second = await bot.send_message(1001, "一"), await bot.send_message(1001, "二")
    assert await bot.delete_message(1001, first.message_id)
    assert [message.text for message in anna.messages()] == ["二"]
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(1001, first.message_id)
    await em.clock.advance(timedelta(hours=49))
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(1001, second.message_id)


async def test_menus_resolve_by_scope(em: server.Emulator, bot: Bot, anna: Person) -> None:
    await bot.set_my_commands([BotCommand("today", "今天")], BotCommandScopeAllPrivateChats())
    assert await bot.set_my_commands([BotCommand("summary", "汇总")], BotCommandScopeChat(1001))
    assert [c.command for c in await bot.get_my_commands(BotCommandScopeChat(1001))] == ["summary"]
    assert await bot.delete_my_commands(BotCommandScopeChat(1001))
    assert await bot.get_my_commands(BotCommandScopeChat(1001)) == ()
    assert [c.description for c in await bot.get_my_commands(BotCommandScopeAllPrivateChats())] == ["今天"]


async def test_chats_and_members_can_be_asked_for(em: server.Emulator, bot: Bot, anna: Person) -> None:
    wang = em.person("小王", 1002)
    group = em.group("销售一组", [anna, wang], bot_is_admin=True)
    assert (await bot.get_chat(group.chat_id)).title == "销售一组"
    assert (await bot.get_chat(1001)).first_name == "小李"
    assert (await bot.get_chat_member(group.chat_id, 1002)).status == "member"
    assert (await bot.get_chat_member(group.chat_id, em.bot.user_id)).status == "administrator"
    (owner,) = await bot.get_chat_administrators(group.chat_id)
    assert isinstance(owner, ChatMemberOwner)
    assert owner.user.id == 1001
    assert await bot.get_chat_member_count(group.chat_id) == 3


async def test_pinning_shows_a_service_message_that_the_bot_does_not_get(
    em: server.Emulator, bot: Bot, anna: Person
) -> None:
    sent = await bot.send_message(1001, "名单")
    assert await bot.pin_chat_message(1001, sent.message_id)
    pinned = (await bot.get_chat(1001)).pinned_message
    assert pinned is not None
    assert pinned.message_id == sent.message_id
    assert "pinned_message" in anna.messages()[-1]
    assert em.deliveries == 0
    assert await bot.unpin_chat_message(1001)


async def test_pinning_in_a_supergroup_takes_an_administrator(em: server.Emulator, bot: Bot, anna: Person) -> None:
    group = em.group("销售一组", [anna])
    sent = await bot.send_message(group.chat_id, "名单")
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages"):
        await bot.pin_chat_message(group.chat_id, sent.message_id)
    led = em.group("销售二组", [anna], bot_is_admin=True)
    assert await bot.pin_chat_message(led.chat_id, (await bot.send_message(led.chat_id, "名单")).message_id)


async def test_a_group_can_be_left(em: server.Emulator, bot: Bot, anna: Person) -> None:
    group = em.group("销售一组", [anna])
    await bot.get_updates(offset=-1)
    assert await bot.leave_chat(group.chat_id)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(group.chat_id, "在吗")


async def test_typing_is_accepted_and_unknown_chats_are_not(em: server.Emulator, bot: Bot, anna: Person) -> None:
    assert await bot.send_chat_action(1001, ChatAction.TYPING)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(4242, "喂")
    em.person("小赵", 1009)
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(1009, "喂")


async def test_who_blocked_the_bot_gets_nothing(em: server.Emulator, bot: Bot, anna: Person) -> None:
    await anna.block()
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(1001, "早")
    await anna.start()
    assert (await bot.send_message(1001, "早")).text == "早"


async def test_silence_says_what_was_there(em: server.Emulator, bot: Bot, anna: Person) -> None:
    await bot.send_message(1001, "别的话")
    await anna.next_message()
    with pytest.raises(Silence, match="别的话"):
        await anna.next_message(timeout=0.01)

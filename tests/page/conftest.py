"""A tiny real bot behind the emulator, for the tests of the page."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest_asyncio
from PIL import Image
from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.constants import ParseMode
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from emulator import server
from tests import browser

if TYPE_CHECKING:
    from playwright.async_api import Browser

App = Application[Any, Any, Any, Any, Any, Any]

NOON = datetime(2026, 11, 28, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai
REP, MANAGER = 1001, 1003
LAYOUT = (
    "👨‍👩‍👧 <b>粗体</b> <i>斜体</i> <code>a&lt;b</code> <a href='https://example.com/x'>链接</a> "
    "<tg-spoiler>秘密</tg-spoiler>\n<pre>行一\n行二</pre>\n<blockquote>引文</blockquote>\n/today 结束"
)


def picture(colour: str = "teal", size: tuple[int, int] = (640, 400)) -> bytes:
    """A PNG of one colour."""
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, "PNG")
    return stream.getvalue()


def keyboard(step: int) -> InlineKeyboardMarkup:
    """A counter, an alert, a copy button."""
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton("加一", callback_data=f"add:{step + 1}"),
                InlineKeyboardButton("警告", callback_data="alert"),
            ],
            [InlineKeyboardButton("复制", copy_text=CopyTextButton("祝您生日快乐"))],
        ]
    )


async def _answer(update: Update, _: Any) -> None:
    message = update.effective_message
    assert message is not None
    if update.edited_message:
        await message.reply_text(f"改为：{message.text}")
    elif message.photo:
        await message.reply_text(f"图片：{message.caption}")
    elif message.document:
        await message.reply_text(f"文件：{message.document.file_name} {message.document.file_size} 字节")
    elif message.contact:
        await message.reply_text(
            f"联系人：{message.contact.last_name or ''}{message.contact.first_name} {message.contact.phone_number}"
        )
    elif message.text in SCENES:
        await SCENES[message.text](message)
    else:
        about = message.reply_to_message
        await message.reply_text(
            f"收到：{message.text}" + (f"（关于 {about.text}）" if about else ""), reply_markup=keyboard(0)
        )


async def _album(message: Message) -> None:
    await message.reply_media_group(
        [InputMediaPhoto(picture(colour)) for colour in ("teal", "coral", "gold")], caption="三张图"
    )


async def _thirty(message: Message) -> None:
    rows = [
        [InlineKeyboardButton(f"第{row * 3 + column}项", callback_data="alert") for column in range(3)]
        for row in range(10)
    ]
    await message.reply_text("三十个按钮", reply_markup=InlineKeyboardMarkup(rows))


SCENES: dict[str | None, Any] = {
    "排版": lambda message: message.reply_text(LAYOUT, parse_mode=ParseMode.HTML),
    "图片": lambda message: message.reply_photo(picture(), caption="一张图"),
    "文件": lambda message: message.reply_document(b"a,b\n1,2\n", filename="名单.csv", caption="一个文件"),
    "相册": _album,
    "三十": _thirty,
    "长文": lambda message: message.reply_text("很长的一段话，" * 300 + "w" * 300),
    "键盘": lambda message: message.reply_text(
        "选一个",
        reply_markup=ReplyKeyboardMarkup(
            [["今天"], [KeyboardButton("发手机号", request_contact=True)]], resize_keyboard=True
        ),
    ),
    "邀请": lambda message: message.reply_text(f"https://t.me/{message.get_bot().username}?start=join_7"),
    "打字": lambda message: message.reply_chat_action("typing"),
}


async def _press(update: Update, _: Any) -> None:
    query = update.callback_query
    assert query is not None
    if query.data == "alert":
        await query.answer("这是警告 <b>", show_alert=True)
        return
    step = int(str(query.data).partition(":")[2])
    await query.answer(f"已加到 {step}")
    await query.edit_message_text(f"计数 {step}", reply_markup=keyboard(step))


async def _start(update: Update, context: Any) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_text(f"你好，{' '.join(context.args) or '没有口令'}")


def _application(emulator: server.Emulator) -> App:
    builder = ApplicationBuilder().token(emulator.token).base_url(emulator.base_url).base_file_url(emulator.file_url)
    application = builder.build()
    application.add_handler(CommandHandler("start", _start))
    application.add_handler(CallbackQueryHandler(_press))
    application.add_handler(MessageHandler(filters.ALL, _answer))
    return application


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """One browser for all tests of the page, each in its own context; they share its event loop."""
    async with browser.running_chromium() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def emulator() -> AsyncIterator[server.Emulator]:
    """An emulator with a rep, a manager and their group, standing at noon."""
    async with server.running(clock=NOON) as running:
        rep = running.person("张伟", REP, "zhangwei", description="销售 · 上海片区")
        manager = running.person("陈主管", MANAGER, description="主管 · 看汇总和风险")
        running.group("销售一组", [manager, rep])
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def bot(emulator: server.Emulator) -> AsyncIterator[App]:
    """The bot is polling."""
    application = _application(emulator)
    async with application:
        await application.bot.set_my_commands([("today", "今天要做的事"), ("summary", "客户汇总")])
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(poll_interval=0, timeout=2)
        yield application
        await application.updater.stop()
        await application.stop()

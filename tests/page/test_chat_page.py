"""A person talks to a real bot on the page: everything a messenger does arrives and works."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from emulator.server import Emulator
from tests import browser
from tests.browser import expect
from tests.page import conftest as scene

if TYPE_CHECKING:
    from playwright.async_api import Browser, FilePayload, Route

SWIPE = """row => {
  const fire = (type, x) => {
    const touches = type === "touchend" ? [] : [new Touch({ identifier: 1, target: row, clientX: x, clientY: 300 })];
    row.dispatchEvent(new TouchEvent(type, { bubbles: true, touches }));
  };
  fire("touchstart", 300); fire("touchmove", 260); fire("touchmove", 220); fire("touchend", 220);
}"""

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_newcomer_chooses_who_to_be_and_talks(chromium: Browser, emulator: Emulator, bot: scene.App) -> None:
    async with browser.chat_page(chromium, emulator.page_url) as chat:
        await chat.choose("张伟")
        await chat.open_chat("销售助手")
        await expect(chat.page.get_by_test_id("examples").filter(visible=True)).to_contain_text("/summary")
        await chat.say("你好")
        await chat.sees("收到：你好")
        await expect(chat.message("你好").first).to_have_attribute("data-outgoing", "true")


async def test_nothing_can_be_typed_before_a_chat_is_open(
    chromium: Browser, emulator: Emulator, bot: scene.App
) -> None:
    """What was typed while the chats were still on their way was lost without a word."""
    async with browser.chat_page(chromium, emulator.page_url, size=browser.DESKTOP) as chat:
        await expect(chat.page.get_by_test_id("composer")).to_be_hidden()
        await chat.page.goto(
            "about:blank"
        )  # that page may still be asking what waits for each person, by the same path
        slow: asyncio.Future[Route] = asyncio.get_running_loop().create_future()
        await chat.page.route(f"**/phone/chats?user={scene.REP}", lambda route: slow.set_result(route), times=1)
        await chat.page.goto(f"{emulator.page_url}?user={scene.REP}")
        waiting = await slow
        await expect(chat.page.get_by_test_id("composer")).to_be_hidden()
        await waiting.continue_()
        await chat.open_chat("销售助手")
        await chat.say("等到了")
        await chat.sees("收到：等到了")


async def test_pressed_button_changes_the_message_in_place(
    chromium: Browser, emulator: Emulator, bot: scene.App
) -> None:
    async with browser.chat_page(chromium, emulator.page_url, scene.REP) as chat:
        await chat.open_chat("销售助手")
        await chat.say("数数")
        await chat.sees("收到：数数")
        await chat.press("加一")
        card = await chat.sees("计数 1")
        await chat.toast("已加到 1")
        await expect(card).to_contain_text("已编辑")
        await expect(chat.message("收到：数数")).to_have_count(0)
        await chat.press("加一")
        await chat.sees("计数 2")


async def test_alert_is_a_dialog_and_copy_button_copies(chromium: Browser, emulator: Emulator, bot: scene.App) -> None:
    async with browser.chat_page(chromium, emulator.page_url, scene.REP) as chat:
        await chat.open_chat("销售助手")
        await chat.say("按钮")
        await chat.sees("收到：按钮")
        await chat.press("警告")
        alert = chat.page.get_by_test_id("alert")
        await expect(alert).to_contain_text("这是警告 <b>")
        await alert.get_by_role("button", name="好的").click()
        await expect(alert).to_have_count(0)
        await chat.press("复制")
        await chat.toast("已复制")
        assert await chat.page.evaluate("navigator.clipboard.readText()") == "祝您生日快乐"


async def test_moved_clock_dates_what_comes_next(chromium: Browser, emulator: Emulator, bot: scene.App) -> None:
    async with browser.chat_page(chromium, emulator.page_url, scene.REP) as chat:
        await chat.open_chat("销售助手")
        await chat.say("今天的话")
        await chat.sees("收到：今天的话")
        await expect(chat.page.get_by_test_id("day")).to_have_text(["今天"])
        await chat.move_clock("明早 8 点")
        await expect(chat.page.get_by_test_id("clock").filter(visible=True)).to_contain_text("08:00")
        await bot.bot.send_message(scene.REP, "早上好，今天三件事")
        card = await chat.sees("早上好")
        await expect(card).to_contain_text("08:00")
        await expect(chat.page.get_by_test_id("day")).to_have_text(["昨天", "今天"])
        assert emulator.clock.now().isoformat() == "2026-11-29T00:00:00+00:00"


async def test_clock_is_set_to_a_day_and_minute(chromium: Browser, emulator: Emulator) -> None:
    async with browser.chat_page(chromium, emulator.page_url, size=browser.DESKTOP) as chat:
        panel = chat.page.get_by_test_id("clock-panel")
        await expect(chat.page.get_by_test_id("clock-face")).to_have_text("12:00")
        await panel.get_by_label("日期和时间").fill("1998-07-01T09:30")
        await panel.get_by_role("button", name="拨到").click()
        await expect(chat.page.get_by_test_id("clock-day")).to_have_text("1998年7月1日 周三")
        assert emulator.clock.now().isoformat() == "1998-07-01T01:30:00+00:00"


async def test_reply_edit_and_draft(chromium: Browser, emulator: Emulator, bot: scene.App) -> None:
    async with browser.chat_page(chromium, emulator.page_url, scene.REP, size=browser.DESKTOP) as chat:
        await chat.say("第一句")
        answer = await chat.sees("收到：第一句")
        await answer.click(button="right")
        await chat.page.get_by_role("button", name="回复", exact=True).filter(visible=True).last.click()
        await expect(chat.page.get_by_test_id("context")).to_contain_text("回复 销售助手")
        await chat.say("第二句")
        await chat.sees("收到：第二句（关于 收到：第一句）")
        await chat.page.get_by_test_id("composer").fill("还没写完")
        mine = chat.page.locator('[data-outgoing="true"]').filter(has_text="第二句")
        await mine.click(button="right")
        await chat.page.get_by_test_id("message-menu").get_by_role("button", name="编辑").click()
        await expect(chat.page.get_by_test_id("composer")).to_have_value("第二句")
        await chat.say("第二句，改过")
        await chat.sees("改为：第二句，改过")
        await expect(mine).to_contain_text("已编辑")
        await expect(chat.page.get_by_test_id("composer")).to_have_value("还没写完")


async def test_swipe_to_the_left_replies(chromium: Browser, emulator: Emulator, bot: scene.App) -> None:
    async with browser.chat_page(chromium, emulator.page_url, scene.REP) as chat:
        await chat.open_chat("销售助手")
        await chat.say("划我")
        row = await chat.sees("收到：划我")
        await row.evaluate(SWIPE)
        await expect(chat.page.get_by_test_id("context")).to_contain_text("收到：划我")


async def test_pictures_files_and_albums_come_and_go(
    chromium: Browser, emulator: Emulator, bot: scene.App, tmp_path: Path
) -> None:
    async with browser.chat_page(chromium, emulator.page_url, scene.REP) as chat:
        await chat.open_chat("销售助手")
        await chat.say("图片")
        photo = await chat.sees("一张图")
        await photo.get_by_test_id("picture").click()
        await expect(chat.page.get_by_test_id("viewer").locator("img")).to_have_js_property("naturalWidth", 640)
        await chat.page.keyboard.press("Escape")
        await chat.say("相册")
        await expect(chat.page.get_by_test_id("album").get_by_test_id("picture")).to_have_count(3)
        await chat.say("文件")
        file = (await chat.sees("一个文件")).get_by_test_id("file")
        async with chat.page.expect_download() as download:
            await file.click()
        saved = await download.value
        assert saved.suggested_filename == "名单.csv"
        await saved.save_as(tmp_path / "saved.csv")
        assert (tmp_path / "saved.csv").read_bytes() == b"a,b\n1,2\n"
        await _send(chat, "card.png", scene.picture(), "名片")
        await chat.sees("图片：名片")
        await _send(chat, "客户.xlsx", b"x" * 2_000, "导入")
        await chat.sees("文件：客户.xlsx 2000 字节")


async def _send(chat: browser.ChatPage, name: str, content: bytes, caption: str) -> None:
    kind = "image/png" if name.endswith("png") else "application/octet-stream"
    file: FilePayload = {"name": name, "mimeType": kind, "buffer": content}
    await chat.page.get_by_test_id("file-input").set_input_files(file)
    dialog = chat.page.get_by_test_id("send-files")
    await dialog.get_by_label("说明").fill(caption)
    await dialog.get_by_role("button", name="发送", exact=True).click()
    await expect(dialog).to_have_count(0)


async def test_contact_is_sent_from_the_form_and_by_the_bots_key(
    chromium: Browser, emulator: Emulator, bot: scene.App
) -> None:
    async with browser.chat_page(chromium, emulator.page_url, scene.REP) as chat:
        await chat.open_chat("销售助手")
        await chat.page.get_by_test_id("attach").click()
        await chat.page.get_by_role("menuitem", name="联系人").click()
        form = chat.page.get_by_test_id("send-contact")
        await form.get_by_label("手机号").fill("13800138000")
        await form.get_by_label("姓", exact=True).fill("王")
        await form.get_by_label("名", exact=True).fill("建国")
        await form.get_by_role("button", name="发送").click()
        await chat.sees("联系人：王建国 13800138000")
        await chat.say("键盘")
        keys = chat.page.get_by_test_id("reply-keyboard")
        await keys.get_by_role("button", name="今天").click()
        await chat.sees("收到：今天")
        await keys.get_by_role("button", name="发手机号").click()
        await chat.page.get_by_test_id("share-phone").get_by_role("button", name="发送").click()
        await chat.sees("联系人：张伟 13900000001")


async def test_command_menu_and_completion(chromium: Browser, emulator: Emulator, bot: scene.App) -> None:
    async with browser.chat_page(chromium, emulator.page_url, scene.REP) as chat:
        await chat.open_chat("销售助手")
        await chat.page.get_by_test_id("command-menu").click()
        await expect(chat.page.get_by_test_id("command")).to_have_text(["/today今天要做的事", "/summary客户汇总"])
        await chat.page.get_by_test_id("command").first.click()
        await chat.sees("收到：/today")
        await chat.page.get_by_test_id("composer").fill("/su")
        await expect(chat.page.get_by_test_id("command")).to_have_count(1)
        await chat.page.get_by_test_id("composer").press("ArrowDown")
        await chat.page.get_by_test_id("composer").press("Enter")
        await chat.sees("收到：/summary")


async def test_typing_is_shown(chromium: Browser, emulator: Emulator, bot: scene.App) -> None:
    async with browser.chat_page(chromium, emulator.page_url, scene.REP) as chat:
        await chat.open_chat("销售助手")
        await chat.say("打字")
        await expect(chat.page.get_by_test_id("chat-status")).to_contain_text("正在输入")


async def test_shift_enter_breaks_the_line_and_a_candidate_is_not_sent(
    chromium: Browser, emulator: Emulator, bot: scene.App
) -> None:
    async with browser.chat_page(chromium, emulator.page_url, scene.REP, size=browser.DESKTOP) as chat:
        await expect(chat.page.get_by_test_id("chat-title")).to_have_text("销售助手")  # opening it empties the field
        field = chat.page.get_by_test_id("composer")
        await field.press_sequentially("wang")
        await field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
        await expect(field).to_have_value("wang")
        await field.press("Shift+Enter")
        await field.press_sequentially("li")
        await field.press("Enter")
        await expect(chat.message("收到：").get_by_test_id("message-text")).to_have_text("收到：wang\nli")


async def test_dropped_file_is_sent(chromium: Browser, emulator: Emulator, bot: scene.App) -> None:
    async with browser.chat_page(chromium, emulator.page_url, scene.REP, size=browser.DESKTOP) as chat:
        await expect(chat.page.get_by_test_id("chat-title")).to_have_text("销售助手")
        carried = await chat.page.evaluate_handle(
            "() => { const data = new DataTransfer(); data.items.add(new File(['abc'], '名单.txt')); return data; }"
        )
        await chat.page.dispatch_event("#phone", "dragover", {"dataTransfer": carried})
        await expect(chat.page.get_by_text("松开鼠标")).to_be_visible()
        await chat.page.dispatch_event("#phone", "drop", {"dataTransfer": carried})
        await chat.page.get_by_test_id("send-files").get_by_role("button", name="发送", exact=True).click()
        await chat.sees("文件：名单.txt 3 字节")

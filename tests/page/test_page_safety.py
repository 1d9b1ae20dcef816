"""Nothing in a message becomes markup, and nothing makes a phone scroll sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from emulator.server import Emulator
from tests import browser
from tests.browser import expect
from tests.page import conftest as scene

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SHAPES = (
    ("三十", "三十个按钮"),
    ("排版", "粗体"),
    ("图片", "一张图"),
    ("长文", "很长的一段话"),
    ("键盘", "选一个"),
)
OVERFLOWING = """() => [...document.querySelectorAll("html, body, #app, #log, #composer, #side, #phone, .bubble")]
  .filter((node) => node.clientWidth && node.scrollWidth > node.clientWidth + 1)
  .map((node) => node.id || node.className)"""
ATTACKS = (
    "<b>粗</b> & <i>斜</i>",
    '<img src=x onerror="window.hacked = 1">',
    "<script>window.hacked = 1</script>",
    '"><svg onload=window.hacked=1>',
    "javascript:window.hacked=1//",
)


async def test_markup_in_names_and_messages_is_text(chromium: Browser, emulator: Emulator, bot: scene.App) -> None:
    for number, attack in enumerate(ATTACKS):
        hostile = emulator.person(attack, 2000 + number, description=attack)
        emulator.group(attack, [hostile, emulator.person("张伟", scene.REP)])
    async with browser.chat_page(chromium, emulator.page_url, scene.REP, size=browser.DESKTOP) as chat:
        for attack in ATTACKS:
            await chat.say(attack)
            answer = await chat.sees(f"收到：{attack}")
            await expect(answer.get_by_test_id("message-text")).to_have_text(f"收到：{attack}")
            await expect(chat.page.get_by_test_id("person").filter(has_text=attack)).to_be_visible()
        assert await chat.page.evaluate("window.hacked") is None
        assert (
            await chat.page.locator("#log :is(script, b, i, img), #side :is(script, b, i, img[onerror])").count() == 0
        )


async def test_link_with_a_script_is_no_link(chromium: Browser, emulator: Emulator, bot: scene.App) -> None:
    async with browser.chat_page(chromium, emulator.page_url, scene.REP) as chat:
        await chat.open_chat("销售助手")
        await chat.say("你好")
        await chat.sees("收到：你好")
        hostile = {"type": "text_link", "offset": 0, "length": 2, "url": "javascript:window.hacked=1"}
        shown = await chat.page.evaluate(
            """async entity => { const { richText } = await import("/entities.js");
               const box = document.createElement("p");
               box.append(...richText("点我", [entity], {}));
               return box.innerHTML; }""",
            hostile,
        )
        assert shown == "<span>点我</span>"


async def test_entities_are_drawn_by_utf16_offsets(chromium: Browser, emulator: Emulator, bot: scene.App) -> None:
    async with browser.chat_page(chromium, emulator.page_url, scene.REP) as chat:
        await chat.open_chat("销售助手")
        await chat.say("排版")
        text = (await chat.sees("粗体")).get_by_test_id("message-text")
        for tag, content in (
            ("strong", "粗体"),
            ("em", "斜体"),
            ("code", "a<b"),
            ("pre", "行一\n行二"),
            ("blockquote", "引文"),
        ):
            assert await text.locator(tag).first.text_content() == content
        await expect(text.get_by_role("link", name="链接")).to_have_attribute("href", "https://example.com/x")
        secret = text.get_by_role("button", name="隐藏的内容")
        await secret.click()
        await expect(text.get_by_role("button", name="隐藏的内容")).to_have_count(0)
        await text.get_by_role("button", name="/today").click()
        await chat.sees("收到：/today")


async def test_no_width_scrolls_sideways(chromium: Browser, emulator: Emulator, bot: scene.App) -> None:
    async with browser.chat_page(chromium, emulator.page_url, scene.REP) as chat:
        await chat.open_chat("销售助手")
        for word, shown in SHAPES:
            await chat.say(word)
            await chat.sees(shown)
        for width, height in (browser.PHONE, (320, 568), browser.DESKTOP, (899, 700), (900, 700)):
            await chat.page.set_viewport_size({"width": width, "height": height})
            assert await chat.page.evaluate(OVERFLOWING) == [], width
            assert await chat.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
            await expect(chat.last).to_be_in_viewport()


async def test_reading_older_messages_is_not_disturbed(chromium: Browser, emulator: Emulator, bot: scene.App) -> None:
    async with browser.chat_page(chromium, emulator.page_url, scene.REP) as chat:
        await chat.open_chat("销售助手")
        await chat.say("长文")
        await chat.sees("很长的一段话")
        log = chat.page.get_by_test_id("log")
        await log.evaluate("log => log.scrollTop = 0")
        await expect(chat.page.get_by_test_id("to-bottom")).to_be_visible()
        await bot.bot.send_message(scene.REP, "新的一条")
        await expect(chat.page.get_by_test_id("to-bottom")).to_contain_text("1")
        assert await log.evaluate("log => log.scrollTop") == 0
        await chat.page.get_by_test_id("to-bottom").click()
        await expect(await chat.sees("新的一条")).to_be_in_viewport()

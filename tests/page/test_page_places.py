"""Links, groups, topics and breaks: the page is in the right place and misses nothing."""

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


async def test_deep_link_starts_with_its_payload_once(chromium: Browser, emulator: Emulator, bot: scene.App) -> None:
    async with browser.chat_page(chromium, emulator.page_url, scene.MANAGER, start="join_abc") as chat:
        await chat.sees("你好，join_abc")
        await chat.page.reload()
        await chat.sees("你好，join_abc")
        await expect(chat.message("/start join_abc")).to_have_count(1)


async def test_group_shows_names_service_messages_and_unread(
    chromium: Browser, emulator: Emulator, bot: scene.App
) -> None:
    async with browser.chat_page(chromium, emulator.page_url, scene.REP) as chat:
        people = [emulator.person("陈主管", scene.MANAGER), emulator.person("张伟", scene.REP)]
        group = emulator.group("复盘群", people, bot_is_admin=True)
        report = await bot.bot.send_message(group.chat_id, "本周汇总")
        await report.pin()
        row = chat.page.get_by_test_id("chat").filter(has_text="复盘群")
        await expect(row.get_by_test_id("unread")).to_be_visible()
        await chat.open_chat("复盘群")
        await expect(await chat.sees("本周汇总")).to_contain_text("销售助手")
        await expect(chat.page.get_by_test_id("pinned")).to_contain_text("本周汇总")
        await expect(chat.page.get_by_test_id("service").last).to_contain_text("置顶了「本周汇总」")
        await chat.page.get_by_role("button", name="返回会话列表").click()
        await expect(row).to_be_visible()
        await expect(row.get_by_test_id("unread")).to_have_count(0)


async def test_page_comes_back_after_a_break(chromium: Browser, emulator: Emulator, bot: scene.App) -> None:
    async with browser.chat_page(chromium, emulator.page_url, scene.REP) as chat:
        await chat.open_chat("销售助手")
        await chat.say("之前")
        await chat.sees("收到：之前")
        await emulator.stop()
        await expect(chat.page.get_by_test_id("connection")).to_be_visible()
        private = emulator.world.private_chat(emulator.bot, scene.REP)
        emulator.world.post(private, emulator.bot.user, {"text": "断线时发的"})
        await emulator.start()
        await chat.sees("断线时发的")
        await expect(chat.page.get_by_test_id("connection")).to_be_hidden()


async def test_topics_are_separate_and_a_migrated_group_stays_open(
    chromium: Browser, emulator: Emulator, bot: scene.App
) -> None:
    people = [emulator.person("陈主管", scene.MANAGER), emulator.person("张伟", scene.REP)]
    forum = emulator.group("话题群", people, topics=["晨报", "投诉"], bot_is_admin=True)
    threads = {name: thread_id for thread_id, name in forum.topics.items()}
    await bot.bot.send_message(forum.chat_id, "今日晨报", message_thread_id=threads["晨报"])
    await bot.bot.send_message(forum.chat_id, "投诉一起", message_thread_id=threads["投诉"])
    old = emulator.group("老群", people, kind="group")
    async with browser.chat_page(chromium, emulator.page_url, scene.REP, size=browser.DESKTOP) as chat:
        await chat.open_chat("话题群")
        await chat.sees("今日晨报")
        await chat.page.get_by_test_id("topic").filter(has_text="投诉").click()
        await chat.sees("投诉一起")
        await expect(chat.message("今日晨报")).to_have_count(0)
        await chat.say("/today@sales_helper_bot")
        await expect(chat.last).to_contain_text("收到：/today")
        await chat.page.get_by_test_id("topic").filter(has_text="晨报").click()
        await chat.sees("今日晨报")
        await expect(chat.message("/today")).to_have_count(0)
        await chat.open_chat("老群")
        await chat.say("升级之前")
        emulator.migrate(old)
        await expect(chat.page.get_by_test_id("service").last).to_contain_text("已升级为超级群组")
        await chat.say("升级之后")
        await chat.sees("升级之后")


async def test_link_to_the_bot_starts_it_with_the_payload(
    chromium: Browser, emulator: Emulator, bot: scene.App
) -> None:
    async with browser.chat_page(chromium, emulator.page_url, size=browser.DESKTOP) as chat:
        await chat.page.get_by_role("button", name="新增一个人").click()
        await chat.page.get_by_label("名字").fill("赵六")
        await chat.page.get_by_role("button", name="新增", exact=True).click()
        await expect(chat.page.get_by_test_id("welcome")).to_be_visible()
        await chat.page.get_by_role("button", name="开始").click()
        await chat.sees("你好，没有口令")
        await chat.say("邀请")
        await (await chat.sees("join_7")).get_by_role("link").click()
        await chat.sees("你好，join_7")

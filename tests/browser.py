"""A real browser on the chat page, for every test that looks at it.

from tests.browser import chromium  # the fixture; import it in the conftest.py of the folder

async def test_it(chromium, emulator):
    async with browser.chat_page(chromium, emulator.page_url, user=1001) as chat:
        await chat.say("你好")
        await chat.sees("收到：你好")
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib import util
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator, Page
    from playwright.async_api._generated import LocatorAssertions  # the type of `expect`, not exported

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 10.0  # seconds; an exchange takes a tenth, but two cores may be shared by many tests
PHONE = (390, 844)
DESKTOP = (1440, 900)


def find_chromium() -> str | None:
    """The program that $CHROMIUM names or PATH holds; None without one."""
    named = os.environ.get("CHROMIUM")
    return next((path for name in ([named] if named else NAMES) if (path := shutil.which(name))), None)


def missing() -> str | None:
    """What a browser test lacks on this machine, in a sentence; None when it can run."""
    if util.find_spec("playwright") is None:
        return "playwright is not installed (make install-dev)"
    if find_chromium() is None:
        return f"no Chromium: set CHROMIUM or install one of {', '.join(NAMES)}"
    return None


def expect(locator: Locator) -> LocatorAssertions:
    """Playwright's assertions on `locator`, imported late because the package may be missing."""
    from playwright import async_api

    return async_api.expect(locator)


@asynccontextmanager
async def running_chromium() -> AsyncIterator[Browser]:
    """A browser without a window. Without one the test is skipped with the reason; it fails if REQUIRE has browser."""
    if reason := missing():
        if "browser" in os.environ.get("REQUIRE", "").split(","):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright import async_api

    async_api.expect.set_options(timeout=PATIENCE * 1000)
    async with async_api.async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=list(QUIET))
        yield browser
        await browser.close()


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    """A browser for one test."""
    async with running_chromium() as browser:
        yield browser


@dataclass
class ChatPage:
    """The chat page in a tab, in the words of a person; every wait ends after PATIENCE."""

    page: Page
    errors: list[str] = field(default_factory=list)

    def message(self, text: str | re.Pattern[str]) -> Locator:
        """The messages that contain `text`, buttons included."""
        return self.page.get_by_test_id("message").filter(has_text=text)

    @property
    def last(self) -> Locator:
        """The newest message."""
        return self.page.get_by_test_id("message").last

    async def choose(self, name: str) -> None:
        """One is the person `name`."""
        await self.page.get_by_test_id("person").filter(has_text=name).click()

    async def open_chat(self, title: str) -> None:
        """The chat `title` is open."""
        await self.page.get_by_test_id("chat").filter(has_text=title).click()
        await expect(self.page.get_by_test_id("chat-title")).to_have_text(title)

    async def say(self, text: str) -> None:
        """`text` has been typed and sent with Enter."""
        await self.page.get_by_test_id("composer").fill(text)
        await self.page.get_by_test_id("composer").press("Enter")

    async def sees(self, text: str | re.Pattern[str], seconds: float = PATIENCE) -> Locator:
        """The newest message containing `text`, once it has arrived."""
        found = self.message(text).last
        await expect(found).to_be_visible(timeout=seconds * 1000)
        return found

    async def press(self, label: str) -> None:
        """The newest inline button called `label` has been pressed and its spinner has ended."""
        button = self.page.get_by_test_id("inline-button").filter(has_text=label).last
        await button.click()

    async def move_clock(self, label: str) -> None:
        """The business clock has made the move that the panel calls `label` ('+1 小时', '明早 8 点', '明天此时')."""
        pill = self.page.get_by_test_id("clock").filter(visible=True)
        narrow = await pill.count() > 0
        if narrow:
            await pill.click()
        await self.page.get_by_test_id("clock-panel").get_by_role("button", name=label, exact=True).click()
        await self.toast("现在是")
        if narrow:
            await self.page.mouse.click(4, 4)

    async def toast(self, text: str) -> None:
        """A passing note with `text` has been shown."""
        await expect(self.page.get_by_test_id("toast").filter(has_text=text).last).to_be_visible()


@asynccontextmanager
async def chat_page(
    chromium: Browser, url: str, user: int | None = None, *, size: tuple[int, int] = PHONE, start: str | None = None
) -> AsyncIterator[ChatPage]:
    """The page at `url` as the person `user` sees it; a phone below 900 pixels. Script errors fail at the end."""
    width, height = size
    phone = width < 900
    context = await chromium.new_context(
        viewport={"width": width, "height": height}, has_touch=phone, is_mobile=phone, locale="zh-CN"
    )
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = await context.new_page()
    chat = ChatPage(tab)
    tab.on("pageerror", lambda error: chat.errors.append(str(error)))
    query = "&".join(f"{name}={value}" for name, value in (("user", user), ("start", start)) if value is not None)
    await tab.goto(f"{url}?{query}" if query else url)
    yield chat
    await context.close()
    assert not chat.errors, chat.errors

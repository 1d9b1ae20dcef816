"""The page with the real application behind it: type, press, move the clock, as a newcomer in the demo does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.application import App
from bot.demo import cast, team
from bot.heavy import HeavyWork
from crm.database import Database
from emulator import server
from tests import browser, models
from tests.chat.conftest import WEDNESDAY_MORNING, settings_for

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LEAD = "钱总 13700137001 上海金诺 采购经理 农历八月十五生日 展会认识 嫌交期慢 下周三回访"


@pytest_asyncio.fixture(loop_scope="session")
async def demo_page(database_url: str, tmp_path: Path) -> AsyncIterator[str]:
    """The address of the page of a demo whose clock stands at Wednesday morning."""
    heavy = HeavyWork()
    async with server.running(clock=WEDNESDAY_MORNING) as emulator:
        people = team.people(emulator)
        group = team.group(emulator, people)
        database = Database(database_url)
        database.write_now(lambda db: team.fill(db, group.chat_id, WEDNESDAY_MORNING))
        database.close()
        settings = settings_for(emulator, tmp_path, database_url)
        async with App(settings, model_dir=models.trained_model(), heavy=heavy):
            yield emulator.page_url
    heavy.close()


async def test_type_press_and_move_the_clock(chromium: Browser, demo_page: str) -> None:
    async with browser.chat_page(chromium, demo_page, 1001) as chat:
        await chat.open_chat("销售助手")
        await chat.say(LEAD)
        await chat.sees("137 0013 7001", seconds=20)
        await chat.press("撤销")
        await chat.sees("已撤销", seconds=20)
        await chat.press("恢复")
        await chat.sees("137 0013 7001", seconds=20)
        await chat.move_clock("明早 8 点")
        await chat.sees("早上好", seconds=30)


async def test_the_group_gets_the_digest_in_the_evening(chromium: Browser, demo_page: str) -> None:
    async with browser.chat_page(chromium, demo_page, 1003) as chat:
        await chat.open_chat(cast.GROUP)
        for _ in range(8):
            await chat.move_clock("+1 小时")
        await chat.sees("今日", seconds=30)

"""The user side over HTTP, as the web page and other processes use it."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
)

from emulator import server
from emulator.message import Json
from emulator.person import Person
from tests.emulator.conftest import RawClient

START = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)


class Browser:
    """Calls the addresses the page calls."""

    def __init__(self, session: aiohttp.ClientSession, root: str) -> None:
        self.session = session
        self.root = root

    async def get(self, path: str, **query: str | int) -> Any:
        async with self.session.get(self.root + path, params=query) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def post(self, path: str, **body: object) -> Json:
        async with self.session.post(self.root + path, json=body) as answer:
            got: Json = await answer.json()
            return {**got, "status": answer.status} if answer.status != 200 else got


@pytest.fixture
def browser(raw: RawClient, loose_em: server.Emulator) -> Browser:
    return Browser(raw.session, loose_em.root_url)


async def test_people_and_chats_are_listed(em: server.Emulator, browser: Browser, anna: Person) -> None:
    made = await browser.post("/phone/people", name="小王", description="销售")
    assert (made["name"], made["description"]) == ("小王", "销售")
    people = await browser.get("/phone/people")
    assert [person["name"] for person in people] == ["小李", "小王"]
    em.group("销售一组", [anna], topics=("日常",))
    private, group = await browser.get("/phone/chats", user=1001)
    assert (private["chat_id"], private["type"], private["title"]) == (1001, "private", "销售助手")
    assert (group["title"], group["is_forum"], group["topics"][0]["name"]) == ("销售一组", True, "日常")
    assert await browser.get("/phone/bot") == {
        "user_id": em.bot.user_id,
        "name": "销售助手",
        "username": "sales_helper_bot",
        "description": "",
    }


async def test_a_conversation_over_http(em: server.Emulator, browser: Browser, bot: Bot, anna: Person) -> None:
    sent = await browser.post("/phone/send", user=1001, chat=1001, text="你好 <b>&")
    assert sent["outgoing"] is True
    await bot.send_message(1001, "选一个", reply_markup=ReplyKeyboardMarkup([["今天"]]))
    edited = await browser.post("/phone/edit", user=1001, chat=1001, message_id=sent["message_id"], text="您好")
    assert edited["text"] == "您好"
    (chat,) = await browser.get("/phone/chats", user=1001)
    assert (chat["unread"], chat["last_text"]) == (1, "选一个")
    mine, other = await browser.get("/phone/messages", user=1001, chat=1001)
    assert (mine["text"], mine["outgoing"], other["outgoing"]) == ("您好", True, False)
    assert other["reply_keyboard"]["keyboard"] == [[{"text": "今天"}]]
    (later,) = await browser.get("/phone/messages", user=1001, chat=1001, after=mine["message_id"])
    assert later["text"] == "选一个"
    (chat,) = await browser.get("/phone/chats", user=1001)
    assert chat["unread"] == 0


async def test_pressing_waits_for_the_answer(em: server.Emulator, browser: Browser, bot: Bot, anna: Person) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("撤销", callback_data="undo")]])
    card = await bot.send_message(1001, "卡片", reply_markup=keyboard)
    pressing = asyncio.create_task(
        browser.post("/phone/press", user=1001, chat=1001, message_id=card.message_id, data="undo")
    )
    (update,) = await bot.get_updates(timeout=5)
    assert update.callback_query is not None
    await update.callback_query.answer("已撤销")
    assert await pressing == {"text": "已撤销", "show_alert": False}


async def test_contacts_and_files_are_sent(em: server.Emulator, browser: Browser, bot: Bot, anna: Person) -> None:
    await browser.post("/phone/contact", user=1001, chat=1001, phone="13800138000", first_name="张伟")
    form = aiohttp.FormData({"user": "1001", "chat": "1001", "kind": "document", "caption": "名单"}, quote_fields=False)
    form.add_field("file", b"<script>", filename="页.html", content_type="text/html")
    async with browser.session.post(browser.root + "/phone/upload", data=form) as answer:
        message = await answer.json()
    assert (message["document"]["file_name"], message["caption"]) == ("页.html", "名单")
    assert len(await bot.get_updates()) == 2
    url = f"{browser.root}/phone/file?file_id={message['document']['file_id']}"
    async with browser.session.get(url) as answer:
        assert await answer.read() == b"<script>"
        assert answer.headers["Content-Type"] == "application/octet-stream"


async def test_the_menu_follows_its_scopes(em: server.Emulator, browser: Browser, bot: Bot, anna: Person) -> None:
    await bot.set_my_commands([BotCommand("help", "帮助")])
    assert await browser.get("/phone/commands", user=1001, chat=1001) == [{"command": "help", "description": "帮助"}]
    await bot.set_my_commands([BotCommand("today", "今天")], BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([BotCommand("summary", "汇总")], BotCommandScopeChat(1001))
    assert await browser.get("/phone/commands", user=1001, chat=1001) == [{"command": "summary", "description": "汇总"}]
    group = em.group("销售一组", [anna])
    assert await browser.get("/phone/commands", user=1001, chat=group.chat_id) == [
        {"command": "help", "description": "帮助"}
    ]


async def test_open_phones_hear_of_everything_in_their_chats(
    em: server.Emulator, browser: Browser, bot: Bot, anna: Person
) -> None:
    wang = em.person("小王", 1002)
    async with browser.session.ws_connect(browser.root + "/phone/events?user=1001") as socket:
        await wang.send("别人的话")
        await bot.send_chat_action(1001, "typing")
        sent = await bot.send_message(1001, "一")
        await bot.edit_message_text("二", 1001, sent.message_id)
        await bot.delete_message(1001, sent.message_id)
        await em.clock.advance(timedelta(hours=1))
        events = [await socket.receive_json(timeout=5) for _ in range(5)]
    assert [event["type"] for event in events] == ["chat_action", "message", "edited", "deleted", "clock"]
    assert (events[0]["action"], events[1]["message"]["text"], events[2]["message"]["text"]) == ("typing", "一", "二")
    assert events[3]["message_id"] == sent.message_id


async def test_the_clock_moves_to_tomorrow_morning_and_wakes_who_waits() -> None:
    async with server.running(clock=START) as em, aiohttp.ClientSession() as session:
        assert em.clock.frozen
        browser = Browser(session, em.root_url)
        assert await browser.get("/clock") == {"now": "2026-11-28T02:00:00+00:00", "version": 1, "frozen": True}
        waiting = asyncio.create_task(browser.get("/clock", version=1, timeout=30))
        moved = await browser.post("/phone/clock", to="tomorrow_morning")
        assert moved["now"] == "2026-11-29T00:00:00+00:00"
        assert await waiting == moved
        assert await browser.get("/clock", version=2, timeout=0) == moved
        await browser.post("/phone/clock", advance_seconds=60)
        await browser.post("/phone/clock", now="2026-12-01T08:00:00+08:00")
        assert em.clock.now() == datetime(2026, 12, 1, tzinfo=UTC)


async def test_a_running_clock_keeps_running_after_a_move(em: server.Emulator) -> None:
    before = em.clock.now()
    await em.clock.advance(timedelta(days=1))
    assert timedelta(days=1) <= em.clock.now() - before < timedelta(days=1, minutes=1)
    with pytest.raises(ValueError):
        await em.clock.move_to(datetime(2026, 1, 1))  # noqa: DTZ001 - a time without zone is the mistake


async def test_mistakes_are_answered_not_crashed(em: server.Emulator, browser: Browser, anna: Person) -> None:
    assert (await browser.post("/phone/send", user=1001, chat=-5, text="喂"))["error"] == "Bad Request: chat not found"
    assert (await browser.post("/phone/send", user=77, chat=77, text="喂"))["status"] == 400
    assert (await browser.post("/phone/send", user=1001))["status"] == 400
    assert (await browser.post("/phone/nothing"))["status"] == 404
    for path in ("/phone/file?file_id=x", "/../server.py", "/%2e%2e/server.py", "/nothing.js"):
        async with browser.session.get(em.root_url + path) as answer:
            assert answer.status == 404


async def test_control_from_another_process(em: server.Emulator, browser: Browser, bot: Bot, anna: Person) -> None:
    await browser.post("/control/fault", kind="too_many", method="getMe", times=1, retry_after=3)
    (fault,) = await browser.get("/control/faults")
    assert fault["kind"] == "too_many"
    assert await browser.post("/control/clear_faults") == {}
    group = await browser.post("/control/group", title="销售一组", members=[1001], kind="group")
    grown = await browser.post("/control/migrate", chat_id=group["chat_id"])
    assert em.world.groups[grown["chat_id"]].kind == "supergroup"
    await bot.send_message(grown["chat_id"], "早报")
    traffic = await browser.get("/control/traffic", after=1)
    assert [record["method"] for record in traffic["records"]] == ["sendMessage", "sendMessage"]
    assert traffic["records"][1]["response"]["result"]["text"] == "早报"
    assert (await browser.post("/control/fault", kind="explode"))["status"] == 400
    assert await browser.post("/control/block", user=1001) == {}
    state = await browser.get("/control/state")
    assert state["users"] == [1001]

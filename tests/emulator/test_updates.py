"""How updates reach a bot: by polling and by webhook."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, Update
from telegram.error import Conflict
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from emulator import server
from emulator.message import Json
from emulator.person import Person
from tests.emulator.conftest import RawClient


async def test_an_offset_confirms_what_is_below(em: server.Emulator, bot: Bot, anna: Person) -> None:
    for text in ("一", "二", "三"):
        await anna.send(text)
    first = await bot.get_updates(limit=2)
    assert [u.message.text for u in first if u.message] == ["一", "二"]
    assert [u.update_id for u in await bot.get_updates(limit=2)] == [u.update_id for u in first]
    rest = await bot.get_updates(offset=first[-1].update_id + 1)
    assert [u.message.text for u in rest if u.message] == ["三"]
    assert em.deliveries == 1
    assert await bot.get_updates(offset=rest[-1].update_id + 1) == ()
    assert em.deliveries == 0


async def test_a_negative_offset_keeps_only_the_last(em: server.Emulator, bot: Bot, anna: Person) -> None:
    for text in ("一", "二", "三"):
        await anna.send(text)
    (last,) = await bot.get_updates(offset=-1)
    assert last.message is not None
    assert last.message.text == "三"
    assert em.deliveries == 1


async def test_a_long_poll_ends_with_the_first_update(em: server.Emulator, bot: Bot, anna: Person) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    while not em.bot.deliveries.polled:
        await bot.get_me()
    await anna.send("来了")
    (update,) = await waiting
    assert update.message is not None
    assert update.message.text == "来了"


async def test_the_second_poller_ends_the_first(em: server.Emulator, bot: Bot, raw: RawClient, anna: Person) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    while not em.bot.deliveries.polled:
        await bot.get_me()
    second = asyncio.create_task(raw.post("getUpdates", timeout=20))
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first
    await anna.send("来了")
    assert len((await second)["result"]) == 1


async def test_only_allowed_kinds_are_queued(em: server.Emulator, bot: Bot, anna: Person) -> None:
    await bot.get_updates(allowed_updates=["edited_message"])
    note = await anna.send("一")
    await anna.edit(note, "二")
    (update,) = await bot.get_updates()
    assert update.edited_message is not None
    assert update.edited_message.text == "二"
    assert update.edited_message.edit_date is not None
    await bot.get_updates(offset=update.update_id + 1, allowed_updates=[])
    await anna.send("三")
    assert len(await bot.get_updates()) == 1


@asynccontextmanager
async def receiver(statuses: list[int]) -> AsyncIterator[tuple[str, asyncio.Queue[tuple[str | None, Json]]]]:
    """A web address of a bot that answers with these statuses, then with 200."""
    got: asyncio.Queue[tuple[str | None, Json]] = asyncio.Queue()

    async def take(request: web.Request) -> web.Response:
        got.put_nowait((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        return web.Response(status=statuses.pop(0) if statuses else 200)

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", got
    await runner.cleanup()


async def test_a_webhook_gets_all_in_order_until_it_accepts(em: server.Emulator, bot: Bot, anna: Person) -> None:
    await anna.send("之前")
    async with receiver([503, 500]) as (url, got):
        assert await bot.set_webhook(url, secret_token="s3cret", allowed_updates=["message"])
        await anna.send("之后")
        async with asyncio.timeout(10):
            pushes = [await got.get() for _ in range(4)]
        assert [body["message"]["text"] for _, body in pushes] == ["之前", "之前", "之前", "之后"]
        assert {secret for secret, _ in pushes} == {"s3cret"}
        while em.deliveries:
            assert await em.bot.deliveries.confirmed.wait(5)
        info = await bot.get_webhook_info()
        assert (info.url, info.pending_update_count) == (url, 0)
        assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        assert await bot.delete_webhook()
    await anna.send("再之后")
    assert [u.message.text for u in await bot.get_updates() if u.message] == ["再之后"]


async def test_pending_updates_can_be_dropped(em: server.Emulator, bot: Bot, anna: Person) -> None:
    await anna.send("旧")
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_text(f"收到：{update.effective_message.text}")


async def welcome(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_text(f"欢迎，{(context.args or ['陌生人'])[0]}")


async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer(f"按了 {update.callback_query.data}")


def application(em: server.Emulator) -> Application[Any, Any, Any, Any, Any, Any]:
    app = Application.builder().token(em.token).base_url(em.base_url).job_queue(None).build()
    app.add_handler(CommandHandler("start", welcome))
    app.add_handler(CallbackQueryHandler(pressed))
    app.add_handler(MessageHandler(filters.TEXT, echo))
    return app


async def test_a_polling_application_talks_to_people(em: server.Emulator) -> None:
    app = application(em)
    async with app:
        assert app.updater is not None
        await app.start()
        await app.updater.start_polling()
        anna, wang = em.person("小李"), em.person("小王")
        await anna.start("invite123")
        await wang.send("记 张伟 嫌贵")
        assert (await anna.next_message()).text == "欢迎，invite123"
        answered = await wang.next_message()
        assert answered.text == "收到：记 张伟 嫌贵"
        assert (await wang.press(answered, data="旧按钮")).text == "按了 旧按钮"
        await app.updater.stop()
        await app.stop()


async def test_a_webhook_application_talks_to_people(em: server.Emulator) -> None:
    app = application(em)
    async with app, receiver([]) as (url, got):
        await app.start()
        await app.bot.set_webhook(url)
        anna = em.person("小李")
        await anna.start("invite123")
        async with asyncio.timeout(10):
            _, body = await got.get()
        await app.update_queue.put(Update.de_json(body, app.bot))
        assert (await anna.next_message()).text == "欢迎，invite123"
        await app.bot.delete_webhook()
        await app.stop()


async def test_stopping_does_not_wait_for_a_long_poll(raw: RawClient, loose_em: server.Emulator) -> None:
    polling = asyncio.create_task(raw.post("getUpdates", timeout=50))
    while not loose_em.bot.deliveries.polled:
        await raw.post("getMe")
    async with asyncio.timeout(0.4):
        await loose_em.stop()
    assert (await polling)["result"] == []


async def test_large_ids_survive(em: server.Emulator, raw: RawClient) -> None:
    anna = em.person("小李", 2**52 - 1)
    await anna.start()
    assert (await raw.post("sendMessage", chat_id=2**52 - 1, text="好"))["result"]["chat"]["id"] == 2**52 - 1
    with pytest.raises(ValueError):
        em.person("太大", 2**52)

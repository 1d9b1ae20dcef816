"""Faults happen when asked for, as often as asked, and leave the world in the state they promise."""

import asyncio

import aiohttp
import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, Forbidden, NetworkError, TimedOut

from emulator import server
from emulator.faults import Faults
from emulator.person import Person
from tests.emulator.conftest import RawClient


async def test_a_cut_has_an_effect_only_after(em: server.Emulator, raw: RawClient, anna: Person) -> None:
    for kind, texts in (("cut_before", []), ("cut_after", ["cut_after"])):
        em.faults.add(kind, "sendMessage")
        with pytest.raises(aiohttp.ClientError):
            await raw.post("sendMessage", chat_id=1001, text=kind)
        assert [message.text for message in anna.messages()] == texts
    assert (await raw.post("sendMessage", chat_id=1001, text="再来"))["ok"]


async def test_a_slow_answer_comes_after_the_message(em: server.Emulator, bot: Bot, anna: Person) -> None:
    em.faults.add(method="sendMessage", kind="slow", seconds=30)
    with pytest.raises(TimedOut):
        await bot.send_message(1001, "慢", read_timeout=0.05)
    assert [message.text for message in anna.messages()] == ["慢"]


@pytest.mark.parametrize(
    ("kind", "details", "error", "words"),
    [
        ("refuse", {"description": "CHAT_WRITE_FORBIDDEN"}, BadRequest, "Chat_write_forbidden"),
        ("forbidden", {}, Forbidden, "bot was blocked by the user"),
        ("server_error", {}, NetworkError, "Bad Gateway"),
    ],
)
async def test_refusals_reach_the_client_and_pass(
    em: server.Emulator,
    bot: Bot,
    anna: Person,
    kind: str,
    details: dict[str, object],
    error: type[Exception],
    words: str,
) -> None:
    em.faults.add(method="sendMessage", kind=kind, times=2, **details)
    for _ in range(2):
        with pytest.raises(error, match=words):
            await bot.send_message(1001, "一")
    assert anna.messages() == []
    assert (await bot.send_message(1001, "二")).text == "二"


async def test_too_many_says_when_to_come_back(em: server.Emulator, raw: RawClient, anna: Person) -> None:
    em.faults.add("too_many", "sendMessage", retry_after=7)
    answer = await raw.post("sendMessage", chat_id=1001, text="一")
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 7})
    assert answer["description"] == "Too Many Requests: retry after 7"


async def test_a_fault_for_one_chat_or_method_spares_the_others(em: server.Emulator, bot: Bot, anna: Person) -> None:
    wang = em.person("小王", 1002, started=True)
    em.faults.add(method="sendMessage", kind="forbidden", chat_id=1002)
    assert await bot.send_message(1001, "好")
    assert await bot.send_document(1002, InputFile(b"x", "a.txt"))
    with pytest.raises(Forbidden):
        await bot.send_message(1002, "好")
    assert len(wang.messages()) == 1
    assert em.faults.waiting() == []


async def test_a_press_can_expire(em: server.Emulator, bot: Bot, anna: Person) -> None:
    sent = await bot.send_message(1001, "卡片")
    em.faults.add(kind="expired_query")
    pressing = asyncio.create_task(anna.press((await anna.next_message()), data="x"))
    (update,) = await bot.get_updates(timeout=5)
    assert update.callback_query is not None
    assert update.callback_query.message is not None
    assert update.callback_query.message.message_id == sent.message_id
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await bot.answer_callback_query(update.callback_query.id)
    pressing.cancel()


async def test_an_update_can_come_twice(em: server.Emulator, bot: Bot, anna: Person) -> None:
    em.faults.add(kind="duplicate_update", method="edited_message")
    note = await anna.send("一")
    await anna.edit(note, "二")
    first, second, third = await bot.get_updates()
    assert first.message is not None
    assert second.update_id == third.update_id
    assert second.edited_message == third.edited_message


async def test_a_cut_poll_loses_no_update(em: server.Emulator, raw: RawClient, anna: Person) -> None:
    await anna.send("一")
    em.faults.add("cut_after", "getUpdates")
    with pytest.raises(aiohttp.ClientError):
        await raw.post("getUpdates")
    assert len((await raw.post("getUpdates"))["result"]) == 1


def test_unknown_faults_are_refused() -> None:
    with pytest.raises(ValueError):
        Faults().add("explode")
    with pytest.raises(TypeError):
        Faults().add("slow", second=5)

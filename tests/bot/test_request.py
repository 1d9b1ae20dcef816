"""A real telegram.Bot over AiohttpRequest: what it sends arrives, each failure is the library's own error."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.error import Forbidden, NetworkError, RetryAfter, TimedOut

from bot.request import AiohttpRequest
from emulator import server
from tests.bot import house


@pytest.fixture
async def emulator() -> AsyncIterator[server.Emulator]:
    async with server.running(clock=house.NOW) as running:
        running.person("小李", 1001, started=True)
        yield running


@pytest.fixture
async def bot(emulator: server.Emulator) -> AsyncIterator[Bot]:
    made = Bot(
        emulator.token,
        base_url=emulator.base_url,
        base_file_url=emulator.file_url,
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    async with made:
        yield made


async def test_a_text_goes_out(emulator: server.Emulator, bot: Bot) -> None:
    assert bot.username == "sales_helper_bot"
    sent = await bot.send_message(1001, "您好")
    assert (await emulator.person("小李").next_message())["message_id"] == sent.message_id


async def test_a_file_keeps_its_chinese_name(emulator: server.Emulator, bot: Bot) -> None:
    sent = await bot.send_document(1001, b"a,b\n", filename="客户 三月.csv", caption="给您")
    assert sent.document is not None
    assert sent.document.file_name == "客户 三月.csv"
    (exchange,) = emulator.traffic.of("sendDocument")
    assert exchange.files["document"] == ("客户 三月.csv", 4)
    fetched = await (await bot.get_file(sent.document.file_id)).download_as_bytearray()
    assert bytes(fetched) == b"a,b\n"


async def test_a_late_answer_is_a_timeout(emulator: server.Emulator, bot: Bot) -> None:
    emulator.faults.add("slow", "sendMessage", seconds=5)
    with pytest.raises(TimedOut):
        await bot.send_message(1001, "您好", read_timeout=-9.8)  # AiohttpRequest adds ten seconds to connect


async def test_a_cut_connection_is_a_network_error(emulator: server.Emulator, bot: Bot) -> None:
    emulator.faults.add("cut_before", "sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(1001, "您好")


async def test_a_server_that_is_not_there_is_a_network_error() -> None:
    absent = Bot("1:x", base_url=f"http://127.0.0.1:{house.free_port()}/bot", request=AiohttpRequest())
    with pytest.raises(NetworkError):
        await absent.initialize()
    await absent.shutdown()


async def test_being_asked_to_wait_says_how_long(
    emulator: server.Emulator, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # else the library warns that its own attribute will change
    emulator.faults.add("too_many", "sendMessage", retry_after=7)
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(1001, "您好")
    assert caught.value.retry_after.total_seconds() == 7  # type: ignore[union-attr]  # a timedelta by the setting above


async def test_being_blocked_is_forbidden(emulator: server.Emulator, bot: Bot) -> None:
    emulator.faults.add("forbidden", "sendMessage")
    with pytest.raises(Forbidden):
        await bot.send_message(1001, "您好")


async def test_a_request_that_was_not_opened_says_so() -> None:
    with pytest.raises(RuntimeError, match="not initialized"):
        await AiohttpRequest().do_request("http://127.0.0.1/", "POST")

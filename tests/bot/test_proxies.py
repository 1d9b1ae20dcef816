"""telegram.proxy: everything goes through it, and a proxy that refuses stops nothing for good."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from bot import request
from bot.telegram_api import NotSent, TelegramApi
from emulator import server
from tests.bot import house, proxies

REP_ID = 1001
Opened = Callable[[], AbstractAsyncContextManager[proxies.Proxy]]
KINDS = [pytest.param(proxies.http, "http", id="http"), pytest.param(proxies.socks5, "socks5", id="socks5")]


@pytest.mark.parametrize(("opened", "scheme"), KINDS)
async def test_the_bot_works_through_a_proxy(tmp_path: Path, database_url: str, opened: Opened, scheme: str) -> None:
    house.seat(database_url, REP_ID)
    async with server.running(clock=house.NOW) as emulator, opened() as proxy:
        rep = emulator.person("小李", REP_ID, started=True)
        given = house.settings(emulator, tmp_path, database_url, proxy=f"{scheme}://127.0.0.1:{proxy.port}")
        async with house.running(given) as app:
            await rep.send("/help")
            assert "全部命令" in (await rep.next_message()).text
            await app.idle()
            called = {exchange.method for exchange in emulator.traffic}
            assert {"getMe", "getUpdates", "sendMessage"} <= called
        if scheme == "http":
            assert {"POST getMe", "POST getUpdates", "POST sendMessage"} <= set(proxy.asked)
        else:
            assert set(proxy.asked) == {f"127.0.0.1:{emulator.port}"}


@pytest.mark.parametrize(("opened", "scheme"), KINDS)
async def test_nothing_goes_round_the_proxy(opened: Opened, scheme: str) -> None:
    async with server.running(clock=house.NOW) as emulator, opened() as proxy:
        proxy.refuses = True
        async with request.open_session(f"{scheme}://127.0.0.1:{proxy.port}") as session:
            api = TelegramApi(session, emulator.base_url, emulator.file_url, emulator.token)
            if scheme == "socks5":
                with pytest.raises(NotSent):
                    await api.call("getMe", {})
            else:
                with pytest.raises(Exception, match="502"):  # the proxy's answer looks like the API's
                    await api.call("getMe", {})
        assert len(proxy.asked) == 1
        assert len(emulator.traffic) == 0


async def test_an_https_address_is_reached_by_connect() -> None:
    async with proxies.http() as proxy:
        proxy.refuses = True
        async with request.open_session(f"http://127.0.0.1:{proxy.port}") as session:
            api = TelegramApi(session, "https://api.example.org/bot", "https://api.example.org/file/bot", "1:x")
            with pytest.raises(NotSent):
                await api.call("getMe", {})
    assert proxy.asked == ["CONNECT api.example.org:443"]


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_a_proxy_that_is_not_there_means_not_sent(scheme: str) -> None:
    async with request.open_session(f"{scheme}://127.0.0.1:{house.free_port()}") as session:
        api = TelegramApi(session, "http://127.0.0.1:9/bot", "http://127.0.0.1:9/file/bot", "1:x")
        with pytest.raises(NotSent):
            await api.call("getMe", {})


@pytest.mark.parametrize(("opened", "scheme"), KINDS)
async def test_a_proxy_that_refuses_for_a_while_is_survived(
    tmp_path: Path, database_url: str, opened: Opened, scheme: str
) -> None:
    house.seat(database_url, REP_ID)
    async with server.running(clock=house.NOW) as emulator, opened() as proxy:
        rep = emulator.person("小李", REP_ID, started=True)
        given = house.settings(emulator, tmp_path, database_url, proxy=f"{scheme}://127.0.0.1:{proxy.port}")
        async with house.running(given):
            await rep.send("/help")
            await rep.next_message()
            proxy.refuses = True
            asked = len(proxy.asked)
            proxy.cut()
            await rep.send("/help")
            await house.until(lambda: len(proxy.asked) > asked + 1)
            proxy.refuses = False
            await rep.next_message()

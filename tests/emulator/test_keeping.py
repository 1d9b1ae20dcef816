"""An emulator that was kept and goes on: with what was said, on a port of its own, and without what only hung on it."""

from __future__ import annotations

from telegram import Bot
from telegram.request import HTTPXRequest

from emulator.server import Emulator
from tests.emulator.conftest import PLAIN


def client(em: Emulator) -> Bot:
    """The bot's own side of it."""
    request = HTTPXRequest(httpx_kwargs={"verify": PLAIN})
    return Bot(em.token, base_url=em.base_url, request=request, get_updates_request=request)


async def test_what_was_said_is_there_and_numbers_go_on() -> None:
    first = Emulator()
    anna = first.person("小李", 1001)
    async with first:
        await anna.send("张伟嫌交期慢")
        async with client(first) as bot:
            sent = await bot.send_message(1001, "已记到")
    kept = first.keep()
    for _ in range(2):  # each goes on from the same moment
        async with Emulator.resumed(kept) as again, client(again) as bot:
            assert again.root_url != first.root_url
            rep = again.person("小李", 1001)
            assert [message.text for message in rep.messages()] == ["张伟嫌交期慢", "已记到"]
            following = await bot.send_message(1001, "还有吗")
            assert following.message_id == sent.message_id + 1
            assert list(again.traffic)[-1].method == "sendMessage"
    assert [message.text for message in anna.messages()] == ["张伟嫌交期慢", "已记到"]

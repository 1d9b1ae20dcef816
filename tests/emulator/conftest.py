"""A running emulator and a real python-telegram-bot client for it."""

import ssl
from collections.abc import AsyncIterator

import aiohttp
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from emulator import server
from emulator.message import Json
from emulator.person import Person
from tests import spec_traffic

PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # loading the real certificates costs more than most tests


class RawClient:
    """Sends requests as they are, well-formed or not."""

    def __init__(self, session: aiohttp.ClientSession, root: str) -> None:
        self.session = session
        self.root = root

    async def post(self, method: str, **params: object) -> Json:
        """The answer to a JSON request."""
        async with self.session.post(self.root + method, json=params) as answer:
            body: Json = await answer.json()
            assert body.get("error_code", 200) == answer.status
            return body


@pytest.fixture
async def loose_em() -> AsyncIterator[server.Emulator]:
    """An emulator whose traffic may be wrong on purpose."""
    async with server.running() as emulator:
        yield emulator


@pytest.fixture
async def em(loose_em: server.Emulator) -> AsyncIterator[server.Emulator]:
    """An emulator whose traffic, when the test is over, conforms to the official description."""
    yield loose_em
    assert spec_traffic.findings(loose_em.traffic) == []


@pytest.fixture
async def bot(loose_em: server.Emulator) -> AsyncIterator[Bot]:
    """A real client of the emulator."""
    request, polling = (HTTPXRequest(httpx_kwargs={"verify": PLAIN}) for _ in range(2))
    client = Bot(loose_em.token, loose_em.base_url, loose_em.file_url, request, polling)
    async with client:
        yield client


@pytest.fixture
async def raw(loose_em: server.Emulator) -> AsyncIterator[RawClient]:
    """A client that sends anything."""
    async with aiohttp.ClientSession() as session:
        yield RawClient(session, f"{loose_em.base_url}{loose_em.token}/")


@pytest.fixture
def anna(loose_em: server.Emulator) -> Person:
    """A person who has started the bot long ago."""
    return loose_em.person("小李", 1001, "xiaoli", started=True)

"""The emulator as one server on this machine.

async with server.running() as em:
    anna = em.person("小李", user_id=1001)
    await anna.start()
    card = await anna.next_message()
"""

import asyncio
import pickle
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from types import TracebackType
from typing import Self

from aiohttp import StreamReader, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http import RawRequestMessage
from aiohttp.web_protocol import RequestHandler

from emulator import bodies, groups
from emulator.bot import Bot
from emulator.chat import Chat, Standing
from emulator.clock import Clock
from emulator.control import Control
from emulator.faults import Faults
from emulator.methods import Cut, Methods
from emulator.page_files import serve_page
from emulator.person import Person
from emulator.phone import Phone
from emulator.rates import Rates
from emulator.refusals import Refusal
from emulator.traffic import Traffic
from emulator.webhooks import Webhooks
from emulator.world import World

HOST = "127.0.0.1"
TOKEN = "7000000001:emulated-bot-token-for-tests-only"  # noqa: S105 - opens nothing but this emulator


class Emulator:
    """A Bot API server with its people; use as an async context, or start() and stop()."""

    def __init__(
        self, port: int = 0, clock: datetime | None = None, token: str = TOKEN, username: str = "sales_helper_bot"
    ) -> None:
        """Port 0 takes a free one; `clock` (aware) makes the business clock stand still there."""
        self.port = port
        self.clock = Clock(clock)
        self.faults = Faults()
        self.rates = Rates()
        self.traffic = Traffic()
        self.world = World(self.clock, self.faults)
        self.webhooks = Webhooks(self.clock, self.traffic)
        self.bot = self.add_bot(token, username)
        self._methods = Methods(self.world, self.faults, self.rates, self.webhooks, self.traffic)
        self._phone = Phone(self.world, self.bot)
        self._control = Control(self.world, self.bot, self.faults, self.rates, self.traffic)
        self._people: dict[tuple[int, int], Person] = {}
        self._runner: web.ServerRunner | None = None

    # addresses

    @property
    def token(self) -> str:
        return self.bot.token

    @property
    def root_url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def base_url(self) -> str:
        return f"{self.root_url}/bot"

    @property
    def file_url(self) -> str:
        return f"{self.root_url}/file/bot"

    @property
    def clock_url(self) -> str:
        return f"{self.root_url}/clock"

    @property
    def page_url(self) -> str:
        return f"{self.root_url}/"

    @property
    def deliveries(self) -> int:
        """How many updates the default bot has not confirmed yet."""
        return len(self.bot.deliveries)

    # people and groups

    def add_bot(self, token: str, username: str, name: str = "销售助手", *, privacy: bool = True) -> Bot:
        """Another bot exists; privacy off lets it read everything in groups."""
        bot = self.world.add_bot(token, username, name)
        bot.privacy = privacy
        return bot

    def person(
        self,
        name: str,
        user_id: int | None = None,
        username: str | None = None,
        *,
        description: str = "",
        bot: Bot | None = None,
        started: bool = False,
    ) -> Person:
        """A person, new or known by id or name; `started` lets the bot write first, as if /start had been long ago."""
        user = self.world.person(name, user_id, username)
        if description:
            self.world.descriptions[user["id"]] = description
        bot = bot or self.bot
        person = self._people.setdefault((bot.user_id, user["id"]), Person(self.world, bot, user))
        if started:
            person.chat.started = True
        return person

    def group(
        self,
        title: str,
        members: Iterable[Person] = (),
        kind: str = "supergroup",
        topics: Iterable[str] = (),
        *,
        bots: Iterable[Bot] | None = None,
        bot_is_admin: bool = False,
    ) -> Chat:
        """A group of these people (the first is the owner) and the bot, who is told."""
        people = [person.user for person in members]
        chat = groups.found(self.world, title, people, kind, topics)
        standing = Standing.ADMINISTRATOR if bot_is_admin else Standing.MEMBER
        for bot in [self.bot] if bots is None else bots:
            groups.add_bot(self.world, chat, bot, people[0] if people else bot.user, standing)
        return chat

    def migrate(self, group: Chat) -> Chat:
        """The basic group lives on as a supergroup; answers the new chat."""
        return groups.migrate(self.world, group)

    # running

    def keep(self) -> bytes:
        """Everything said and known, to go on from, of an emulator that does not run; its traffic is forgotten."""
        self.traffic.clear()
        for bot in self.world.bots.values():
            bot.queries.clear()  # nobody waits for an answer any more
        return pickle.dumps(self)

    @staticmethod
    def resumed(kept: bytes) -> "Emulator":
        """Another emulator, which goes on from what was kept, once started on a free port."""
        emulator: Emulator = pickle.loads(kept)  # noqa: S301 - from `keep` of the same process
        emulator.port = 0
        return emulator

    async def start(self) -> Self:
        """The server answers at `root_url`."""
        for bot in self.world.bots.values():
            bot.deliveries.open()
        server = web.Server(self._handle, request_factory=_request, handler_cancellation=True, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self.port).start()
        self.port = int(self._runner.addresses[0][1])
        return self

    async def stop(self) -> None:
        """Nothing answers any more; everything said is still there to be read."""
        for bot in self.world.bots.values():
            bot.deliveries.close()
        await self.webhooks.stop()
        await self._phone.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        try:
            if path.startswith("/bot"):
                token, _, method = path[4:].partition("/")
                return await self._methods.answer(request, token, method)
            return await self._handle_rest(request, path)
        except Refusal as refusal:
            return web.json_response(refusal.as_json(), status=refusal.code)
        except Cut:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)

    async def _handle_rest(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        if path.startswith("/phone/"):
            return await self._phone.answer(request, path)
        if path.startswith("/control/"):
            return await self._control.answer(request, path)
        if path.startswith("/file/bot"):
            return self._download(path)
        if path == "/clock":
            await self.clock.changed_since(
                int(request.query.get("version", -1)), float(request.query.get("timeout", 0))
            )
            return web.json_response(self.clock.as_json())
        return serve_page(path)

    def _download(self, path: str) -> web.Response:
        token, _, file_path = path.removeprefix("/file/bot").partition("/")
        if token not in self.world.bots:
            raise Refusal(401, "Unauthorized")
        stored = self.world.files.download(file_path)
        return web.Response(body=stored.content, content_type="application/octet-stream")


def _request(
    message: RawRequestMessage,
    payload: StreamReader,
    protocol: RequestHandler,
    writer: AbstractStreamWriter,
    task: asyncio.Task[None],
) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    size = bodies.LARGEST_BODY
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=size)


@asynccontextmanager
async def running(port: int = 0, clock: datetime | None = None, token: str = TOKEN) -> AsyncIterator[Emulator]:
    """A running emulator, stopped at the end of the block."""
    async with Emulator(port, clock, token) as emulator:
        yield emulator

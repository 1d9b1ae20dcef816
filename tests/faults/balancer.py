"""What stands before several replicas: each call of the webhook goes to the next of them; answers may get lost."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from bot.web import SECRET_HEADER

GATEWAY_FAILED = 502


@dataclass(slots=True)
class Balancer:
    """Passes calls on, in turn. `loses` answers of 200 become a 502, though the replica has taken the call."""

    ports: list[int]
    loses: int = 0
    port: int = 0
    taken: Counter[int] = field(default_factory=Counter)  # port → calls it answered with 200
    _turn: itertools.count[int] = field(default_factory=itertools.count)

    @property
    def url(self) -> str:
        """Where Telegram calls."""
        return f"http://127.0.0.1:{self.port}"

    async def answer(self, request: web.Request, session: aiohttp.ClientSession) -> web.Response:
        """The answer of the next replica."""
        port = self.ports[next(self._turn) % len(self.ports)]
        headers = {SECRET_HEADER: request.headers.get(SECRET_HEADER, "")}
        try:
            async with session.post(
                f"http://127.0.0.1:{port}{request.path}", data=await request.read(), headers=headers
            ) as answer:
                status = answer.status
        except aiohttp.ClientError:
            return web.Response(status=GATEWAY_FAILED)
        if status == 200:
            self.taken[port] += 1
            if self.loses > 0:
                self.loses -= 1
                return web.Response(status=GATEWAY_FAILED)
        return web.Response(status=status)


@asynccontextmanager
async def running(ports: list[int]) -> AsyncIterator[Balancer]:
    """A running balancer before the replicas that listen on these ports, now or later."""
    balancer = Balancer(ports)
    async with aiohttp.ClientSession() as session:
        app = web.Application()

        async def answer(request: web.Request) -> web.Response:
            return await balancer.answer(request, session)

        app.router.add_post("/{path:.*}", answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        balancer.port = int(runner.addresses[0][1])
        try:
            yield balancer
        finally:
            await runner.cleanup()

"""The list of all methods, and the way from a request to its answer."""

import asyncio
from typing import Any

import orjson
from aiohttp import web

from emulator import bodies, callbacks, chats, commands, edits, media, messages, updates
from emulator.call import Call
from emulator.faults import AFTER, Fault, Faults, Kind
from emulator.parameters import Method
from emulator.rates import Rates
from emulator.refusals import Refusal
from emulator.traffic import Exchange, Traffic
from emulator.webhooks import Webhooks
from emulator.world import World

METHODS: dict[str, tuple[str, Method]] = {
    name.lower(): (name, method)
    for table in (
        callbacks.METHODS,
        chats.METHODS,
        commands.METHODS,
        edits.METHODS,
        media.METHODS,
        messages.METHODS,
        updates.METHODS,
    )
    for name, method in table.items()
}
_OK = b'{"ok":true,"result":'


class Cut(Exception):
    """The connection is to be broken without an answer."""


class Methods:
    """Runs methods for bots."""

    def __init__(self, world: World, faults: Faults, rates: Rates, webhooks: Webhooks, traffic: Traffic) -> None:
        self._world = world
        self._faults = faults
        self._rates = rates
        self._webhooks = webhooks
        self._traffic = traffic

    async def answer(self, request: web.BaseRequest, token: str, name: str) -> web.StreamResponse:
        """The answer to one request, recorded. Raises: Cut when a fault breaks the connection."""
        bot = self._world.bots.get(token)
        if bot is None:
            known_form = token.partition(":")[0].isdecimal() and ":" in token
            return _response(Refusal(401, "Unauthorized") if known_form else Refusal(404, "Not Found"))
        entry = METHODS.get(name.lower())
        if entry is None:
            return self._recorded(Exchange(name), Refusal(404, "Not Found: method not found"))
        exchange = Exchange(entry[0])
        try:
            given, files = await bodies.read(request)
        except Refusal as refusal:
            return self._recorded(exchange, refusal)
        exchange.params = given
        if files:
            exchange.files = {field: (upload.name, len(upload.content)) for field, upload in files.items()}
        call = Call(bot, {}, files, self._world, self._rates, self._webhooks)
        fault = self._faults.take(entry[0], given.get("chat_id")) if self._faults.armed else None
        if fault is not None:
            return await self._faulty(exchange, entry[1], call, fault)
        return self._recorded(exchange, await self._outcome(entry[1], call, given))

    async def _outcome(self, method: Method, call: Call, given: dict[str, Any]) -> bytes | Refusal:
        try:
            call.args = method.checked(given, call.files)
            result = method.run(call)
            if method.waits:
                result = await result
        except Refusal as refusal:
            return refusal
        return _OK + orjson.dumps(result) + b"}"

    async def _faulty(self, exchange: Exchange, method: Method, call: Call, fault: Fault) -> web.StreamResponse:
        if fault.kind in AFTER:
            outcome = await self._outcome(method, call, exchange.params)
            if fault.kind is Kind.SLOW:
                response = self._recorded(exchange, outcome)
                await asyncio.sleep(fault.seconds)
                return response
        refusal = fault.refusal()
        if refusal is not None:
            return self._recorded(exchange, refusal)
        self._traffic.add(exchange)
        raise Cut

    def _recorded(self, exchange: Exchange, outcome: bytes | Refusal) -> web.StreamResponse:
        response = _response(outcome)
        exchange.status = response.status
        body = response.body
        exchange.body = body if isinstance(body, bytes) else b""
        self._traffic.add(exchange)
        return response


def _response(outcome: bytes | Refusal) -> web.Response:
    if isinstance(outcome, Refusal):
        body = orjson.dumps(outcome.as_json())
        return web.Response(body=body, status=outcome.code, content_type="application/json")
    return web.Response(body=outcome, content_type="application/json")

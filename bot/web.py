"""The small web server: webhook, health, metrics."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from aiohttp import web
from prometheus_client import generate_latest
from sqlalchemy.exc import SQLAlchemyError

from bot import arrivals, metrics

WEBHOOK_PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of a header
LARGEST_UPDATE = 1 << 20
LARGEST_ID = 1 << 63
DRAIN_SECONDS = 1.0

log = structlog.get_logger()

Accept = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]
Health = Callable[[], Awaitable[dict[str, Any]]]


class AddressTaken(RuntimeError):
    """Another program listens there, or the address is not this machine's."""


class Web:
    """Serves until stopped. Without a secret there is no webhook."""

    def __init__(self, host: str, port: int, health: Health, accept: Accept | None = None, secret: str = "") -> None:
        self._host, self._port, self._health, self._accept, self._secret = host, port, health, accept, secret
        app = web.Application(client_max_size=LARGEST_UPDATE)
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/metrics", self._metrics)
        if accept is not None and secret:
            app.router.add_post(WEBHOOK_PATH, self._webhook)
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=DRAIN_SECONDS)

    @property
    def port(self) -> int:
        """The port it listens on."""
        addresses = self._runner.addresses
        return int(addresses[0][1]) if addresses else self._port

    async def start(self) -> None:
        """The server listens.

        Raises: AddressTaken
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise AddressTaken(f"{self._host}:{self._port}") from error

    async def stop(self) -> None:
        """Nothing listens any more."""
        await self._runner.cleanup()

    async def _webhook(self, request: web.Request) -> web.Response:
        """Answers 200 only after the update is stored durably, 503 while it cannot be: Telegram sends it again."""
        shown = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(shown, self._secret.encode()) or self._accept is None:
            return web.Response(status=403)
        try:
            update = arrivals.read(await request.read())
            is_update = isinstance(update["update_id"], int) and abs(update["update_id"]) < LARGEST_ID
        except (ValueError, KeyError, TypeError):
            is_update = False
        if not is_update:
            return web.Response(status=400)
        try:
            await self._accept([update])
        except SQLAlchemyError as error:
            log.warning("not_stored", error=type(error).__name__)
            return web.Response(status=503)
        return web.Response()

    async def _healthz(self, _request: web.Request) -> web.Response:
        state = await self._health()
        return web.json_response(state, status=200 if state["ok"] else 503)

    async def _metrics(self, _request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(metrics.registry), content_type="text/plain")

"""The only reader of the clock. Business time is real time, or follows the emulator's clock in demo and tests."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import aiohttp
import structlog
from aiohttp_socks import ProxyError

LONG_POLL_SECONDS = 25
WATCH_SECONDS = 2.0
STEP = timedelta(seconds=2)  # more than a clock that is kept right moves in that time
_STARTED, _STARTED_AT = datetime.now(UTC), time.monotonic()

log = structlog.get_logger()


def real_now() -> datetime:
    """The machine's time, aware UTC: for what is stored and measured."""
    return datetime.now(UTC)


def even_now() -> datetime:
    """The machine's time as it would be had nobody set it since the start: for leases and waits of this process."""
    return _STARTED + timedelta(seconds=time.monotonic() - _STARTED_AT)


class Clock:
    """Business time. Without `url` it is real time."""

    def __init__(self, url: str | None = None) -> None:
        self._url = url
        self._shown = real_now()
        self._read_at = time.monotonic()
        self._frozen = False
        self._moved = asyncio.Condition()
        self._follower: asyncio.Task[None] | None = None
        self.version = -1
        self.on_move: Callable[[], None] = lambda: None

    def now(self) -> datetime:
        """Business time, aware UTC."""
        if self._url is None:
            return real_now()
        if self._frozen:
            return self._shown
        return self._shown + timedelta(seconds=time.monotonic() - self._read_at)

    async def start(self, session: aiohttp.ClientSession) -> None:
        """The clock shows the emulator's time and follows it from now on."""
        if self._url is not None:
            await self._fetch(session, wait=False)
        work = self._watch() if self._url is None else self._follow(session)
        self._follower = asyncio.create_task(work, name="clock")

    async def stop(self) -> None:
        """Nothing is followed any more."""
        if self._follower is not None:
            self._follower.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._follower

    async def reached(self, version: int) -> None:
        """Returns once a move of at least `version` has been seen."""
        async with self._moved:
            await self._moved.wait_for(lambda: self.version >= version)

    async def _watch(self) -> None:
        """Whoever sets the machine's clock, or lets it sleep, tells nobody; ticks wait by it, and would for as long."""
        before = real_now() - even_now()
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            apart = real_now() - even_now()
            if abs(apart - before) > STEP:
                log.warning("clock_was_set", by_seconds=round((apart - before).total_seconds()))
                self.on_move()
            before = apart

    async def _follow(self, session: aiohttp.ClientSession) -> None:
        while True:
            try:
                await self._fetch(session, wait=True)
            except (aiohttp.ClientError, TimeoutError, OSError, ProxyError) as error:
                log.warning("clock_unreachable", error=type(error).__name__)
                await asyncio.sleep(1)

    async def _fetch(self, session: aiohttp.ClientSession, *, wait: bool) -> None:
        params = {"version": str(self.version), "timeout": str(LONG_POLL_SECONDS)} if wait else {}
        timeout = aiohttp.ClientTimeout(total=LONG_POLL_SECONDS + 10)
        async with session.get(self._url or "", params=params, timeout=timeout) as answer:
            shown = await answer.json()
        moved = shown["version"] != self.version
        self._shown, self._read_at = datetime.fromisoformat(shown["now"]).astimezone(UTC), time.monotonic()
        self._frozen = bool(shown["frozen"])
        async with self._moved:
            self.version = shown["version"]
            self._moved.notify_all()
        if moved and wait:
            self.on_move()

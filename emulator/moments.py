"""Waiting for things that happen, without polling and without cost while nobody waits."""

import asyncio


class Moment:
    """Tasks wait until it is fired; each firing wakes all who wait at that moment."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def fire(self) -> None:
        """Everyone who waits goes on."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def wait(self, seconds: float) -> bool:
        """True once fired, False when `seconds` have passed without it."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        try:
            done, _ = await asyncio.wait((future,), timeout=max(seconds, 0))
            return bool(done)
        finally:
            if future in self._waiting:
                self._waiting.remove(future)

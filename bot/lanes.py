"""Work in lanes: what belongs to one chat is done in order, different chats in parallel."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")

FULL = 2_000  # items; they are in the database as well, so this bounds memory, not what is accepted


class Lanes(Generic[T]):
    """`handle` is awaited for each item by one of `workers` tasks. It must not raise."""

    def __init__(self, handle: Callable[[T], Awaitable[None]], workers: int, name: str) -> None:
        self._handle = handle
        self._lanes: dict[int, deque[T]] = {}
        self._ready: asyncio.Queue[int] = asyncio.Queue()
        self._empty = asyncio.Event()
        self._empty.set()
        self._tasks = [asyncio.create_task(self._work(), name=f"{name}-{n}") for n in range(workers)]
        self._room = asyncio.Event()
        self._room.set()
        self._busy: set[asyncio.Task[Any] | None] = set()
        self._closing = False
        self.waiting = 0

    def put(self, lane: int, item: T) -> None:
        """`item` is done after what waits in its lane."""
        self.waiting += 1
        self._empty.clear()
        if self.waiting >= FULL:
            self._room.clear()
        queue = self._lanes.get(lane)
        if queue is None:
            self._lanes[lane] = deque((item,))
            self._ready.put_nowait(lane)
        else:
            queue.append(item)

    def holds(self, lane: int) -> bool:
        """Something of the lane waits or runs."""
        return lane in self._lanes

    async def idle(self) -> None:
        """Returns when nothing waits or runs."""
        await self._empty.wait()

    async def room(self) -> None:
        """Returns when fewer than FULL items wait: brakes whoever fills the lanes."""
        await self._room.wait()

    async def close(self, grace: float = 0.0) -> list[T]:
        """No worker runs; the items that were not begun, which are still in the database.

        Those being handled have `grace` seconds to end by themselves.
        """
        self._closing = True
        for task in self._tasks:
            if task not in self._busy:
                task.cancel()
        await asyncio.wait(self._tasks, timeout=grace)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        return [item for queue in self._lanes.values() for item in queue]

    async def _work(self) -> None:
        while not self._closing:
            lane = await self._ready.get()
            queue = self._lanes[lane]
            self._busy.add(asyncio.current_task())
            try:
                await self._handle(queue.popleft())
            finally:
                self._busy.discard(asyncio.current_task())
            self.waiting -= 1
            if self.waiting < FULL:
                self._room.set()
            if queue:
                self._ready.put_nowait(lane)
            else:
                del self._lanes[lane]
                if not self._lanes:
                    self._empty.set()

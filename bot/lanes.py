"""Work in lanes: what belongs to one chat is done in order, different chats in parallel."""

from __future__ import annotations

import asyncio
import contextvars
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

import structlog

log = structlog.get_logger()

T = TypeVar("T")

FULL = 2_000  # items; they are in the database as well, so this bounds memory, not what is accepted


class Lanes(Generic[T]):
    """`handle` is awaited for each item by one of up to `workers` tasks, begun when first needed. It must not raise.

    It returns None when the item is done, else the seconds after which the same item is to be handled again: the lane
    rests so long, and the worker goes on with other lanes.
    """

    def __init__(self, handle: Callable[[T], Awaitable[float | None]], workers: int, name: str) -> None:
        self._handle = handle
        self._lanes: dict[int, deque[T]] = {}
        self._ready: asyncio.Queue[int] = asyncio.Queue()
        self._resting: dict[int, asyncio.TimerHandle] = {}
        self._empty = asyncio.Event()
        self._empty.set()
        self._most, self._name = workers, name
        self._context = contextvars.copy_context()  # a worker knows nothing of who put the item it was begun for
        self._tasks: list[asyncio.Task[None]] = []
        self._begun = 0
        self._moved = asyncio.Event()
        self._busy: set[asyncio.Task[Any] | None] = set()
        self._closing = False
        self.waiting = 0

    def put(self, lane: int, item: T) -> None:
        """`item` is done after what waits in its lane."""
        self.waiting += 1
        self._empty.clear()
        queue = self._lanes.get(lane)
        if queue is None:
            self._lanes[lane] = deque((item,))
            self._make_ready(lane)
        else:
            queue.append(item)

    def holds(self, lane: int) -> bool:
        """Something of the lane waits or runs."""
        return lane in self._lanes

    def length(self, lane: int) -> int:
        """How many items of the lane wait, without the one that runs."""
        return len(self._lanes.get(lane, ()))

    @property
    def awake(self) -> int:
        """How many items wait or run in lanes that do not rest."""
        return self.waiting - sum(len(self._lanes[lane]) for lane in self._resting)

    async def idle(self) -> None:
        """Returns when nothing waits or runs."""
        await self._empty.wait()

    async def room(self, below: int = FULL, awake_below: int = FULL) -> None:
        """Returns when fewer items than these wait in all and awake: brakes whoever fills the lanes."""
        while self.waiting >= below or self.awake >= awake_below:
            self._moved.clear()
            await self._moved.wait()

    async def close(self, grace: float = 0.0) -> list[T]:
        """No worker runs; the items that were not begun or rest, which are still in the database.

        Those being handled have `grace` seconds to end by themselves.
        """
        self._closing = True
        for task in self._tasks:
            if task not in self._busy:
                task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for timer in self._resting.values():
            timer.cancel()
        return [item for queue in self._lanes.values() for item in queue]

    def _make_ready(self, lane: int) -> None:
        """A worker will take the lane: one that is free, or another while there are not yet the most of them."""
        self._ready.put_nowait(lane)
        self._begin_worker()

    def _begin_worker(self) -> None:
        """There is one more, if more lanes are ready than workers are free."""
        free = len(self._tasks) - len(self._busy)
        if self._ready.qsize() > free and len(self._tasks) < self._most and not self._closing:
            name = f"{self._name}-{self._begun}"
            self._begun += 1
            task = asyncio.create_task(self._work(), name=name, context=self._context.copy())
            task.add_done_callback(self._ended)
            self._tasks.append(task)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A worker that died counts as none, and another takes what is ready."""
        if self._closing:
            return
        self._tasks.remove(task)
        log.error("worker_died", worker=task.get_name(), exc_info=None if task.cancelled() else task.exception())
        self._begin_worker()

    async def _work(self) -> None:
        while not self._closing:
            lane = await self._ready.get()
            queue = self._lanes[lane]
            item = queue.popleft()
            self._busy.add(asyncio.current_task())
            try:
                rest = await self._handle(item)
            finally:
                self._busy.discard(asyncio.current_task())
            if rest is not None:
                queue.appendleft(item)
                self._rest(lane, rest)
                continue
            self.waiting -= 1
            self._moved.set()
            if queue:
                self._ready.put_nowait(lane)
            else:
                del self._lanes[lane]
                if not self._lanes:
                    self._empty.set()

    def _rest(self, lane: int, seconds: float) -> None:
        self._resting[lane] = asyncio.get_running_loop().call_later(seconds, self._wake, lane)
        self._moved.set()

    def _wake(self, lane: int) -> None:
        del self._resting[lane]
        self._make_ready(lane)

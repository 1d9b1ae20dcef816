"""CPU work in a process of its own: charts, scoring, files. The event loop and the database threads stay free."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

GENTLE = 5  # of 19 steps of niceness
REST_SECONDS = 10.0  # an idle worker holds 80 MB, one that has read a picture 600


class HeavyWork:
    """One worker process, started when needed; one that had nothing to do for a while has ended."""

    def __init__(self, gentle: bool = False, rest_seconds: float = REST_SECONDS) -> None:
        """`gentle`: everything else of the machine goes before it."""
        self._gentle = gentle
        self._rest_seconds = rest_seconds
        self._pool: ProcessPoolExecutor | None = None
        self._under_way = 0
        self._rest: asyncio.TimerHandle | None = None

    async def __call__(self, function: Callable[..., Any], /, *args: Any) -> Any:
        """The result of `function(*args)`; both travel by pickle between our own processes."""
        if self._rest is not None:
            self._rest.cancel()
        if self._pool is None:
            start = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, start, initializer=_begin, initargs=(self._gentle,))
        loop = asyncio.get_running_loop()
        self._under_way += 1
        try:
            return await loop.run_in_executor(self._pool, function, *args)
        except BrokenProcessPool:  # the system killed the worker: the next try of this update has a new one
            self._pool = None
            raise
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._rest = loop.call_later(self._rest_seconds, self._sleep)

    def _sleep(self) -> None:
        if self._pool is not None and not self._under_way:
            self._pool.shutdown(wait=False)
            self._pool = None

    def abandon(self) -> None:
        """The worker has ended, with whatever it was doing."""
        if self._pool is not None:
            for process in list(self._pool._processes.values()):  # there is no public way before Python 3.14
                process.terminate()
            self.close()

    def close(self) -> None:
        """The worker has ended."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _begin(gentle: bool) -> None:
    """This process ends with the one that started it, and if gentle runs when no other wants to."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if gentle and hasattr(os, "nice"):
        os.nice(GENTLE)


def _end_with_parent() -> None:
    """A bot that was killed has no time to end its workers, and they would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

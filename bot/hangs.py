"""What never ends: an update in whose handling the process hangs ends it, and is set aside when it does so again.

While a regular expression is searched nothing else in the process runs, so that nothing of Python's could end it. The
thread of faulthandler can: it needs no interpreter lock, and when the event loop has not turned for some time it writes
down where the process hangs and ends it, for the supervisor to start it again. Which updates were in hand then is told
by a small file that is mapped into memory, which costs nothing and outlives the process.
"""

from __future__ import annotations

import asyncio
import contextlib
import faulthandler
import fcntl
import mmap
import os
import re
import struct
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path
from typing import TextIO

import structlog

SLOTS = 32  # more than there are workers
SLOT = struct.Struct("<q")  # an inbox_id; 0: free
LOOKS = 6  # times that the event loop says it turns, in the time after which it counts as hung
FRAMES = 4  # of each thread, that are logged
# As faulthandler writes it.
FRAME = re.compile(r'File "(?:.*/)?(?P<file>\w+/\w+\.py)", line (?P<line>\d+) in (?P<name>\S+)')

log = structlog.get_logger()


class Hung(Exception):
    """The process hung while it handled this update."""


class Hangs:
    """What was in hand when the last process of this place hung, and what is in hand now."""

    def __init__(self, folder: Path) -> None:
        """`folder`: data_dir; several processes may share it, and each takes a place that no living one has."""
        self._trace, fd = _take_place(folder)
        os.ftruncate(fd, SLOTS * SLOT.size)
        self._slots = mmap.mmap(fd, SLOTS * SLOT.size)
        os.close(fd)
        in_hand = {number for (number,) in SLOT.iter_unpack(self._slots) if number}
        self._slots[:] = bytes(len(self._slots))
        where = self._trace.read()
        self._trace.seek(0)
        self._trace.truncate()
        self.left: frozenset[int] = frozenset(in_hand if where else ())
        if where:
            log.error("process_hung", updates=sorted(self.left), where=_short(where))

    @contextlib.contextmanager
    def holding(self, inbox_id: int) -> Iterator[None]:
        """The update is in hand meanwhile."""
        places = range(0, len(self._slots), SLOT.size)
        place = next((at for at in places if self._slots[at : at + SLOT.size] == bytes(SLOT.size)), None)
        if place is not None:
            SLOT.pack_into(self._slots, place, inbox_id)
        try:
            yield
        finally:
            if place is not None:
                SLOT.pack_into(self._slots, place, 0)

    @contextlib.asynccontextmanager
    async def watched(self, seconds: float) -> AsyncIterator[None]:
        """Meanwhile the process ends when the event loop has not turned for so long; 0: never."""
        if not seconds:
            yield
            return
        self._arm(seconds)
        watching = asyncio.create_task(self._watch(seconds), name="hangs")
        try:
            yield
        finally:
            watching.cancel()
            faulthandler.cancel_dump_traceback_later()

    async def _watch(self, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds / LOOKS)
            self._arm(seconds)

    def _arm(self, seconds: float) -> None:
        faulthandler.dump_traceback_later(seconds, exit=True, file=self._trace)

    def close(self) -> None:
        """The place is free."""
        self._slots.close()
        self._trace.close()


def _short(trace: str) -> str:
    """The innermost frames of each thread that did anything."""
    threads = ([f"{at['file']}:{at['line']} {at['name']}" for at in FRAME.finditer(one)] for one in trace.split("\n\n"))
    return " | ".join(" < ".join(frames[:FRAMES]) for frames in threads if frames)


def _take_place(folder: Path) -> tuple[TextIO, int]:
    """The file for where it hangs, locked while this process lives, and that of what is in hand."""
    for number in count():
        trace = os.fdopen(os.open(folder / f"hung.{number}", os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8")
        try:
            fcntl.flock(trace, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            trace.close()
            continue
        return trace, os.open(folder / f"in_hand.{number}", os.O_RDWR | os.O_CREAT, 0o600)
    raise AssertionError("there is always a further place")

"""Moments of a process's life, found from outside: it is stopped, looked at, and killed or let go on."""

from __future__ import annotations

import asyncio
import random
import struct
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path

import orjson
from sqlalchemy import func, select, text

from crm.database import Database
from crm.tables import Inbox, Outbox
from emulator import server
from tests.faults.process import BotProcess

LIMIT_SECONDS = 120
ARRIVAL_SECONDS = 0.01  # what left the process before it stood still is read by the emulator meanwhile
LONGEST_STEP_SECONDS = 0.03
WAL_HEADER, FRAME_HEADER = 32, 24  # Source: sqlite.org/fileformat2.html, section 4.1

Point = Callable[[], bool]
Feed = Callable[[], Awaitable[None]]


async def die_at(bot: BotProcess, holds: Point, dice: random.Random, feed: Feed | None = None) -> int:
    """The process was killed while `holds`; how often it was looked at. `feed` gives it work before each look."""
    looks = 0
    async with asyncio.timeout(LIMIT_SECONDS):
        while True:
            if feed is not None:
                await feed()
            await asyncio.sleep(dice.random() * LONGEST_STEP_SECONDS)  # some moment of its life: time is the fault
            await bot.stand_still()
            await asyncio.sleep(ARRIVAL_SECONDS)
            looks += 1
            if holds():
                await bot.kill()
                return looks
            bot.resume()


class Life:
    """What can be seen of one life of a process, which begins now; `answered` tells the notes that have answers."""

    def __init__(self, emulator: server.Emulator, database: Database, answered: Callable[[], Collection[int]]) -> None:
        self._emulator = emulator
        self._database = database
        self._answered = answered
        self._polls = len(emulator.traffic.of("getUpdates"))
        self._wal = Path(f"{database.engine.url.database}-wal")
        self._old_end = self._wal_end() if database.is_sqlite else None

    def polled(self) -> bool:
        """Updates were handed out, and none of them is in the inbox."""
        last = self._last_polled()
        return bool(last) and self._inbox(last) == {}

    def stored(self) -> bool:
        """The updates handed out last are in the inbox, and none of them is handled."""
        last = self._last_polled()
        return bool(last) and self._inbox(last) == {"new": len(last)}

    def answer_committed(self) -> bool:
        """A note is saved and its answer committed, which has not left."""
        return not self._under_way() <= set(self._answered())

    def answer_accepted(self) -> bool:
        """An answer has arrived, and is not written down as sent."""
        return bool(self._under_way() & set(self._answered()))

    def committing(self) -> bool:
        """A commit is on its way: part of its pages are in the file, or its transaction has written and is open."""
        if self._database.is_sqlite:
            end = self._wal_end()
            return end is not None and end != self._old_end and not end[1]
        writing = text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_xid IS NOT NULL AND state = 'idle in transaction'"
        )
        return bool(self._database.read_now(lambda db: db.scalar(writing)))

    def _last_polled(self) -> list[int]:
        """The ids that the last answered poll of this life handed out."""
        polls = [exchange for exchange in self._emulator.traffic.of("getUpdates")[self._polls :] if exchange.body]
        return [update["update_id"] for update in orjson.loads(polls[-1].body)["result"]] if polls else []

    def _inbox(self, update_ids: list[int]) -> dict[str, int]:
        states = select(Inbox.state, func.count()).where(Inbox.update_id.in_(update_ids)).group_by(Inbox.state)
        return self._database.read_now(lambda db: {row[0]: row[1] for row in db.execute(states)})

    def _under_way(self) -> set[int]:
        """The notes whose answers, never tried before, are under way."""
        sending = select(Outbox.note_id).where(Outbox.state == "sending", Outbox.attempts == 0)
        return self._database.read_now(lambda db: {note for note in db.scalars(sending) if note is not None})

    def _wal_end(self) -> tuple[bytes, bool] | None:
        """The head of the last page in the write-ahead log, and whether a commit ends with it."""
        log = self._wal.read_bytes() if self._wal.exists() else b""
        if len(log) < WAL_HEADER:
            return None
        (page,), salts = struct.unpack(">I", log[8:12]), log[16:24]
        last = None
        for start in range(WAL_HEADER, len(log) - FRAME_HEADER - page + 1, FRAME_HEADER + page):
            head = log[start : start + FRAME_HEADER]
            if head[8:16] != salts:
                break
            last = head
        return None if last is None else (last, last[4:8] != bytes(4))

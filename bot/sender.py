"""The one carrier of messages: replies right after their commit, pushes when due, in order per chat, within rates."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from bot import clock, metrics, refusals, single
from bot.lanes import FULL, Lanes
from bot.rates import RateGate
from bot.telegram_api import AnswerLost, CallFailed, NotSent, Refused, TelegramApi
from bot.trips import Trip
from crm import claims, outages, outbox
from crm.database import Database
from crm.outbox import Letter, Outcome
from crm.tables import StoredFile
from handlers import pushes

WORKERS = 32  # for replies, and as many for pushes
CLAIM = 60  # pushes under way in chats that may be written to: bounds how many a crash leaves marked 'perhaps sent'
MOST = 300  # pushes under way in all, those for chats that must wait included
AT_ONCE = 10  # pushes worded in one transaction, so that a person's message does not wait for all
RETRY = timedelta(seconds=2)
DRAIN_SECONDS = 2.0
LOOK_AGAIN = timedelta(seconds=5)  # for due letters, dead processes and mislaid letters
SURELY_DEAD = timedelta(seconds=20)
MOMENT = 0.02  # seconds between two rounds: what ends meanwhile makes room together
QUOTED = re.compile(r'"[^"]*"')

log = structlog.get_logger()


class Sender:
    """Carries letters and writes down how each ended. Replies have lanes and workers of their own."""

    def __init__(
        self, database: Database, api: TelegramApi, now: Callable[[], datetime], folder: Path, *, rate_gates: bool
    ) -> None:
        """folder: the process's own, by which its next start knows at once that it is dead."""
        self._database = database
        self._api = api
        self._now = now
        self._gate = RateGate() if rate_gates else None
        self._presence = single.Presence(database, folder)
        self._missing: dict[int, datetime] = {}
        self._looked_at = clock.even_now()
        self._closing = False
        self._replies: Lanes[Trip] = Lanes(self._carry, WORKERS, "reply")
        self._pushes: Lanes[Trip] = Lanes(self._carry, WORKERS, "push")
        self._held: set[int] = set()
        self._outcomes: list[Outcome] = []
        self._ended: set[int] = set()  # pushes that are 'sending' in the database until their end is written down
        self._recording = asyncio.Lock()
        self._taking = asyncio.Lock()
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def waiting(self) -> int:
        """How many letters are under way; one is until its end is written down, for its chat is not free before."""
        return len(self._held)

    async def start(self) -> int:
        """Pushes leave when due from now on; how many messages a dead process left open.

        Those wait in their lanes, before any new reply.
        """
        living = await asyncio.to_thread(self._presence.living)
        claimants = await self._database.read(claims.claimants)
        doubtful = claimants - living - await asyncio.to_thread(self._presence.surely_dead, claimants)
        self._missing = dict.fromkeys(doubtful, clock.even_now())  # they may only have lost their connection
        left = await self._database.write(lambda db: claims.recover(db, living | doubtful))
        await self._take(FULL, only_left=True)
        self._tasks = [asyncio.create_task(self._push_for_ever(), name="pushes")]
        return left

    def hand_over(self, letters: Sequence[Letter]) -> None:
        """Letters whose transaction is committed go out in order."""
        for letter in letters:
            self._held.add(letter.outbox_id)
            lanes = self._pushes if letter.is_push else self._replies
            lanes.put(letter.chat_id, Trip(letter, letter.attempts))

    def wake(self) -> None:
        """Look for due pushes now."""
        self._wake.set()

    async def idle(self) -> None:
        """Returns when every letter handed over has its end in the database."""
        await self._replies.idle()
        await self._pushes.idle()
        await self._record()

    async def close(self) -> None:
        """Nothing is carried any more; what was not sent is pending again, what was has its end written down."""
        self._closing = True
        self.wake()
        if self._tasks:  # not cancelled at once: what it has claimed must come into the lanes
            await asyncio.wait(self._tasks, timeout=DRAIN_SECONDS / 2)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                await self.idle()
        for lanes in (self._replies, self._pushes):
            for trip in await lanes.close():
                self._outcomes.append(trip.cut_short(self._now()))
        with contextlib.suppress(TimeoutError):  # a database that is away: the next start marks what may have arrived
            async with asyncio.timeout(DRAIN_SECONDS):
                await self._record()
        self._presence.free()

    async def push_due(self, limit: int = CLAIM) -> int:
        """Due pushes and retries are in their lanes, worded; how many were due."""
        return await self._take(limit)

    async def _take(self, limit: int, *, only_left: bool = False) -> int:
        async with self._taking:
            now, real_now = self._now(), clock.real_now()
            ids = await self._database.write(lambda db: claims.claim(db, None if only_left else now, real_now, limit))
            self._held.update(ids)
            for start in range(0, len(ids), AT_ONCE):
                await self._word(ids[start : start + AT_ONCE], now)
            return len(ids)

    async def _word(self, ids: list[int], now: datetime) -> None:
        try:
            letters = await self._database.write(lambda db: pushes.worded(db, ids, now))
        except Exception:  # whatever it was is raised again below
            self._held.difference_update(ids)  # given back after a while
            raise
        self._held.difference_update(set(ids) - {letter.outbox_id for letter in letters})
        self.hand_over(letters)

    async def _push_for_ever(self) -> None:
        while not self._closing:
            self._wake.clear()
            try:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_AGAIN.total_seconds()):
                        await self._pushes.room(MOST, CLAIM // 2)
                await self._look_for_mislaid()
                wait = await self._pause()
                room = min(CLAIM - self._pushes.awake - len(self._ended), MOST - self._pushes.waiting)
                if not wait and room > 0:
                    await self.push_due(room)
            except Exception as error:  # the edge of the loop: a database that is away for a while must not end it
                log.error("push_round_failed", exc_info=error)
                wait = RETRY
            if wait and not self._closing:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait.total_seconds()):
                        await self._wake.wait()
            if not self._closing:
                await asyncio.sleep(MOMENT)

    async def _look_for_mislaid(self) -> None:
        """Now and then: what dead processes left will be repeated, what this one mislaid is sent.

        Who is missing for a moment may only have lost its connection, and shows itself at its own next look.
        """
        now, real_now = clock.even_now(), clock.real_now()
        if now - self._looked_at < LOOK_AGAIN:
            return
        self._looked_at = now
        living = await asyncio.to_thread(self._presence.living)
        claimants = await self._database.read(claims.claimants)
        self._missing = {who: self._missing.get(who, now) for who in claimants - living}
        dead = {who for who, since in self._missing.items() if now - since >= SURELY_DEAD}
        held = frozenset(self._held)
        await self._database.write(lambda db: claims.give_back(db, held, real_now))
        if dead:
            left = await self._database.write(lambda db: claims.recover(db, (claimants - dead) | living))
            log.warning("letters_of_the_dead", messages=left)

    async def _pause(self) -> timedelta:
        now = self._now()
        return await self._database.read(lambda db: claims.next_due_in(db, now, LOOK_AGAIN))

    async def _carry(self, trip: Trip) -> float | None:
        """None when the letter has come to its end, else the seconds its chat must wait."""
        outbox_id = trip.letter.outbox_id
        try:
            outcome = await self._deliver(trip)
        except asyncio.CancelledError:
            self._outcomes.append(trip.cut_short(self._now()))
            raise
        except Exception as error:  # the edge of a worker: one bad letter must not end it
            if outages.of(error):
                return RETRY.total_seconds()
            log.error("letter_failed", outbox_id=outbox_id, exc_info=error)
            outcome = Outcome(outbox_id, "refused", self._now(), reason=type(error).__name__)
        if isinstance(outcome, float):
            return outcome
        metrics.letters.labels(outcome.state).inc()
        self._outcomes.append(outcome)
        if trip.letter.is_push:
            self._ended.add(outbox_id)
        if not self._recording.locked():
            await self._record()
        return None

    async def _deliver(self, trip: Trip) -> Outcome | float:
        """How it ended, or after how many seconds it is to be tried again, before what waits behind it."""
        letter = trip.letter
        if trip.attempts and not await self._telegram_answers():
            return trip.next_wait()
        is_gated = self._gate is not None and trip.is_new_message
        if self._gate and is_gated and (wait := self._gate.admit(letter.chat_id, is_push=letter.is_push)) > 0:
            return wait
        if self._gate and is_gated:
            await self._gate.pass_through(is_push=letter.is_push)
            self._gate.leaves(letter.chat_id)
        while True:
            try:
                result = await self._call(trip)
            except NotSent:  # the way is closed, to all chats
                await asyncio.sleep(trip.next_wait())
            except AnswerLost as error:
                trip.attempts += 1
                trip.called = False
                if trip.attempts <= outbox.TRIES:
                    return trip.next_wait()
                return trip.ended("uncertain", self._now(), reason=str(error))
            except Refused as error:
                return await self._refused(trip, error)
            else:
                message_id = result.get("message_id") if isinstance(result, dict) else None
                return trip.ended("sent", self._now(), message_id=message_id)

    async def _telegram_answers(self) -> bool:
        """A repeat is worth its while: there are few of them, and none would get through while Telegram is down."""
        with contextlib.suppress(CallFailed):
            await self._api.call("getMe", {})
            return True
        return False

    async def _call(self, trip: Trip) -> Any:
        payload = trip.payload()
        files = await self._files(payload)
        trip.called = True
        try:
            return await self._api.call(trip.letter.method, payload, files)
        except (NotSent, Refused):
            trip.called = False
            raise

    async def _files(self, payload: dict[str, Any]) -> dict[str, tuple[str, bytes]] | None:
        wanted = payload.pop("_file", None)
        if wanted is None:
            return None
        stored = await self._database.read(lambda db: db.get(StoredFile, wanted["file_id"]))
        return {wanted["field"]: (stored.name, stored.content)} if stored else None

    async def _refused(self, trip: Trip, error: Refused) -> Outcome | float:
        """How it ended; seconds to wait where Telegram says what to do instead."""
        letter, now = trip.letter, self._now()
        if error.code == 429:
            seconds = float(error.retry_after or 1)
            if self._gate:
                self._gate.hold(letter.chat_id, seconds)
            return seconds
        if "message is not modified" in error.description:
            return trip.ended("sent", self._now(), message_id=letter.payload.get("message_id"))
        mended = await self._database.write(lambda db: refusals.mend(db, letter, error, now))
        told = QUOTED.sub('"…"', error.description)  # Telegram quotes what it could not read
        event = "letter_refused" if mended is None else "letter_mended"
        log.warning(event, outbox_id=letter.outbox_id, method=letter.method, code=error.code, error=told)
        if mended is None:
            self.wake()  # somebody may be told
            return trip.ended("refused", self._now(), reason=str(error))
        trip.letter = mended
        return 0.0

    async def _record(self) -> None:
        """What has ended is in the database; those that end meanwhile go with the next commit."""
        async with self._recording:
            while self._outcomes:
                outcomes, self._outcomes = self._outcomes, []
                try:
                    await self._database.write(partial(outbox.record, outcomes=tuple(outcomes)))
                except Exception as error:  # kept for the next time: the message has gone, its mark must follow
                    self._outcomes = outcomes + self._outcomes
                    log.error("record_failed", exc_info=error)
                    await asyncio.sleep(RETRY.total_seconds())
                else:
                    recorded = {outcome.outbox_id for outcome in outcomes}
                    self._held -= recorded
                    self._ended -= recorded
                    self.wake()  # their chats are free for what is due

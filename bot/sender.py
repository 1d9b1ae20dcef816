"""The one carrier of messages: replies right after their commit, pushes when due, in order per chat, within rates."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy.orm import Session

from bot import clock, metrics
from bot.lanes import Lanes
from bot.rates import RateGate
from bot.telegram_api import AnswerLost, NotSent, Refused, TelegramApi
from crm import groups, outbox, teams
from crm.database import Database
from crm.outbox import Letter, Outcome
from crm.tables import StoredFile
from handlers import pushes

WORKERS = 64
CLAIM = 60  # pushes taken at once: bounds how many a crash leaves marked 'perhaps sent'
RETRY = timedelta(seconds=2)
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0  # seconds between tries while nothing gets through
DRAIN_SECONDS = 2.0
LOOK_AGAIN = timedelta(seconds=15)
LEASE = timedelta(minutes=15)  # a replica's 'sending' rows older than this belong to a dead process
LOOK_FOR_DEAD = timedelta(minutes=1)
REPEAT_MARK = "（重发，可能已收到）\n"
GATED = ("send", "copy", "forward")
LONGEST = {"text": 4096, "caption": 1024}  # Source: Bot API, sendMessage and sendPhoto
QUOTED = re.compile(r'"[^"]*"')

log = structlog.get_logger()


@dataclass(slots=True)
class _Trip:
    """A letter under way; `called`: a call has left and its answer is awaited."""

    letter: Letter
    attempts: int
    called: bool = False


class Sender:
    """Carries letters and writes down how each ended."""

    def __init__(
        self, database: Database, api: TelegramApi, now: Callable[[], datetime], *, rate_gates: bool, alone: bool
    ) -> None:
        self._database = database
        self._api = api
        self._now = now
        self._gate = RateGate() if rate_gates else None
        self._alone = alone
        self._recovered_at = clock.real_now()
        self._closing = False
        self.lanes: Lanes[Letter] = Lanes(self._carry, WORKERS, "send")
        self._outcomes: list[Outcome] = []
        self._recording = asyncio.Lock()
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, only_since: datetime | None = None) -> int:
        """Pushes leave when due from now on; how many messages a dead process left open.

        only_since: real time since which no other process works, so that all older claims are dead ones'.
        """
        left = await self._recover(only_since)
        self._tasks = [asyncio.create_task(self._push_for_ever(), name="pushes")]
        return left

    def hand_over(self, letters: Sequence[Letter]) -> None:
        """Replies whose transaction is committed go out in order."""
        for letter in letters:
            self.lanes.put(letter.chat_id, letter)

    def wake(self) -> None:
        """Look for due pushes now."""
        self._wake.set()

    async def idle(self) -> None:
        """Returns when every letter handed over has its end in the database."""
        await self.lanes.idle()
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
            await asyncio.wait_for(self.lanes.idle(), DRAIN_SECONDS)
        for letter in await self.lanes.close():
            self._outcomes.append(Outcome(letter.outbox_id, "pending", self._now(), attempts=letter.attempts))
        await self._record()

    async def push_due(self) -> int:
        """Due pushes and retries are in their lanes; how many."""
        now, real_now = self._now(), clock.real_now()
        letters = await self._database.write(lambda db: _take_due(db, now, real_now))
        self.hand_over(letters)
        return len(letters)

    async def _push_for_ever(self) -> None:
        while not self._closing:
            self._wake.clear()
            try:
                await self.lanes.room()
                if not self._alone and clock.real_now() - self._recovered_at > LOOK_FOR_DEAD:
                    await self._recover()
                taken = await self.push_due()
                wait = timedelta(0) if taken == CLAIM else await self._pause()
            except Exception as error:  # the edge of the loop: a database that is away for a while must not end it
                log.error("push_round_failed", exc_info=error)
                wait = RETRY
            if wait and not self._closing:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), wait.total_seconds())

    async def _recover(self, dead_before: datetime | None = None) -> int:
        """Letters of dead processes will be repeated with a mark; how many."""
        self._recovered_at = clock.real_now()
        before = dead_before or self._recovered_at - (timedelta(0) if self._alone else LEASE)
        return await self._database.write(lambda db: outbox.recover(db, before))

    async def _pause(self) -> timedelta:
        now = self._now()
        wait = await self._database.read(lambda db: outbox.next_due_in(db, now, LOOK_AGAIN))
        return max(wait, timedelta(milliseconds=50))

    async def _carry(self, letter: Letter) -> None:
        trip = _Trip(letter, letter.attempts)
        try:
            outcome = await self._deliver(trip)
        except asyncio.CancelledError:
            self._outcomes.append(_cut_short(trip, self._now()))
            raise
        except Exception as error:  # the edge of a worker: one bad letter must not end it
            log.error("letter_failed", outbox_id=letter.outbox_id, exc_info=error)
            outcome = Outcome(letter.outbox_id, "refused", self._now(), reason=type(error).__name__)
        metrics.letters.labels(outcome.state).inc()
        self._outcomes.append(outcome)
        if not self._recording.locked():
            await self._record()

    async def _deliver(self, trip: _Trip) -> Outcome:
        """How it ended; waits and repeats in place, so that the order within the chat is kept."""
        wait = FIRST_WAIT
        while True:
            letter = trip.letter
            try:
                result = await self._call(trip)
            except NotSent:
                await asyncio.sleep(wait)
            except AnswerLost as error:
                trip.attempts += 1
                if trip.attempts > outbox.TRIES:
                    reason = str(error)
                    return Outcome(letter.outbox_id, "uncertain", self._now(), reason=reason, attempts=trip.attempts)
                await asyncio.sleep(wait)
            except Refused as error:
                if error.code == 429:
                    await self._hold(letter.chat_id, float(error.retry_after or 1))
                    continue
                if error.migrate_to_chat_id:
                    trip.letter = await self._moved(letter, error.migrate_to_chat_id)
                    continue
                return await self._refused(trip, error)
            else:
                message_id = result.get("message_id") if isinstance(result, dict) else None
                return Outcome(letter.outbox_id, "sent", self._now(), message_id=message_id, attempts=trip.attempts)
            wait = min(wait * 2, LONGEST_WAIT)

    async def _call(self, trip: _Trip) -> Any:
        letter = trip.letter
        if self._gate and letter.method.startswith(GATED):
            await self._gate.pass_through(letter.chat_id)
        payload = dict(letter.payload)
        files = await self._files(payload)
        if trip.attempts and letter.method.startswith(GATED):  # a second edit changes nothing: it needs no mark
            _mark_repeat(payload)
        trip.called = True
        try:
            return await self._api.call(letter.method, payload, files)
        except (NotSent, Refused):
            trip.called = False
            raise

    async def _hold(self, chat_id: int, seconds: float) -> None:
        if self._gate:
            self._gate.hold(chat_id, seconds)
        await asyncio.sleep(seconds)

    async def _files(self, payload: dict[str, Any]) -> dict[str, tuple[str, bytes]] | None:
        wanted = payload.pop("_file", None)
        if wanted is None:
            return None
        stored = await self._database.read(lambda db: db.get(StoredFile, wanted["file_id"]))
        return {wanted["field"]: (stored.name, stored.content)} if stored else None

    async def _moved(self, letter: Letter, new: int) -> Letter:
        await self._database.write(lambda db: groups.move(db, letter.chat_id, new))
        return replace(letter, chat_id=new, payload={**letter.payload, "chat_id": new})

    async def _refused(self, trip: _Trip, error: Refused) -> Outcome:
        letter = trip.letter
        if "message is not modified" in error.description:
            return Outcome(letter.outbox_id, "sent", self._now(), message_id=letter.payload.get("message_id"))
        if error.code == 403:
            await self._database.write(lambda db: _cannot_write(db, letter.chat_id, self._now()))
        told = QUOTED.sub('"…"', error.description)  # Telegram quotes what it could not read
        log.warning("letter_refused", outbox_id=letter.outbox_id, method=letter.method, code=error.code, error=told)
        return Outcome(letter.outbox_id, "refused", self._now(), reason=str(error))

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


def _take_due(db: Session, now: datetime, real_now: datetime) -> list[Letter]:
    """The due rows, claimed and rendered; those with nothing to say are skipped with their reason."""
    rows = outbox.claim(db, now, real_now, CLAIM)
    unreachable = outbox.unreachable(db, {row.chat_id for row in rows if row.push})
    letters = []
    for row in rows:
        if row.push and row.chat_id in unreachable:
            row.state, row.reason = "skipped", "unreachable"
            continue
        rendered = pushes.render(db, row, now)
        if rendered is not None:
            letters.append(rendered)
    return letters


def _cut_short(trip: _Trip, now: datetime) -> Outcome:
    """The process ends while the letter is under way: pending again, unless a call of it may have arrived."""
    state, attempts = ("uncertain", trip.attempts + 1) if trip.called else ("pending", trip.attempts)
    return Outcome(trip.letter.outbox_id, state, now, reason="process ended while sending", attempts=attempts)


def _cannot_write(db: Session, chat_id: int, now: datetime) -> None:
    """The person blocked the bot or the group threw it out: nothing is planned for them until they come back."""
    if chat_id > 0:
        teams.set_blocked(db, chat_id, now)
    else:
        groups.close(db, chat_id, now)


def _mark_repeat(payload: dict[str, Any]) -> None:
    for name in ("text", "caption"):
        if name in payload and len(payload[name]) + len(REPEAT_MARK) <= LONGEST[name]:
            payload[name] = REPEAT_MARK + payload[name]

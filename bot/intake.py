"""Updates come in: stored first, confirmed after, handled in the lane of their chat."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram.ext import Application

from bot import arrivals, clock, metrics, parsing
from bot.claims import ChatClaims
from bot.floods import Floods
from bot.hangs import Hangs, Hung
from bot.lanes import FULL, Lanes
from bot.rivals import Rivals
from bot.telegram_api import AnswerLost, CallFailed, NotSent, Refused, TelegramApi
from crm import inbox, outages
from crm.database import Database
from crm.outbox import Letter
from handlers import context, errors
from handlers.services import Services

WORKERS = 16
LONG_POLL_SECONDS = 25
FIRST_RETRY_SECONDS, LONGEST_RETRY_SECONDS = 0.05, 2.0
DRAIN_SECONDS = 2.0
WAITS_TOLD = 60  # one in so many
HUNG_ALONE = 2  # an update that was alone in hand each time
AGAIN_SECONDS = 1.0  # while the network or the database is away
SWEEP = timedelta(seconds=1)
MOST_RESTING = 10 * FULL  # updates of floods, which wait in memory as well: they do not brake the others' intake
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

log = structlog.get_logger()


class Intake:
    """Stores updates and has them handled exactly once."""

    def __init__(
        self,
        database: Database,
        api: TelegramApi,
        application: Application[Any, Any, Any, Any, Any, Any],
        floods: Floods,
        rivals: Rivals,
        hangs: Hangs,
    ) -> None:
        self._database = database
        self._api = api
        self._application = application
        self._services: Services = application.bot_data["services"]
        self._floods = floods
        self._rivals = rivals
        self._hangs = hangs
        self._claims = None if database.is_sqlite else ChatClaims(database)
        self._work = self._handle_one if database.is_sqlite else self._handle_chat
        self.lanes: Lanes[inbox.Received] = Lanes(self._work, WORKERS, "handle")
        self._answers: set[asyncio.Task[None]] = set()
        self._storing: set[asyncio.Task[None]] = set()
        self._sweeper: asyncio.Task[None] | None = None

    async def resume(self) -> int:
        """What a crash left without effect is in its lanes again; how many. What may have hung it was tried alone."""
        left = await self._database.read(inbox.waiting)
        for received in left:
            if received.inbox_id not in self._hangs.left or not await self._ended_alone(received):
                self.lanes.put(received.chat_id, received)
        if self._claims is not None:
            self._sweeper = asyncio.create_task(self._sweep(), name="sweep")
        return len(left)

    async def _ended_alone(self, received: inbox.Received) -> bool:
        """The update is set aside, as it hung the process before, or handled with nothing else in hand."""
        tries = HUNG_ALONE if len(self._hangs.left) == 1 else inbox.TRIES
        if await self._count_try(received, Hung(), tries):
            return True
        return await self._work(dataclasses.replace(received, attempts=received.attempts + 1)) is None

    async def accept(self, updates: Sequence[dict[str, Any]]) -> None:
        """The updates are stored durably, and those not seen before wait for their handlers.

        Also when the caller is cancelled meanwhile, as a webhook is whose client hangs up.
        """
        task = asyncio.create_task(self._store(updates))
        self._storing.add(task)
        task.add_done_callback(self._storing.discard)
        await asyncio.shield(task)

    async def _store(self, updates: Sequence[dict[str, Any]]) -> None:
        kept = arrivals.of(updates)
        bot_id, now = self._application.bot.id, clock.real_now()
        stored = await self._database.write(lambda db: inbox.store(db, bot_id, kept, now)) if kept else []
        metrics.updates.inc(len(stored))
        for update in updates:
            query = update.get("callback_query") if isinstance(update, dict) else None
            if isinstance(query, dict) and "id" in query:
                self._answer(query["id"])
        refused = []
        for received in stored:
            if self._floods.refuses(received, self.lanes.length(received.chat_id)):
                refused.append(received)
            else:
                self.lanes.put(received.chat_id, received)
        if refused:
            await self._floods.refuse(refused)

    async def poll(self) -> None:
        """Updates are fetched until cancelled; the offset moves only past stored ones."""
        offset, patience = 0, FIRST_RETRY_SECONDS
        while True:
            request = {"offset": offset, "timeout": LONG_POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES, "limit": 100}
            try:
                updates = await self._api.call("getUpdates", request, seconds=LONG_POLL_SECONDS + 15)
                if updates:
                    await self.accept(updates)
                    offset = arrivals.offset_after(updates, offset)
                    await self.lanes.room(MOST_RESTING)
                patience = FIRST_RETRY_SECONDS
            except (CallFailed, OSError, SQLAlchemyError) as error:  # the database may be away for a while, too
                if isinstance(error, Refused) and error.code == 409:
                    await self._rivals.met(error.description)
                else:
                    log.warning("poll_failed", error=type(error).__name__)
                await asyncio.sleep(patience)
                patience = min(patience * 2, LONGEST_RETRY_SECONDS)

    async def close(self) -> None:
        """No handler runs; those that ran have had time to end, so that their answers are sent."""
        if self._sweeper is not None:
            self._sweeper.cancel()
            await asyncio.gather(self._sweeper, return_exceptions=True)
        await asyncio.gather(*self._storing, return_exceptions=True)
        await self.lanes.close(DRAIN_SECONDS)
        if self._claims is not None:
            self._claims.close()
        for task in tuple(self._answers):
            task.cancel()

    def _answer(self, callback_query_id: str) -> None:
        task = asyncio.create_task(self._answer_quietly(callback_query_id))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _answer_quietly(self, callback_query_id: str) -> None:
        with contextlib.suppress(CallFailed):  # 'query is too old': the result is in the message anyway
            await self._api.call("answerCallbackQuery", {"callback_query_id": callback_query_id})

    async def _sweep(self) -> None:
        """Chats whose updates wait too long, because another replica died or was just leaving them, get their turn."""
        while True:
            await asyncio.sleep(SWEEP.total_seconds())
            before = clock.real_now() - SWEEP
            try:
                left = await self._database.read(partial(inbox.left_behind, before=before))
            except SQLAlchemyError as error:  # the server is away for a while
                log.warning("sweep_failed", error=type(error).__name__)
                continue
            for received in left:
                if not self.lanes.holds(received.chat_id):
                    self.lanes.put(received.chat_id, received)

    async def _handle_one(self, received: inbox.Received) -> float | None:
        """Without replicas: the update is handled, or it is not its sender's turn yet for so many seconds."""
        seconds = await self._floods.wait(received.chat_id)
        if seconds is None:
            await self._handle(received)
        return seconds

    async def _handle_chat(self, first: inbox.Received) -> float | None:
        """With replicas beside this one: the chat is claimed, and all that waits in it is handled in order."""
        chat_id = first.chat_id
        if self._claims is None or not await self._claims.take(chat_id):
            return None  # who works on the chat looks for more before leaving it; else the sweep finds it
        try:
            while waiting := await self._database.read(lambda db: inbox.waiting_in(db, chat_id)):
                for received in waiting:
                    if (seconds := await self._floods.wait(chat_id)) is not None:
                        return seconds
                    await self._handle(received)
        except SQLAlchemyError as error:
            log.warning("chat_left_waiting", error=type(error).__name__)
        finally:
            await self._claims.free(chat_id)
        return None

    async def _handle(self, received: inbox.Received) -> None:
        tries, waits = received.attempts, 0
        while True:
            failure = await self._try(received)
            if failure is None:
                return
            if isinstance(failure, NotSent | AnswerLost) or outages.of(failure):  # nobody's fault, and no try
                if waits % WAITS_TOLD == 0:
                    log.warning("handler_waits", inbox_id=received.inbox_id, waits=waits, exc_info=failure)
                waits += 1
                await asyncio.sleep(AGAIN_SECONDS)
                continue
            tries += 1
            log.error("handler_failed", inbox_id=received.inbox_id, attempt=tries, exc_info=failure)
            if await self._count_try(received, failure):
                return
            await asyncio.sleep(min(FIRST_RETRY_SECONDS * 2 ** min(tries, 10), LONGEST_RETRY_SECONDS))

    async def _try(self, received: inbox.Received) -> BaseException | None:
        receipt = context.Receipt(received.inbox_id, received.chat_id)
        token = context.current_receipt.set(receipt)
        try:
            update = parsing.update_of(received.raw, self._application.bot)
            with self._hangs.holding(received.inbox_id):
                await self._application.process_update(update)
            if receipt.failure is None and not receipt.committed:
                await self._database.write(lambda db: inbox.mark_handled(db, received.inbox_id, clock.real_now()))
        except inbox.AlreadyHandled:
            return None
        except (
            Exception
        ) as error:  # the edge: an update that cannot even be read is set aside like one whose handler fails
            return error
        finally:
            context.current_receipt.reset(token)
        return None if isinstance(receipt.failure, inbox.AlreadyHandled) else receipt.failure

    async def _count_try(self, received: inbox.Received, failure: BaseException, tries: int = inbox.TRIES) -> bool:
        """True when the update needs no further try: it is set aside and its sender has an answer."""

        def count(db: Any) -> tuple[bool, list[Letter]]:
            now = clock.real_now()
            was_last = inbox.mark_failed_try(db, received.inbox_id, type(failure).__name__, now, tries)
            return was_last, errors.set_aside(
                db, received.inbox_id, received.chat_id, self._services
            ) if was_last else []

        try:
            was_last, letters = await self._database.write(count)
        except inbox.AlreadyHandled:
            return True
        except Exception as error:  # the database itself fails: the update stays 'new' and is handled after a restart
            log.error("database_unavailable", exc_info=error)
            return False
        self._services.hand_over(letters)
        return was_last

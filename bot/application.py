"""The composition root: everything with a connection, a thread or a model is made here, and stopped here in reverse."""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from telegram.ext import Application, ContextTypes

from bot import calendar, clock, logs, metrics, patterns, request, single
from bot.floods import Floods
from bot.hangs import Hangs
from bot.heavy import HeavyWork
from bot.importing import Importing
from bot.intake import ALLOWED_UPDATES, Intake
from bot.learning import Learning
from bot.model import Model
from bot.pace import Pace
from bot.rivals import Rivals
from bot.robots.sender import RobotSender
from bot.sender import Sender
from bot.settings import Settings
from bot.telegram_api import CallFailed, Refused, TelegramApi
from bot.ticks import Ticks
from bot.web import WEBHOOK_PATH, Web
from crm import outages
from crm.database import Database
from handlers import indicator_digests, menus, registration
from handlers.context import Context
from handlers.services import FileWithheld, Services
from nlp import corpus
from nlp.tagger import Tagger

ASK_AGAIN_SECONDS = 1.0
DATABASE_ANSWERS_SECONDS = 2.0

log = structlog.get_logger()


class App:
    """The running bot. `async with App(settings) as app`."""

    def __init__(
        self,
        settings: Settings,
        model_dir: Path | None = None,
        heavy: HeavyWork | None = None,
        notes: Path = corpus.FOLDER,
        ticks_by_hand: bool = False,
        tagger: Tagger | None = None,
        ends_hangs: bool = False,
    ) -> None:
        """notes: the corpus of the built-in model; ends_hangs: the process ends when it hangs.

        For tests: ticks_by_hand: only `ticks.plan` runs one; tagger: the current one of model_dir, for many to share.
        """
        self.settings = settings
        self._notes = notes
        self._ticks_by_hand = ticks_by_hand
        self._model_dir = model_dir or settings.data_dir / "nlp"
        self._given_heavy = heavy
        self._given_tagger = tagger
        self._ends_hangs = ends_hangs
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> App:
        try:
            await self._start()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def _start(self) -> None:
        self._open_database()
        await self._open_chat()
        await self._open_model()
        self._wire()
        await self._serve()

    def _open_database(self) -> None:
        self.settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.database = Database(self.settings.database)
        self.database.outages.on_change = logs.tell_outage
        self._stack.callback(self.database.close)
        if self.database.is_sqlite:
            lock = single.SqliteLock(self.database)
            lock.take()
            self._stack.callback(lock.free)
        self.database.migrate()
        calendar.install(self.settings.data_dir)

    async def _open_chat(self) -> None:
        telegram = self.settings.telegram
        self._session = await self._stack.enter_async_context(request.open_session(telegram.proxy))
        token = telegram.token.get_secret_value()
        urls = telegram.base_url, telegram.base_file_url
        self.api = TelegramApi(self._session, *urls, token, telegram.answer_seconds)
        self.clock = clock.Clock(self.settings.clock_url)
        await self.clock.start(self._session)
        self._stack.push_async_callback(self.clock.stop)
        over_session = request.AiohttpRequest(self._session)
        self.application: Application[Any, Context, Any, Any, Any, Any] = (
            Application.builder()
            .token(token)
            .base_url(telegram.base_url)
            .base_file_url(telegram.base_file_url)
            .request(over_session)
            .get_updates_request(request.AiohttpRequest(self._session))
            .context_types(ContextTypes(context=Context))
            .updater(None)
            .job_queue(None)
            .build()
        )
        await self.application.initialize()
        self._stack.push_async_callback(self.application.shutdown)

    async def _open_model(self) -> None:
        self.model = Model(self._model_dir, self.database, lambda: self._wake(), self._notes, self._given_tagger)
        self._stack.push_async_callback(self.model.close)
        self.learning = Learning(self.database, self.model, self.clock.now, lambda: self.ticks.wake())

    def _wake(self) -> None:
        self.ticks.wake()
        self.learning.wake()

    def _open_heavy(self) -> tuple[HeavyWork, HeavyWork, HeavyWork, HeavyWork]:
        """For pictures, scores, imports and reading: a picture does not wait for a run of half a minute."""
        if self._given_heavy is not None:
            return self._given_heavy, self._given_heavy, self._given_heavy, self._given_heavy
        heavy = HeavyWork()
        self._stack.callback(heavy.close)
        scorer, importer, reader = (HeavyWork(gentle=True) for _ in range(3))
        for apart in (scorer, importer, reader):
            self._stack.callback(apart.abandon)
        return heavy, scorer, importer, reader

    def _wire(self) -> None:
        gates = self.settings.telegram.rate_gates
        self.sender = Sender(self.database, self.api, self.clock.now, self.settings.data_dir, rate_gates=gates)
        self.robots = RobotSender(self.database, self.clock.now, self.settings.robots, self.sender.wake)
        heavy, scorer, importer, reader = self._open_heavy()
        prepare = partial(indicator_digests.prepare, self.database, heavy, self.settings.font_path)
        self.ticks = Ticks(self.database, self.clock.now, self._wake_senders, self.model.taggers, scorer, prepare)
        self.application.bot_data["services"] = Services(
            database=self.database,
            now=self.clock.now,
            real_now=clock.real_now,
            tagger=self.model.taggers,
            heavy=heavy,
            scorer=scorer,
            importer=importer,
            reader=reader,
            hand_over=self.sender.hand_over,
            download=self._download,
            wake_clock=self.ticks.wake,
            wake_importing=lambda: self.importing.wake(),
            wake_learning=self.learning.wake,
            wake_senders=self._wake_senders,
            bot_username=self.application.bot.username,
            data_dir=self.settings.data_dir,
            font_path=self.settings.font_path,
            local_robots=self.settings.robots.local,
        )
        hand_over, real_now = self.sender.hand_over, clock.real_now
        self.importing = Importing(self.database, importer, self.clock.now, real_now, hand_over)
        registration.register(self.application)
        limits = self.settings.limits
        pace = Pace(limits.messages_at_once, self.settings.messages_a_minute)
        floods = Floods(self.application.bot_data["services"], pace, limits.messages_waiting)
        self.rivals = Rivals(self.database, self.clock.now, self.sender.wake)
        self.hangs = self._stack.enter_context(contextlib.closing(Hangs(self.settings.data_dir)))
        self.intake = Intake(self.database, self.api, self.application, floods, self.rivals, self.hangs)
        self.clock.on_move = self.ticks.wake
        metrics.watch(lambda: self.intake.lanes.waiting, lambda: self._letters_waiting)

    async def _download(self, file_id: str) -> bytes:
        try:
            return await self.api.download(file_id)
        except Refused as error:
            raise FileWithheld from error

    @property
    def _letters_waiting(self) -> int:
        return self.sender.waiting + self.robots.waiting

    def _wake_senders(self) -> None:
        self.sender.wake()
        self.robots.wake()

    async def _serve(self) -> None:
        await self.model.start()
        left_letters = await self.sender.start()
        self._stack.push_async_callback(self.sender.close)
        self.robots.start()
        self._stack.push_async_callback(self.robots.close)
        await self.importing.start()
        self._stack.push_async_callback(self.importing.close)
        if self._ends_hangs:
            await self._stack.enter_async_context(self.hangs.watched(self.settings.limits.hang_seconds))
        left_updates = await self.intake.resume()
        self._stack.push_async_callback(self.intake.close)
        if left_letters or left_updates:
            log.info("resumed", updates=left_updates, messages=left_letters)
        if not self._ticks_by_hand:
            self.ticks.start()
        self._stack.push_async_callback(self.ticks.stop)
        self.learning.start()
        self._stack.push_async_callback(self.learning.close)
        is_webhook = self.settings.telegram.mode == "webhook"
        secret = self.settings.telegram.webhook_secret.get_secret_value()
        web = self.settings.web
        self.web = Web(web.host, web.port, self._health, self.intake.accept if is_webhook else None, secret)
        await self.web.start()
        self._stack.push_async_callback(self.web.stop)
        self._poller = single.PollerLock(self.database)
        self._stack.callback(self._poller.free)
        self._receiver = asyncio.create_task(self._receive(is_webhook, secret), name="receive")
        self._stack.push_async_callback(self._stop_receiving)
        compiling = asyncio.create_task(patterns.compile_all(), name="patterns")
        self._stack.callback(compiling.cancel)

    async def _receive(self, is_webhook: bool, secret: str) -> None:
        with contextlib.suppress(CallFailed):  # menus of strangers and groups: the next start sets them again
            await menus.publish(self.api.call)
        if is_webhook:
            url = f"{(self.settings.telegram.webhook_url or '').rstrip('/')}{WEBHOOK_PATH}"
            wanted = {"url": url, "secret_token": secret, "allowed_updates": ALLOWED_UPDATES, "max_connections": 40}
            await self._insist("setWebhook", wanted)
            await self.rivals.keep_webhook(self.api, wanted)
        if self.database.is_sqlite:
            await self._poll()
        while True:
            await self._poller.take()
            await self._poller.hold(self._poll())

    async def _poll(self) -> None:
        await self._insist("deleteWebhook", {})
        await self.intake.poll()

    async def _insist(self, method: str, payload: dict[str, Any]) -> None:
        """Telegram has agreed; asked again while it cannot be reached."""
        while True:
            try:
                await self.api.call(method, payload)
            except CallFailed as error:
                log.warning("telegram_not_ready", method=method, error=str(error))
                await asyncio.sleep(ASK_AGAIN_SECONDS)
            else:
                return

    async def _stop_receiving(self) -> None:
        self._receiver.cancel()
        await asyncio.gather(self._receiver, return_exceptions=True)

    async def _health(self) -> dict[str, Any]:
        waiting = self.intake.lanes.waiting
        ended = self._receiver.done()
        receiving = not ended or (not self._receiver.cancelled() and self._receiver.exception() is None)
        answers = await self._database_answers()
        state = self.database.outages.present or ("ok" if answers else "away")
        rival = self.rivals.present  # takes updates that should come here
        is_good = receiving and state == "ok" and rival is None
        told = {"ok": is_good, "receiving": receiving, "rival": rival, "database": state}
        return {**told, "updates_waiting": waiting, "messages_waiting": self._letters_waiting}

    async def _database_answers(self) -> bool:
        """It can be read; after an outage also written, for perhaps nothing else writes just now."""
        try:
            async with asyncio.timeout(DATABASE_ANSWERS_SECONDS):
                if self.database.outages.present is not None:
                    await self.database.write(partial(outages.probe, real_now=clock.real_now()))
                await self.database.read(lambda db: db.scalar(text("SELECT 1")))
        except (SQLAlchemyError, TimeoutError):
            return False
        return True

    async def idle(self) -> None:
        """Returns when every accepted update is handled, everything due is sent and every end is written down."""
        while True:
            await self.intake.lanes.idle()
            await self.importing.idle()
            await self.sender.idle()
            moved = await self.robots.push_due()
            await self.robots.idle()
            moved += await self.sender.push_due()
            if not moved and not self.intake.lanes.waiting and not self.sender.waiting:
                return

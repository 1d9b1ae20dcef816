"""Another program that takes this bot's updates: said once, in one sentence, to the log, /healthz and the admins.

Telegram gives each update to one taker: a second poller, or whoever set the webhook last. What goes there is lost here.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.telegram_api import CallFailed, TelegramApi
from crm import rivals
from crm.database import Database

SURE, WITHIN_SECONDS = 3, 300.0  # conflicts: one alone is the last poll of a process that has just been killed
QUIET_SECONDS = 90.0  # longer than a poll: by then it has gone
LOOK_SECONDS = 60.0  # at the webhook
SENTENCES = {
    "poller": "another program polls with this bot's token and takes part of its updates",
    "webhook": "another program has set a webhook with this bot's token and takes its updates",
}
REMEDY = "stop that program, or ask @BotFather for a new token"

log = structlog.get_logger()


class Rivals:
    """Who else takes this bot's updates."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        on_planned: Callable[[], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._now = now
        self._on_planned = on_planned
        self._monotonic = monotonic
        self._met: deque[float] = deque(maxlen=SURE)
        self._how: str | None = None

    @property
    def present(self) -> str | None:
        """How another program takes the updates, poller or webhook; None when none has for a while."""
        if self._how is not None and self._monotonic() - self._met[-1] > QUIET_SECONDS:
            log.warning("rival_has_gone", how=self._how)
            self._how = None
            self._met.clear()
        return self._how

    async def met(self, words: str) -> None:
        """Telegram has refused a poll with these words: 409."""
        before, how = self.present, "webhook" if "webhook" in words else "poller"
        self._met.append(self._monotonic())
        if before is None and len(self._met) == SURE and self._met[-1] - self._met[0] <= WITHIN_SECONDS:
            await self._tell(how)

    async def keep_webhook(self, api: TelegramApi, wanted: dict[str, Any]) -> None:
        """Until cancelled the webhook is ours again within a minute, whoever takes it."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await self.look_at_webhook(api, wanted)

    async def look_at_webhook(self, api: TelegramApi, wanted: dict[str, Any]) -> None:
        """The webhook is ours, set again if it was not: who polls is told 409 from then on, and nobody is deaf."""
        try:
            found = await api.call("getWebhookInfo", {})
            if found.get("url") == wanted["url"]:
                return
            await api.call("setWebhook", wanted)
        except CallFailed as error:
            log.warning("webhook_not_looked_at", error=str(error))
            return
        self._met.append(self._monotonic())
        if self.present is None:
            await self._tell("webhook" if found.get("url") else "poller")

    async def _tell(self, how: str) -> None:
        self._how = how
        log.error("rival", because=SENTENCES[how], remedy=REMEDY)
        try:
            await self._database.write(lambda db: rivals.tell(db, self._now()))
        except SQLAlchemyError as error:  # it is away just now; the log has the word
            log.warning("admins_not_told", error=type(error).__name__)
        self._on_planned()

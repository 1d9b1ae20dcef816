"""Pushing updates to a bot's web address, in order, each until it is accepted.

Source: Bot API, setWebhook: a JSON-serialized Update by HTTPS POST, with the secret token as header X-Telegram-Bot-
Api-Secret-Token; any answer but 2xx is repeated. As with a local Bot API server, plain HTTP is allowed, here only
to this machine.
"""

import asyncio
import re

import aiohttp

from emulator.bot import Bot
from emulator.clock import Clock
from emulator.deliveries import Update
from emulator.message import Json
from emulator.refusals import bad_request
from emulator.traffic import Traffic

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
ANSWER_SECONDS = 60.0
_LOCAL = re.compile(r"http://(?:127\.0\.0\.1|localhost|\[::1\])[:/]")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Webhooks:
    """One pusher per bot with a webhook; `first_pause` and `longest_pause` are seconds between attempts, doubling."""

    def __init__(self, clock: Clock, traffic: Traffic) -> None:
        self.first_pause = 0.05
        self.longest_pause = 5.0
        self._clock = clock
        self._traffic = traffic
        self._pushers: dict[str, asyncio.Task[None]] = {}

    def set(self, bot: Bot, url: str, options: Json) -> None:
        """Updates go to `url` from now on. Raises: Refusal 400 for an address or secret Telegram would not take."""
        if not url.startswith("https://") and not _LOCAL.match(url):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        secret = options.get("secret_token")
        if secret is not None and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        bot.deliveries.webhook_url = url
        bot.deliveries.interrupt()
        bot.webhook = options
        self._stop(bot)
        self._pushers[bot.token] = asyncio.get_running_loop().create_task(self._push_all(bot, url, secret))

    def delete(self, bot: Bot) -> None:
        """Updates wait for getUpdates."""
        bot.deliveries.webhook_url = ""
        bot.webhook = {}
        self._stop(bot)

    async def stop(self) -> None:
        """No pusher runs."""
        pushers = list(self._pushers.values())
        self._pushers.clear()
        for pusher in pushers:
            pusher.cancel()
        await asyncio.gather(*pushers, return_exceptions=True)

    def _stop(self, bot: Bot) -> None:
        pusher = self._pushers.pop(bot.token, None)
        if pusher is not None:
            pusher.cancel()

    async def _push_all(self, bot: Bot, url: str, secret: str | None) -> None:
        headers = {"Content-Type": "application/json"} | ({SECRET_HEADER: secret} if secret else {})
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        async with aiohttp.ClientSession(headers=headers, timeout=timeout) as session:
            while True:
                if not bot.deliveries.pending:
                    await bot.deliveries.arrived.wait(ANSWER_SECONDS)
                    continue
                await self._push(session, bot, url, bot.deliveries.pending[0])

    async def _push(self, session: aiohttp.ClientSession, bot: Bot, url: str, update: Update) -> None:
        pause = self.first_pause
        while True:
            problem = await self._attempt(session, url, update)
            if problem is None:
                break
            bot.webhook |= {"last_error_date": self._clock.unix(), "last_error_message": problem}
            await asyncio.sleep(pause)
            pause = min(2 * pause, self.longest_pause)
        if bot.deliveries.pending and bot.deliveries.pending[0] is update:
            bot.deliveries.pending.popleft()
            bot.deliveries.confirmed.fire()

    async def _attempt(self, session: aiohttp.ClientSession, url: str, update: Update) -> str | None:
        """None when the update was accepted, else what went wrong in Telegram's words."""
        self._traffic.pushed(update)
        try:
            async with session.post(url, data=update.body) as answer:
                await answer.read()
                if 200 <= answer.status < 300:
                    return None
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientError:
            return "Connection failed"

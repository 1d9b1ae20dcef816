"""Telegram's rates, kept before it has to refuse: about 30 messages a second in all, one a second to a person
(short bursts pass), 20 a minute to a group. Source: Bot API FAQ, 'My bot is hitting limits'."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass

OVERALL_PER_SECOND = 29.0
PUSHES_PER_SECOND = 25.0  # what is left is kept for replies, which also go first
GROUP_PER_MINUTE = 19.0
PERSON_PER_SECOND = 1.0
REPLY_BURST = 3.0  # a person who asks three things at once gets three answers at once
REMEMBERED_CHATS = 20_000


@dataclass(slots=True)
class _Bucket:
    """Tokens that grow at `rate` a second up to `size`; `level` may be negative: then one waits."""

    rate: float
    size: float
    level: float
    at: float

    def take(self, now: float) -> float:
        """One token is taken; the seconds to wait until it is really there."""
        self.level = min(self.size, self.level + (now - self.at) * self.rate)
        self.at = now
        self.level -= 1.0
        return max(0.0, -self.level / self.rate)

    def lacks(self, now: float) -> float:
        """The seconds until a token is there; none is taken."""
        level = min(self.size, self.level + (now - self.at) * self.rate)
        return max(0.0, (1.0 - level) / self.rate)

    def empty_for(self, seconds: float, now: float) -> None:
        """Nothing may leave for `seconds`."""
        self.level, self.at = min(self.level, 0.0), now + seconds


class RateGate:
    """Tells when a message to a chat may leave. Monotonic time; one gate a bot."""

    def __init__(self) -> None:
        now = time.monotonic()
        self._overall = _Bucket(OVERALL_PER_SECOND, 1.0, 1.0, now)
        self._pushes = _Bucket(PUSHES_PER_SECOND, 1.0, 1.0, now)
        self._chats: OrderedDict[int, _Bucket] = OrderedDict()

    def admit(self, chat_id: int) -> float:
        """0 when one message to the chat may leave as far as the chat goes, which is counted; else seconds to wait."""
        now = time.monotonic()
        bucket = self._bucket(chat_id, now)
        wait = bucket.lacks(now)
        if wait <= 0:
            bucket.take(now)
        return wait

    async def pass_through(self, *, is_push: bool) -> None:
        """Returns when one message may leave as far as all chats together go: a reply before any push."""
        if not is_push:
            await asyncio.sleep(self._overall.take(time.monotonic()))
            return
        await asyncio.sleep(self._pushes.take(time.monotonic()))
        while (wait := self._overall.lacks(time.monotonic())) > 0:  # noqa: ASYNC110  takes no place before replies
            await asyncio.sleep(wait)
        self._overall.take(time.monotonic())

    def hold(self, chat_id: int, seconds: float) -> None:
        """Telegram asked to retry later: this chat waits, the others do not."""
        now = time.monotonic()
        self._bucket(chat_id, now).empty_for(seconds, now)

    def _bucket(self, chat_id: int, now: float) -> _Bucket:
        bucket = self._chats.get(chat_id)
        if bucket is None:
            is_group = chat_id < 0
            rate, size = (GROUP_PER_MINUTE / 60, GROUP_PER_MINUTE) if is_group else (PERSON_PER_SECOND, REPLY_BURST)
            bucket = self._chats[chat_id] = _Bucket(rate, size, size, now)
            if len(self._chats) > REMEMBERED_CHATS:
                self._chats.popitem(last=False)
        self._chats.move_to_end(chat_id)
        return bucket

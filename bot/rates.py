"""Telegram's rates, kept before it has to refuse: about 30 messages a second in all, one a second to a person
(short bursts pass), 20 a minute to a group. Source: Bot API FAQ, 'My bot is hitting limits'."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field

OVERALL_PER_SECOND = 29.0
PUSHES_PER_SECOND = 28.5  # replies go first whatever this is: a push leaves only while no reply waits
GROUP_PER_MINUTE = 19
MINUTE = 60.5  # seconds: what leaves evenly may arrive unevenly
GROUP_PER_SECOND, GROUP_BURST = 1.0, 19.0  # the minute is what holds a group back
PERSON_PER_SECOND = 1.0
PUSH_GAP = 1.0  # seconds from the last message in a chat to a push
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


@dataclass(slots=True)
class _Chat:
    """What one chat was sent: the last messages' times of leaving, as many as a minute may hold, and its bucket."""

    bucket: _Bucket
    left: deque[float] = field(default_factory=lambda: deque(maxlen=GROUP_PER_MINUTE))

    def lacks(self, now: float, *, is_group: bool, is_push: bool) -> float:
        """The seconds until one more message may leave."""
        waits = [self.bucket.lacks(now)]
        if is_group and len(self.left) == GROUP_PER_MINUTE:
            waits.append(self.left[0] + MINUTE - now)
        if is_push and self.left:
            waits.append(self.left[-1] + PUSH_GAP - now)
        return max(waits)


class RateGate:
    """Tells when a message to a chat may leave. Monotonic time; one gate a bot."""

    def __init__(self) -> None:
        now = time.monotonic()
        self._overall = _Bucket(OVERALL_PER_SECOND, 1.0, 1.0, now)
        self._pushes = _Bucket(PUSHES_PER_SECOND, 1.0, 1.0, now)
        self._chats: OrderedDict[int, _Chat] = OrderedDict()

    def admit(self, chat_id: int, *, is_push: bool) -> float:
        """0 when one message to the chat may leave as far as the chat goes, which is counted; else seconds to wait."""
        now = time.monotonic()
        chat = self._chat(chat_id, now)
        wait = chat.lacks(now, is_group=chat_id < 0, is_push=is_push)
        if wait <= 0:
            chat.bucket.take(now)
            chat.left.append(now)
        return wait

    def leaves(self, chat_id: int) -> None:
        """The message admitted last to the chat leaves only now: the next one's distance counts from here."""
        chat = self._chats.get(chat_id)
        if chat is not None and chat.left:
            chat.left[-1] = time.monotonic()

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
        self._chat(chat_id, now).bucket.empty_for(seconds, now)

    def _chat(self, chat_id: int, now: float) -> _Chat:
        chat = self._chats.get(chat_id)
        if chat is None:
            rate, size = (
                (GROUP_PER_SECOND, float(GROUP_PER_MINUTE)) if chat_id < 0 else (PERSON_PER_SECOND, REPLY_BURST)
            )
            chat = self._chats[chat_id] = _Chat(_Bucket(rate, size, size, now))
            if len(self._chats) > REMEMBERED_CHATS:
                self._chats.popitem(last=False)
        self._chats.move_to_end(chat_id)
        return chat

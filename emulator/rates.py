"""Telegram's sending rates, kept strictly when asked.

Source: Bot FAQ, "My bot is hitting limits": about 30 messages a second over all chats, one a second to one chat, 20
a minute to one group. Rates are real time: moving the business clock does not move them.
"""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable

from emulator.refusals import too_many

PER_SECOND = 30
PER_GROUP_MINUTE = 20
JITTER = 0.05  # seconds a message may come early, for clocks of sender and server tick apart


class Rates:
    """Counts messages to people; `enforce` makes too many of them fail with 429."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self.enforce = False
        self.refused = 0
        self._all: deque[float] = deque(maxlen=PER_SECOND)
        self._groups: defaultdict[int, deque[float]] = defaultdict(_minute)
        self._private: dict[int, float] = {}

    def spend(self, chat_id: int, messages: int = 1) -> None:
        """The messages are counted.

        Raises: Refusal 429 when one of the rates would be passed; then nothing is counted.
        """
        if not self.enforce:
            return
        now = self._monotonic()
        wait = max(self._wait_overall(now), self._wait_chat(chat_id, now))
        if wait > 0:
            self.refused += 1
            raise too_many(max(1, math.ceil(wait)))
        for _ in range(messages):
            self._all.append(now)
            if chat_id < 0:
                self._groups[chat_id].append(now)
        self._private[chat_id] = now

    def _wait_overall(self, now: float) -> float:
        full = len(self._all) == PER_SECOND
        return self._all[0] + 1 - JITTER - now if full else 0.0

    def _wait_chat(self, chat_id: int, now: float) -> float:
        if chat_id > 0:
            return self._private.get(chat_id, -math.inf) + 1 - JITTER - now
        minute = self._groups[chat_id]
        return minute[0] + 60 - JITTER - now if len(minute) == PER_GROUP_MINUTE else 0.0


def _minute() -> deque[float]:
    return deque(maxlen=PER_GROUP_MINUTE)

"""How many messages of one sender are handled: some at once, then so many a minute. In memory, a number per sender."""

from __future__ import annotations

import time
from collections.abc import Callable

REMEMBERED = 20_000  # senders: beyond that those whose flood is over are forgotten


class Pace:
    """`at_once` messages of a sender pass, then `a_minute`; 0 a minute lets everything pass."""

    def __init__(self, at_once: int, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.a_minute = a_minute
        self._gap = 60.0 / a_minute if a_minute else 0.0
        self._slack = at_once * self._gap
        self._clock = clock
        self._until: dict[int, float] = {}  # when what the sender was let pass is paid off
        self._told: dict[int, set[int]] = {}
        self._most = REMEMBERED

    def take(self, sender: int) -> float:
        """0.0, and one more message of the sender has passed; else the seconds until the next one may."""
        if not self._gap:
            return 0.0
        now = self._clock()
        until = max(self._until.get(sender, now), now) + self._gap
        if until - now > self._slack + 1e-6:
            return until - now - self._slack
        if until - now <= self._gap:
            self._told.pop(sender, None)  # the flood before, if there was one, is over
        if len(self._until) >= self._most:
            self._forget(now)
        self._until[sender] = until
        return 0.0

    def tells(self, sender: int, chat_id: int) -> bool:
        """True once in a flood: the sender is to be told in that chat."""
        told = self._told.setdefault(sender, set())
        is_first = chat_id not in told
        told.add(chat_id)
        return is_first

    def _forget(self, now: float) -> None:
        self._until = {sender: until for sender, until in self._until.items() if until > now}
        self._told = {sender: told for sender, told in self._told.items() if sender in self._until}
        self._most = max(REMEMBERED, 2 * len(self._until))  # so that looking through them stays rare

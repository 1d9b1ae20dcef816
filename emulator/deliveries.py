"""Updates on their way to one bot: kept in order until they are confirmed, whether by polling or by webhook.

Source: Bot API, "Getting updates": update ids grow by one, getUpdates confirms all below its offset, a negative
offset keeps only the last ones, the list of allowed kinds is remembered and concerns updates created after it was
given, an empty list means the usual kinds.
"""

import asyncio
from collections import deque
from dataclasses import dataclass

import orjson

from emulator.faults import Faults
from emulator.message import Json
from emulator.moments import Moment
from emulator.refusals import conflict

UNUSUAL = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
LONGEST_POLL = 50.0


@dataclass(slots=True)
class Update:
    """One update: its number, its kind, and the object in full as JSON text."""

    update_id: int
    kind: str
    body: bytes


class Deliveries:
    """The queue of one bot."""

    def __init__(self, faults: Faults, first_update_id: int = 100_001) -> None:
        self.pending: deque[Update] = deque()
        self.arrived = Moment()
        self.confirmed = Moment()
        self.allowed: frozenset[str] | None = None
        self.webhook_url = ""
        self._faults = faults
        self._next_id = first_update_id
        self._closed = False
        self._poller: asyncio.Task[object] | None = None

    def __len__(self) -> int:
        """How many updates are not confirmed yet."""
        return len(self.pending)

    @property
    def polled(self) -> bool:
        """Whether a long poll waits now."""
        return self._poller is not None

    def allow(self, kinds: list[str]) -> None:
        """Only these kinds are queued from now on; an empty list means the usual ones."""
        self.allowed = frozenset(kinds) or None

    def accepts(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed is not None else kind not in UNUSUAL

    def add(self, kind: str, payload: Json) -> None:
        """The update is queued, twice if a fault wants that, or dropped if its kind is not allowed."""
        if not self.accepts(kind):
            return
        update = Update(self._next_id, kind, orjson.dumps({"update_id": self._next_id, kind: payload}))
        self._next_id += 1
        self.pending.append(update)
        if self._faults.armed and self._faults.take_duplicate(kind, payload):
            self.pending.append(update)
        self.arrived.fire()

    def confirm(self, below: int) -> None:
        """Updates with ids under `below` are gone."""
        before = len(self.pending)
        while self.pending and self.pending[0].update_id < below:
            self.pending.popleft()
        if len(self.pending) != before:
            self.confirmed.fire()

    def keep_last(self, count: int) -> None:
        """All but the last `count` are gone."""
        while len(self.pending) > count:
            self.pending.popleft()

    def clear(self) -> None:
        """Nothing is pending."""
        self.pending.clear()
        self.confirmed.fire()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Update]:
        """Up to `limit` updates from `offset` on, as soon as there is one or after `seconds`.

        Raises: Refusal 409 while a webhook is set, or when another poll begins meanwhile.
        """
        self._refuse_with_webhook()
        if self._poller is not None:
            self._poller.cancel("conflict")
        if offset < 0:
            self.keep_last(-offset)
        else:
            self.confirm(offset)
        if not self.pending and seconds > 0 and not self._closed:
            await self._wait(min(seconds, LONGEST_POLL))
        return [update for update, _ in zip(self.pending, range(limit), strict=False)]

    async def _arrival(self, seconds: float) -> bool:
        """As `arrived.wait`, but what came before this task had its first turn counts too."""
        return bool(self.pending) or await self.arrived.wait(seconds)

    async def _wait(self, seconds: float) -> None:
        self._poller = waiting = asyncio.ensure_future(self._arrival(seconds))
        try:
            await asyncio.shield(waiting)
        except asyncio.CancelledError:
            if not waiting.cancelled():  # the request itself was dropped
                waiting.cancel()
                raise
            self._refuse_with_webhook()
            words = "terminated by other getUpdates request; make sure that only one bot instance is running"
            raise conflict(words) from None
        finally:
            if self._poller is waiting:
                self._poller = None

    def _refuse_with_webhook(self) -> None:
        if self.webhook_url:
            words = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise conflict(words)

    def open(self) -> None:
        """Polls may wait: the server has started."""
        self._closed = False

    def close(self) -> None:
        """No poll waits any more: the server is about to stop."""
        self._closed = True
        self.arrived.fire()

    def interrupt(self) -> None:
        """A poll that waits ends with a conflict: a webhook has been set."""
        if self._poller is not None:
            self._poller.cancel("webhook")

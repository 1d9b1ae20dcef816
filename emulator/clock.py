"""The business clock of the emulated world: real time with an offset, or standing still for tests."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from emulator.moments import Moment

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONGEST_WAIT = 60.0


class Clock:
    """Tells the time; `version` grows with every move, so that others can wait for one."""

    def __init__(self, start: datetime | None = None) -> None:
        """`start` (aware) makes the clock stand still there until it is moved; None follows real time."""
        self.version = 1
        self.moved = Moment()
        self.listeners: list[Callable[[], None]] = []
        self._frozen_at = _aware(start) if start is not None else None
        self._offset = timedelta()

    @property
    def frozen(self) -> bool:
        return self._frozen_at is not None

    def now(self) -> datetime:
        """The instant, aware, UTC."""
        return self._frozen_at if self._frozen_at is not None else datetime.now(UTC) + self._offset

    def unix(self) -> int:
        """The instant in Unix seconds, as dates of messages are."""
        if self._frozen_at is not None:
            return int(self._frozen_at.timestamp())
        return int(time.time() + self._offset.total_seconds())

    async def move_to(self, instant: datetime) -> None:
        """The clock shows `instant` (aware) and everyone waiting for a move is woken."""
        instant = _aware(instant)
        if self._frozen_at is not None:
            self._frozen_at = instant
        else:
            self._offset = instant - datetime.now(UTC)
        self.version += 1
        self.moved.fire()
        for listener in self.listeners:
            listener()

    async def advance(self, step: timedelta) -> None:
        """The clock is `step` later."""
        await self.move_to(self.now() + step)

    async def move_to_tomorrow_morning(self) -> None:
        """The clock shows 08:00 of the next day in Shanghai."""
        tomorrow = self.now().astimezone(SHANGHAI) + timedelta(days=1)
        await self.move_to(tomorrow.replace(hour=8, minute=0, second=0, microsecond=0))

    async def changed_since(self, version: int, seconds: float) -> bool:
        """True as soon as the version differs from `version`, False after `seconds` (at most 60)."""
        if self.version == version:
            await self.moved.wait(min(seconds, LONGEST_WAIT))
        return self.version != version

    def as_json(self) -> dict[str, Any]:
        """What `GET /clock` answers."""
        return {"now": self.now().isoformat(), "version": self.version, "frozen": self.frozen}


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"the clock needs an instant with a time zone, got {instant.isoformat()}")
    return instant.astimezone(UTC)

"""A member who floods is slowed, told so once, and loses nothing; nobody else is slowed.

What was stored waits its turn in the lane of its chat. Two things are refused, in words: what comes when very much of
the sender waits already, for memory has an end; and commands beyond the pace in a group, whose lane is everybody's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.pace import Pace
from crm.inbox import Received
from crm.outbox import Letter
from handlers import floods
from handlers.services import Services
from handlers.texts import floods as texts

log = structlog.get_logger()


class Floods:
    """What becomes of the updates of those who send too many."""

    def __init__(self, services: Services, pace: Pace, most_waiting: int) -> None:
        self._services = services
        self._most_waiting = most_waiting
        self._pace = pace
        self._full: dict[int, int] = {}  # private chat → how many waited when it was full: refused until they are done
        self._told_full: set[int] = set()  # … and has heard so: where handling is slow, the pace thinks a flood over

    async def wait(self, chat_id: int) -> float | None:
        """None when the next update of the private chat may be handled, else after how many seconds."""
        seconds = self._pace.take(chat_id) if chat_id > 0 else 0.0
        if not seconds:
            return None
        if self._pace.tells(chat_id, chat_id):
            log.warning("flood_slowed")
            await self._write(partial(floods.slow, chat_id=chat_id, a_minute=self._pace.a_minute))
        return seconds

    def refuses(self, received: Received, waiting: int) -> bool:
        """The update is not taken; `waiting` is how many of its chat wait already."""
        if not self._pace.a_minute:
            return False
        if received.chat_id < 0:
            sender = floods.sender_of(received)
            return sender != 0 and self._pace.take(sender) > 0
        if not waiting:
            self._full.pop(received.chat_id, None)
            self._told_full.discard(received.chat_id)
        elif waiting >= self._most_waiting:
            self._full.setdefault(received.chat_id, waiting)
        return received.chat_id in self._full

    async def refuse(self, refused: Sequence[Received]) -> None:
        """These have ended without effect, and each sender has heard it, once until the flood is over."""
        by_sender: dict[tuple[int, int], list[Received]] = {}
        for one in refused:
            by_sender.setdefault((one.chat_id, floods.sender_of(one)), []).append(one)
        for (chat_id, sender), those in by_sender.items():
            say = None
            if self._tells(sender, chat_id):
                waiting = self._full.get(chat_id, 0)
                say = partial(texts.full, waiting, self._pace.a_minute) if waiting else texts.too_fast_here
            await self._write(partial(floods.refuse, refused=those, say=say))

    def _tells(self, sender: int, chat_id: int) -> bool:
        if chat_id < 0:
            return self._pace.tells(sender, chat_id)
        is_first = chat_id not in self._told_full
        self._told_full.add(chat_id)
        return is_first

    async def _write(self, work: Callable[..., list[Letter]]) -> None:
        def piece(db: Session) -> list[Letter]:
            return work(db, services=self._services)

        try:
            self._services.hand_over(await self._services.database.write(piece))
        except SQLAlchemyError as error:  # the database is away: what was refused is handled after all, later
            log.warning("flood_not_told", error=type(error).__name__)

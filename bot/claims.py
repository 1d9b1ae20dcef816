"""On PostgreSQL a chat belongs to one replica while its updates are handled: order is kept across processes.

The claims are advisory locks of one connection, so that the server frees them when the process dies.
"""

from __future__ import annotations

import asyncio
import contextlib

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from crm.database import Database

CHAT_LOCKS = 7204  # an arbitrary number of our own; the two-number locks are apart from those of bot.single
KEYS = 1 << 31

log = structlog.get_logger()


class ChatClaims:
    """The chats that this replica works on."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None
        self._one_at_a_time = asyncio.Lock()

    async def take(self, chat_id: int) -> bool:
        """Whether the chat is ours now; False while another replica works on it, or without a server to ask."""
        return await self._ask("SELECT pg_try_advisory_lock(:space, :key)", chat_id)

    async def free(self, chat_id: int) -> None:
        """Another replica may work on the chat."""
        await self._ask("SELECT pg_advisory_unlock(:space, :key)", chat_id)

    def close(self) -> None:
        """Nothing is claimed any more."""
        if self._connection is not None:
            with contextlib.suppress(SQLAlchemyError):
                self._connection.invalidate()
                self._connection.close()
            self._connection = None

    async def _ask(self, question: str, chat_id: int) -> bool:
        async with self._one_at_a_time:
            return await asyncio.to_thread(self._ask_now, question, chat_id)

    def _ask_now(self, question: str, chat_id: int) -> bool:
        try:
            if self._connection is None:
                self._connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            answer = self._connection.scalar(text(question), {"space": CHAT_LOCKS, "key": chat_id % KEYS})
        except SQLAlchemyError as error:
            log.warning("claims_unreachable", error=type(error).__name__)
            self.close()
            return False
        return bool(answer)

"""A bot as the server knows it: its account, its updates, its menus and the button presses that wait for its answer."""

import asyncio
import itertools
import time
from dataclasses import dataclass, field

from emulator.chat import Chat
from emulator.deliveries import Deliveries
from emulator.message import Json
from emulator.numbers import Numbers

QUERY_LIFETIME = 150.0  # real seconds a button press waits for its answer


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What a press of a button brings: the bot's words, or the text a copy button puts on the clipboard, or a link."""

    text: str | None = None
    show_alert: bool = False
    url: str | None = None
    copied: str | None = None


@dataclass(slots=True)
class Query:
    """One press of a button."""

    query_id: str
    user_id: int
    chat: Chat
    message_id: int
    answer: asyncio.Future[CallbackAnswer]
    pressed: float = field(default_factory=time.monotonic)

    @property
    def expired(self) -> bool:
        return time.monotonic() - self.pressed > QUERY_LIFETIME


@dataclass(eq=False)
class Bot:
    """One bot; `user` is its User object, `commands` its menus by (scope, language)."""

    token: str
    user: Json
    deliveries: Deliveries
    privacy: bool = True
    blocked_by: set[int] = field(default_factory=set)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    webhook: Json = field(default_factory=dict)
    _numbers: Numbers = field(default_factory=lambda: Numbers(4_382_000_000_000_001))

    @property
    def user_id(self) -> int:
        return int(self.user["id"])

    @property
    def username(self) -> str:
        return str(self.user["username"])

    def new_query(self, user_id: int, chat: Chat, message_id: int) -> Query:
        """A press that waits for its answer; the oldest are forgotten when they have expired."""
        for old in list(itertools.islice(self.queries.values(), 2)):
            if old.expired:
                del self.queries[old.query_id]
        answer = asyncio.get_running_loop().create_future()
        query = Query(str(next(self._numbers)), user_id, chat, message_id, answer)
        self.queries[query.query_id] = query
        return query

"""Notes typed by a team of reps while something breaks, and the count of what became of them."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import aiohttp
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.trips import REPEAT_MARK
from crm import customers, members, teams
from crm.database import Database
from crm.tables import Inbox, Note
from emulator import server
from emulator.person import Person

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
REPS = 20
LIMIT_SECONDS = 60.0


async def until(holds: Callable[[], bool], seconds: float = LIMIT_SECONDS) -> None:
    """Returns once it holds; what is looked for, another process does."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110  the other process tells nothing; its traces are looked for
            await asyncio.sleep(0.01)


async def health(port: int) -> dict[str, object]:
    """What /healthz says, with its status."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz") as answer:
        told: dict[str, object] = await answer.json()
        return {**told, "status": answer.status}


async def until_health(port: int, **wanted: object) -> None:
    """Returns once /healthz says so; it may not be there yet."""
    told: dict[str, object] = {}
    async with asyncio.timeout(LIMIT_SECONDS):
        while not wanted.items() <= told.items():
            try:
                told = await health(port)
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)


def seat(url: str) -> None:
    """The database has this version's schema, a team of reps, and a customer of each."""

    def found(db: Session) -> None:
        team_id = teams.found(db, 5000, "主管", NOW).team_id
        for user_id in range(5001, 5001 + REPS):
            teams.join(db, team_id, user_id, f"销售{user_id}", "rep", NOW)
            customers.add(db, members.acting(db, user_id, NOW), customers.Profile(name="张伟"), NOW)

    database = Database(url)
    database.migrate()
    database.write_now(found)
    database.close()


@dataclass
class NoteLoad:
    """Numbered notes of all reps in turn."""

    emulator: server.Emulator
    typed: int = 0
    people: list[Person] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.people = [self.emulator.person(f"销售{n}", 5001 + n, started=True) for n in range(REPS)]

    async def type(self, notes: int) -> None:
        """So many more notes are typed."""
        for _ in range(notes):
            await self.people[self.typed % REPS].send(f"记 张伟 第{self.typed}条：客户嫌交期慢")
            self.typed += 1

    @property
    def answers(self) -> list[str]:
        """Every text that reached a phone, repeats included."""
        return [str(e.params["text"]) for e in self.emulator.traffic.of("sendMessage") if e.status == 200]

    async def first_answer(self) -> float:
        """Seconds until one more answer has come."""
        before, began = len(self.answers), time.monotonic()
        await until(lambda: len(self.answers) > before)
        return time.monotonic() - began

    async def all_answered(self) -> float:
        """Seconds until every rep has an answer to each of his notes."""
        began = time.monotonic()
        await until(lambda: len(self.answers) >= self.typed)
        return time.monotonic() - began

    def settle(self, url: str, what: str) -> None:
        """Counts and prints; nothing is lost, doubled, set aside, or repeated without a mark."""
        database = Database(url)
        stored = database.read_now(lambda db: Counter(db.scalars(select(Note.text))))
        states = select(Inbox.state, func.count()).group_by(Inbox.state)
        ended = database.read_now(lambda db: {row[0]: row[1] for row in db.execute(states)})
        database.close()
        lost, doubled = self.typed - len(stored), sum(stored.values()) - len(stored)
        marked = sum(text.startswith(REPEAT_MARK) for text in self.answers)
        unmarked = len(self.answers) - marked
        print(f"\n{what}: notes {self.typed}, lost {lost}, doubled {doubled}, answers {unmarked} + {marked} marked")  # noqa: T201  each fault test shows its counts: pytest -s
        assert (lost, doubled) == (0, 0)
        assert ended == {"handled": self.typed}
        assert self.typed - marked <= unmarked <= self.typed

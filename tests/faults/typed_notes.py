"""Many people who type notes, and what became of each note and of its answer."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.trips import REPEAT_MARK
from crm import customers, members, teams
from crm.database import Database
from crm.tables import Inbox, Note, Outbox
from emulator import server
from tests.faults.process import BotProcess

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
REPS = range(5001, 5021)
LONG = 200  # times the same is said: it takes the reader ten times as long as a short note
LIMIT_SECONDS = 120
NUMBER = re.compile(r"第(\d+)条")
UNDO = re.compile(r'"nu:(\d+)"')  # the button below the answer to a note tells which note it answers


async def until(holds: Callable[[], bool], seconds: float = LIMIT_SECONDS) -> None:
    """Returns once it holds."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110  another process tells nothing; its traces are looked for
            await asyncio.sleep(0.01)


def report(counts: str) -> None:
    """Each fault test shows its counts: pytest -s."""
    print(f"\n{counts}")  # noqa: T201


def fill(database: Database) -> None:
    """A team with an admin and twenty reps, each with a customer of the same name."""

    def seat(db: Session) -> None:
        team_id = teams.found(db, 5000, "主管", NOW).team_id
        for user_id in REPS:
            teams.join(db, team_id, user_id, f"销售{user_id}", "rep", NOW)
        for user_id in REPS:
            customers.add(db, members.acting(db, user_id, NOW), customers.Profile(name="张伟"), NOW)

    database.migrate()
    database.write_now(seat)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a note as it arrived."""

    note_id: int
    chat_id: int
    is_marked: bool


@dataclass(slots=True)
class Load:
    """Notes typed by twenty reps."""

    emulator: server.Emulator
    database: Database
    typed: int = 0
    answers: list[Answer] = field(default_factory=list)
    first_answers: list[tuple[float, float]] = field(default_factory=list)
    _seen: int = 0

    def __post_init__(self) -> None:
        for user_id in REPS:
            self.emulator.person(f"销售{user_id}", user_id, started=True)

    async def type(self, notes: int, by: int | None = None) -> None:
        """So many more notes are typed, by everybody in turn; or all by one of the reps, the first one very long."""
        for n in range(notes):
            person = self.emulator.person("", REPS[(self.typed if by is None else by) % len(REPS)])
            await person.send(
                f"记 张伟 第{self.typed}条：{'客户嫌报价高，' * (LONG if by is not None and n == 0 else 1)}"
            )
            self.typed += 1

    def answered(self) -> set[int]:
        """The notes whose answers have arrived."""
        new = list(self.emulator.traffic)[self._seen :]
        self._seen += len(new)
        for exchange in new:
            buttons = UNDO.search(orjson.dumps(exchange.params.get("reply_markup")).decode())
            if exchange.method == "sendMessage" and exchange.status == 200 and buttons:
                is_marked = str(exchange.params["text"]).startswith(REPEAT_MARK)
                self.answers.append(Answer(int(buttons[1]), int(exchange.params["chat_id"]), is_marked))
        return {answer.note_id for answer in self.answers}

    async def until_answered(self, more: int) -> None:
        """So many more notes than now have answers, or all that were typed."""
        wanted = min(len(self.answered()) + more, self.typed)
        await until(lambda: len(self.answered()) >= wanted)

    async def start(self, bot: BotProcess) -> None:
        """The process is started and has given the first answer to what waits; how long that took is kept."""
        waits, began = len(self.answered()) < self.typed, time.monotonic()
        await bot.start()
        await self.until_answered(1)
        if waits:
            self.first_answers.append((time.monotonic() - began, bot.cpu_seconds))

    def is_done(self) -> bool:
        """Every note that was typed is saved and its answer written down as sent."""
        sent = select(func.count()).select_from(Outbox).where(Outbox.state == "sent", Outbox.note_id.is_not(None))
        return len(self.answered()) >= self.typed and self.database.read_now(lambda db: db.scalar(sent)) == self.typed

    def tally(self) -> Tally:
        """What became of everything."""
        self.answered()
        stored: dict[int, int] = self.database.read_now(
            lambda db: {row[0]: int(NUMBER.findall(row[1])[0]) for row in db.execute(select(Note.note_id, Note.text))}
        )
        waits = select(func.count()).select_from(Inbox).where(Inbox.state != "handled")
        first: dict[int, Answer] = {}
        for answer in self.answers:
            first.setdefault(answer.note_id, answer)
        order: dict[int, list[int]] = {}
        for answer in first.values():
            order.setdefault(answer.chat_id, []).append(stored[answer.note_id])
        return Tally(
            typed=self.typed,
            lost=self.typed - len(set(stored.values())),
            doubled=len(stored) - len(set(stored.values())),
            unanswered=len(set(stored) - set(first)),
            unhandled=self.database.read_now(lambda db: db.scalar(waits)) or 0,
            repeats=len(self.answers) - len(first),
            marked=sum(answer.is_marked for answer in self.answers),
            unmarked_twice=sum(n > 1 for n in Counter(a.note_id for a in self.answers if not a.is_marked).values()),
            out_of_order=sum(numbers != sorted(numbers) for numbers in order.values()),
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of notes; `marked` answers say that they may have arrived before, `out_of_order` counts chats."""

    typed: int
    lost: int
    doubled: int
    unanswered: int
    unhandled: int
    repeats: int
    marked: int
    unmarked_twice: int
    out_of_order: int

    def faults(self) -> dict[str, int]:
        """Those counts that must be nothing."""
        names = ("lost", "doubled", "unanswered", "unhandled", "unmarked_twice", "out_of_order")
        return {name: value for name in names if (value := getattr(self, name))}

    def __str__(self) -> str:
        """All of them, for a reader."""
        return ", ".join(f"{name.replace('_', ' ')} {getattr(self, name)}" for name in self.__slots__)

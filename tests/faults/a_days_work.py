"""A team whose day is told by a real process, and the ledger of that day in words that can be written by hand.

小李 and 小周 are its reps; 小李 has a customer 张伟, who has a birthday, and tasks with an hour. 看门 belongs to a team
of his own, planned after it: what he is told at an instant shows that a whole tick at that instant is over.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from almanac import festivals
from almanac.birthdays import Birthday
from crm import customers, members, promises, teams
from crm.customers import Profile
from crm.database import Database
from crm.promises import Todo
from crm.tables import GroupChat, Member, Outbox, Task, Team
from emulator import server
from emulator.clock import Clock
from emulator.person import Person
from tests.bot import house
from tests.faults.machine_clock import MachineClock
from tests.faults.process import BotProcess

LONG_AGO = datetime(2025, 6, 1, tzinfo=UTC)
BOSS, REP, REP2, WATCHMAN = 5000, 5001, 5002, 5009
LATE = re.compile(r"（补发：原定 (\d\d)月(\d\d)日 (\d\d:\d\d)）")
LIMIT_SECONDS = 90
KINDS = ("card", "birthday", "festival", "task", "digest")  # those with a line in a Day
NEXT_LOOK = timedelta(minutes=11)  # further than anything is planned ahead

Day = Mapping[str, str]  # "card 小李 2026-03-19" → "sent", "late 03-19 08:00" or "skipped: the reason"


@dataclass(slots=True)
class Counts:
    """What a played fault prints. Seconds are real ones."""

    sent: int = 0
    lost: int = 0
    doubled: int = 0
    catch_up: float = 0.0
    first_answer: float = 0.0

    def __str__(self) -> str:
        took = f"catch-up {self.catch_up:.1f} s, from a start to an answer {self.first_answer:.1f} s"
        return f"sent {self.sent}, lost {self.lost}, doubled {self.doubled}, {took}"


@dataclass(slots=True)
class Play:
    """The running process with its emulator, and this side's own view of the database."""

    emulator: server.Emulator
    bot: BotProcess
    database: Database
    zone: ZoneInfo
    watchman: Person
    clock: Clock | MachineClock
    counts: Counts = field(default_factory=Counts)
    _looks: int = 0

    async def start(self) -> None:
        """The process runs and has answered; how long that took counts."""
        await self.ask()
        began = time.monotonic()
        await self.bot.start()
        await self.answered()
        self.counts.first_answer = max(self.counts.first_answer, time.monotonic() - began)

    async def ask(self) -> None:
        """The watchman asks for somebody whom he does not have."""
        await self.watchman.send("查 诸葛孔明")

    async def answered(self) -> None:
        """What the watchman asked has its answer."""
        await self._until_told("没找到")

    async def at(self, instant: datetime) -> None:
        """The clock shows it, and a running process has looked at everything since."""
        await self.clock.move_to(instant)
        await self.looked()

    async def looked(self) -> None:
        """A tick that began at the clock's instant or later is over, and what it found due has ended."""
        now = self.clock.now()
        self._looks += 1
        words = f"看第{self._looks}次"
        self.database.write_now(lambda db: _remind(db, words, now))
        began = time.monotonic()
        await self.clock.move_to(now)  # the emulator's wakes the tick
        await self._until_told(words)
        await house.until(lambda: not self._open(now), LIMIT_SECONDS)
        self.counts.catch_up = max(self.counts.catch_up, time.monotonic() - began)

    async def _until_told(self, words: str) -> None:
        while words not in (await self.watchman.next_message(timeout=LIMIT_SECONDS)).text:
            pass

    def _open(self, now: datetime) -> int:
        waits = select(Outbox.outbox_id).where(
            Outbox.state.in_(("pending", "sending", "uncertain")), Outbox.due_at <= now
        )
        return len(self.database.read_now(lambda db: list(db.scalars(waits))))

    async def ends_as(self, wanted: Day) -> None:
        """One more look changes nothing, the ledger is the wanted one, and each of it came to a phone exactly once."""
        await self.at(self.clock.now() + NEXT_LOOK)
        ledger, sent = self.database.read_now(lambda db: (_ledger(db, self.zone), _sent(db)))
        reached = Counter(
            (int(e.params["chat_id"]), str(e.params["text"]))
            for e in self.emulator.traffic.of("sendMessage")
            if e.status == 200 and int(e.params["chat_id"]) != WATCHMAN
        )
        self.counts.sent = reached.total()
        self.counts.lost = (sent - reached).total() + len(wanted.keys() - ledger.keys())
        self.counts.doubled = (reached - sent).total()
        print(f"\n{self.counts}")  # noqa: T201  each fault test shows its counts: pytest -s
        otherwise = {about: (ledger.get(about), wanted.get(about)) for about in ledger.keys() | wanted.keys()}
        otherwise = {about: ends for about, ends in otherwise.items() if ends[0] != ends[1]}
        assert not otherwise, f"(really, wanted): {otherwise}"
        assert (self.counts.lost, self.counts.doubled) == (0, 0), str(self.counts)


@asynccontextmanager
async def played(
    folder: Path,
    url: str,
    zone: str,
    begin: datetime,
    born: tuple[int, int],
    tasks: Mapping[str, datetime],
    clock: MachineClock | None = None,
) -> AsyncIterator[Play]:
    """The team at `begin`, its process not started yet. born: month and day; tasks: what 小李 must do and when.

    The process lives by the emulator's clock, or by this one.
    """
    database = Database(url)
    database.migrate()
    async with server.running(clock=begin) as emulator:
        names = {BOSS: "主管", REP: "小李", REP2: "小周", WATCHMAN: "看门"}
        people = {user_id: emulator.person(name, user_id, started=True) for user_id, name in names.items()}
        group = emulator.group("销售一组", [people[BOSS], people[REP], people[REP2]])
        emulator.bot.deliveries.clear()
        database.write_now(lambda db: _seat(db, zone, group.chat_id, born, tasks, begin))
        bot = BotProcess(emulator, folder, url, **(clock.settings if clock else {}))
        try:
            yield Play(emulator, bot, database, ZoneInfo(zone), people[WATCHMAN], clock or emulator.clock)
        finally:
            print(bot.log)  # noqa: T201  shown when the test fails
            await bot.kill()
            database.close()


def _seat(
    db: Session, zone: str, group: int, born: tuple[int, int], todos: Mapping[str, datetime], begin: datetime
) -> None:
    boss = teams.found(db, BOSS, "主管", LONG_AGO)
    db.get_one(Team, boss.team_id).zone = zone
    db.get_one(Member, boss.member_id).is_rep = False
    db.add(GroupChat(team_id=boss.team_id, chat_id=group, title="销售一组", connected_at=LONG_AGO))
    for user_id, name in ((REP, "小李"), (REP2, "小周")):
        teams.join(db, boss.team_id, user_id, name, "rep", LONG_AGO)
    db.flush()
    actor = members.acting(db, REP, LONG_AGO)
    customer = customers.add(db, actor, Profile("张伟", birthdays=(Birthday("solar", *born),)), LONG_AGO)
    customer.lead_rung = 9  # the ladder of untouched leads is no part of this
    for what, due in todos.items():
        promises.add(db, actor, None, None, Todo(what, due, True), "reminder", begin)
    watchman = teams.found(db, WATCHMAN, "看门", LONG_AGO)
    db.get_one(Member, watchman.member_id).is_rep = False


def _remind(db: Session, words: str, at: datetime) -> None:
    promises.add(db, members.acting(db, WATCHMAN, at), None, None, Todo(words, at, True), "reminder", at)


def _ledger(db: Session, zone: ZoneInfo) -> dict[str, str]:
    team_id = members.acting(db, BOSS, LONG_AGO).team_id
    rows = select(Outbox).where(Outbox.team_id == team_id, Outbox.push.in_(KINDS))
    return {_about(db, row, zone): _end(row) for row in db.scalars(rows) if row.state != "pending"}


def _about(db: Session, row: Outbox, zone: ZoneInfo) -> str:
    member = db.get(Member, row.member_id) if row.member_id else None
    who, key = member.name if member else "群", (row.key or "").split(":")
    match row.push:
        case "task":
            return f"task {who} {db.get_one(Task, row.task_id).what}"
        case "festival":
            return f"festival {who} {festivals.name_of(key[2])} {key[3]}"
        case "birthday":
            return f"birthday {who} {key[2]}" + ("" if key[3] == "day" else f" in {key[3]}")
    return f"{row.push} {who} {key[2] if len(key) > 2 else ''}".strip()


def _end(row: Outbox) -> str:
    if row.state != "sent":
        return f"{row.state}: {row.reason}"
    late = LATE.search(str(row.payload["text"]))
    return f"late {late[1]}-{late[2]} {late[3]}" if late else "sent"


def _sent(db: Session) -> Counter[tuple[int, str]]:
    rows = select(Outbox).where(Outbox.state == "sent", Outbox.method == "sendMessage", Outbox.chat_id != WATCHMAN)
    return Counter((row.chat_id, str(row.payload["text"])) for row in db.scalars(rows))

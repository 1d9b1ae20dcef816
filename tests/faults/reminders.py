"""Reminders of one minute for many reps, which the processes themselves plan, word and send; and what arrived."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from bot.single import PRESENCE_LOCKS
from bot.trips import REPEAT_MARK
from crm import members, tasks
from crm.database import Database
from crm.promises import Todo
from crm.tables import Outbox
from emulator import server
from tests.faults.typed_notes import NOW, REPS

SAID = re.compile(r"第(\d+)条提醒")


def plan(db: Session, numbers: range) -> None:
    """Tasks that are due now, of everybody in turn."""
    for n in numbers:
        actor = members.acting(db, REPS[n % len(REPS)], NOW)
        tasks.add(db, actor, None, Todo(f"第{n}条提醒", NOW, has_time=True), NOW)


@dataclass(slots=True)
class Arrivals:
    """How often each reminder arrived, without the mark of a repeat and with it; and by chat, in their order."""

    unmarked: Counter[int] = field(default_factory=Counter)
    marked: Counter[int] = field(default_factory=Counter)
    by_chat: dict[int, list[int]] = field(default_factory=dict)

    @property
    def numbers(self) -> set[int]:
        """The reminders that arrived."""
        return set(self.unmarked) | set(self.marked)

    @property
    def out_of_order(self) -> int:
        """Chats in which a reminder came first after one planned later."""
        return sum(list(dict.fromkeys(said)) != sorted(set(said)) for said in self.by_chat.values())


def arrivals(emulator: server.Emulator) -> Arrivals:
    """What reached the phones so far."""
    found = Arrivals()
    for exchange in emulator.traffic.of("sendMessage"):
        words = str(exchange.params["text"])
        said = SAID.search(words)
        if exchange.status == 200 and said:
            (found.marked if words.startswith(REPEAT_MARK) else found.unmarked)[int(said[1])] += 1
            found.by_chat.setdefault(int(exchange.params["chat_id"]), []).append(int(said[1]))
    return found


def sent(database: Database) -> int:
    """How many reminders are written down as sent."""
    rows = select(func.count()).select_from(Outbox).where(Outbox.push == "task", Outbox.state == "sent")
    return database.read_now(lambda db: db.scalar(rows)) or 0


def accepted(database: Database, emulator: server.Emulator, claimant: int | None = None) -> bool:
    """A reminder has arrived and is not written down as sent, by the process of this number or any."""
    under_way = select(Outbox.payload).where(Outbox.push == "task", Outbox.state == "sending")
    if claimant is not None:
        under_way = under_way.where(Outbox.claimed_by == claimant)
    words = database.read_now(lambda db: [str(payload.get("text")) for payload in db.scalars(under_way)])
    return bool({int(said[1]) for each in words if (said := SAID.search(each))} & arrivals(emulator).numbers)


def living(database: Database) -> set[int]:
    """The numbers of the processes that live on this server, as their locks show."""
    locks = text("SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = :space AND granted")
    return database.read_now(lambda db: set(db.scalars(locks, {"space": PRESENCE_LOCKS})))

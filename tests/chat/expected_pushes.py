"""Tables of expected pushes, written by hand from the rules and a calendar, and what a played office really has.

A table is a CSV file in tests/chat/tables: day, hour, who, what, about whom, how it ends ('sent' or the reason for
which it is held back), when it was first due if quiet hours put it off, words (split by |) that its text holds, or that
whoever asks why it did not come is told, and why, for the reader. None is recorded from a run.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from almanac import festivals
from crm import robots
from crm.tables import Customer, Member, Outbox, Robot, Task
from tests.chat.conftest import SHANGHAI, Office

TAG = re.compile(r"</?\w+>")
TABLES = Path(__file__).parent / "tables"
CLOCK = "7:00 8:00 8:30 9:00 10:00 14:00 15:00 17:30 18:00 18:07 21:30 22:00 23:30"
HOURS = tuple(time.fromisoformat(at.zfill(5)) for at in CLOCK.split())
Action = Callable[[Office], Awaitable[object]]


class Push(NamedTuple):
    """A line of a table, without what is for the reader."""

    day: str
    hour: str
    who: str
    what: str
    about: str
    end: str


@dataclass(frozen=True, slots=True)
class More:
    """What else a line of a table says."""

    words: list[str]
    first: str


@dataclass(frozen=True, slots=True)
class Found:
    """A push as it really ended, with its text, and the message that it is."""

    push: Push
    text: str
    chat_id: int
    message_id: int | None


Table = dict[Push, More]


def table(name: str) -> Table:
    """The lines of the table."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = {Push(*(row[field] for field in Push._fields)): More(row["words"].split("|"), row["first"]) for row in rows}
    assert len(lines) == len(rows), "no line twice"
    return lines


def days(first: date, last: date) -> list[date]:
    """All days from the first to the last."""
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]


async def play(
    office: Office, over: Iterable[date], actions: Mapping[datetime, Action], every: Iterable[Action] = ()
) -> None:
    """The days pass hour by hour; each action is done at its moment, after what the clock caused, `every` at all."""
    moments = {datetime.combine(day, at, SHANGHAI) for day in over for at in HOURS}
    assert actions.keys() <= moments
    for moment in sorted(moments):
        await office.at(moment)
        if moment in actions:
            await actions[moment](office)
            await office.idle()
        for action in every:
            await action(office)


def found(office: Office, team_id: int, since: datetime) -> list[Found]:
    """Every push of the team that was due since then, as it ended."""

    def work(db: Session) -> list[Found]:
        rows = select(Outbox).where(Outbox.team_id == team_id, Outbox.push.is_not(None), Outbox.due_at >= since)
        return [_found(db, row) for row in db.scalars(rows.order_by(Outbox.outbox_id))]

    return office.database.read_now(work)


def _found(db: Session, row: Outbox) -> Found:
    member = db.get(Member, row.member_id) if row.member_id is not None else None
    at = (row.sent_at or row.due_at).astimezone(SHANGHAI)
    *key, last = (row.key or "").split(":")
    what = f"birthday in {last}" if row.push == "birthday" and last.isdecimal() else row.push or ""
    end = row.state if row.state != "skipped" else row.reason or ""
    who = member.name if member is not None else _robot(db, row) or "群"
    text = TAG.sub("", str(row.payload.get("text", "")))
    push = Push(f"{at:%Y-%m-%d}", f"{at:%H:%M}", who, what, _about(db, row, key), end)
    return Found(push, text, row.chat_id, row.message_id)


def _robot(db: Session, row: Outbox) -> str | None:
    """The name of the group robot that it went to."""
    return next((one.name for one in db.scalars(select(Robot)) if robots.lane(one.robot_id) == row.chat_id), None)


def _about(db: Session, row: Outbox, key: list[str]) -> str:
    match row.push:
        case "birthday" | "risk" | "complaint":
            return db.get_one(Customer, row.customer_id).name
        case "task":
            return db.get_one(Task, row.task_id).what
        case "festival":
            return festivals.name_of(key[2])
        case "ladder":
            return db.get_one(Customer, int((row.key or "").rpartition(":")[2])).name
    return ""


def differences(expected: Table, really: list[Found]) -> list[str]:
    """In words: what is missing, too much, doubled, or says something else."""
    texts = {one.push: one.text for one in really}
    told = [f"missing: {'  '.join(push)}" for push in expected if push not in texts]
    told += [f"not in the table: {'  '.join(push)}" for push in texts if push not in expected]
    told += [f"doubled: {'  '.join(one.push)}" for one in really if [o.push for o in really].count(one.push) > 1]
    for push in expected.keys() & texts.keys():
        lacking = [words for words in expected[push].words if words not in texts[push]]
        if push.end == "sent" and lacking:
            told.append(f"says otherwise: {'  '.join(push)}: without {lacking}: {texts[push]}")
    return sorted(told)


def compare(name: str, really: list[Found]) -> None:
    """Fails with what differs from the table."""
    told = differences(table(name), really)
    assert not told, "\n".join([f"{name}:", *told])

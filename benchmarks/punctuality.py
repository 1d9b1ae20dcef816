"""A thousand due pushes within Telegram's rates, and how late a push is when there is little to do.

The bot runs as a process of its own, by the real clock, against the emulator that refuses whatever is too fast.
"""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from benchmarks import office
from crm import outbox, promises, settings, teams
from crm.database import Database
from crm.members import acting
from crm.outbox import Planned
from crm.promises import Todo
from emulator import server
from tests import models

FIRST_USER_ID = 30_001
GROUPS = 2
PERSONS, EACH = 475, 2  # 950 pushes to people
TO_A_GROUP = 25
IDLE_PUSHES = 60
HEAD_START = timedelta(seconds=12)  # for the bot's start: what is due before is late by the start
LIMIT_SECONDS = 300.0
Sent = list[tuple[int, datetime, datetime]]  # chat, due, sent
Plan = Callable[[Session, datetime, list[int]], None]  # now, the ids of the groups


def main() -> None:
    """Prints the figures."""
    office.stay_on_core(0)
    print("\n## 1,000 pushes due at once; refused is what is above 30 a second, 1 a chat, or 20 a minute a group")
    _report_rates(*asyncio.run(_play(_due_at_once, PERSONS * EACH + TO_A_GROUP * GROUPS)))
    print(f"\n## Punctuality: {IDLE_PUSHES} tasks at their seconds, one to two seconds apart, nothing else to do")
    sent, refused = asyncio.run(_play(_one_by_one, IDLE_PUSHES))
    late = sorted((at - due).total_seconds() for _, due, at in sent)
    cuts = statistics.quantiles(late, n=100)
    print(f"  due to sent: p50 {cuts[49]:.3f} s, p99 {cuts[98]:.3f} s, worst {late[-1]:.3f} s; refused {refused}")


def _report_rates(sent: Sent, refused: int) -> None:
    moments = sorted(at for _, _, at in sent)
    people = sorted(at for chat, _, at in sent if chat > 0)
    busy = [at for at in moments if at <= people[-1]]
    rate = (len(busy) - 1) / (busy[-1] - busy[0]).total_seconds()
    by_chat = defaultdict(list)
    for chat, _, at in sent:
        by_chat[chat].append(at)
    gaps = [(b - a).total_seconds() for found in by_chat.values() for a, b in itertools.pairwise(sorted(found))]
    minute = max(_most_in(sorted(by_chat[group]), timedelta(seconds=60)) for group in by_chat if group < 0)
    print(f"  {len(sent):,} sent, {refused} refused (429); {rate:.1f} a second from the first to the last person,")
    print(f"  busiest second {_most_in(moments, timedelta(seconds=1))}, closest two to one chat {min(gaps):.2f} s,")
    print(f"  most to a group within a minute {minute}, all after {(moments[-1] - moments[0]).seconds} s")


def _most_in(moments: list[datetime], span: timedelta) -> int:
    return max(sum(start <= at < start + span for at in moments) for start in moments)


async def _play(plan: Plan, count: int) -> tuple[Sent, int]:
    """What was sent, and how often the emulator refused."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with server.running() as emulator:
            people = [emulator.person(f"销售{n}", FIRST_USER_ID + n, started=True) for n in range(PERSONS)]
            groups = [emulator.group(f"群{n}", people[:2]).chat_id for n in range(GROUPS)]
            emulator.bot.deliveries.clear()
            _fill(folder / "sales.db", plan, groups)
            emulator.rates.enforce = True
            settings_of_bot = office.environment(emulator, folder, models.trained_model())
            settings_of_bot["SALES_TELEGRAM__RATE_GATES"] = "true"
            async with office.child("-m", "bot", "run", environment=settings_of_bot):
                sent = await _until_sent(folder / "sales.db", count)
            return sent, emulator.rates.refused


def _fill(path: Path, plan: Plan, groups: list[int]) -> None:
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.write_now(lambda db: plan(db, datetime.now(UTC), groups))
    database.close()


async def _until_sent(path: Path, count: int) -> Sent:
    asked = "SELECT chat_id, due_at, sent_at FROM outbox WHERE state = 'sent' AND (push = 'task' OR key LIKE 'test:%')"
    async with asyncio.timeout(LIMIT_SECONDS):
        while True:
            with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as link:
                rows = link.execute(asked).fetchall()
            if len(rows) >= count:
                return [(chat, _instant(due), _instant(at)) for chat, due, at in rows]
            await asyncio.sleep(0.5)


def _instant(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)


def _seat(db: Session, now: datetime) -> int:
    founder = teams.found(db, FIRST_USER_ID - 1, "主管", now)
    settings.change(db, founder, "quiet_hours", None)
    for n in range(PERSONS):
        teams.join(db, founder.team_id, FIRST_USER_ID + n, f"销售{n}", "rep", now)
    return founder.team_id


def _remind(db: Session, n: int, due_at: datetime, now: datetime) -> None:
    actor = acting(db, FIRST_USER_ID + n, now)
    promises.add(db, actor, None, None, Todo(f"回访第{n}位", due_at, True), "reminder", now)


def _due_at_once(db: Session, now: datetime, groups: list[int]) -> None:
    team_id, due_at = _seat(db, now), now + HEAD_START
    for n in range(PERSONS):
        for _ in range(EACH):
            _remind(db, n, due_at, now)
    posts = [
        Planned(f"test:{chat_id}:{n}", "digest", team_id, chat_id, due_at, {"chat_id": chat_id, "text": f"{n}"})
        for chat_id in groups
        for n in range(TO_A_GROUP)
    ]
    outbox.enqueue(db, posts, now)
    db.flush()
    db.connection().exec_driver_sql("UPDATE outbox SET method = 'sendMessage' WHERE key LIKE 'test:%'")


def _one_by_one(db: Session, now: datetime, _groups: list[int]) -> None:
    _seat(db, now)
    at = now + HEAD_START
    for n in range(IDLE_PUSHES):
        at += timedelta(seconds=1 + n % 2)
        _remind(db, n, at, now)


if __name__ == "__main__":
    main()

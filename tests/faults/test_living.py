"""Who lives and who is dead: a process whose locks broke with the server is not taken for dead by one that starts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.trips import REPEAT_MARK
from crm.database import Database
from crm.tables import Outbox
from emulator import server
from emulator.person import Person
from tests import postgres
from tests.faults import reminders, typed_notes
from tests.faults.process import BotProcess
from tests.faults.typed_notes import NOW, REPS, until

pytestmark = [pytest.mark.long, pytest.mark.postgresql]


def _texts(person: Person) -> list[str]:
    return [message.text for message in person.messages() if message["from"]["is_bot"]]


def _break_connections(database: Database) -> None:
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    with database.engine.begin() as connection:
        connection.execute(text(f"{others} AND datname = current_database()"))


def _under_way(database: Database) -> int:
    count = select(func.count()).select_from(Outbox).where(Outbox.state == "sending")
    return database.read_now(lambda db: db.scalar(count)) or 0


@asynccontextmanager
async def _answering(folder: Path, url: str) -> AsyncIterator[tuple[server.Emulator, Database, BotProcess]]:
    """A process stands still, the answer to one rep has arrived, and it has not heard so."""
    database = Database(url)
    typed_notes.fill(database)
    async with server.running(clock=NOW) as emulator:
        rep = emulator.person("小李", REPS[0], started=True)
        bot = BotProcess(emulator, folder / "one", url)
        await bot.start()
        await rep.send("/help")
        await rep.next_message(timeout=typed_notes.LIMIT_SECONDS)
        await until(lambda: _under_way(database) == 0)
        emulator.faults.add("slow", "sendMessage", seconds=1.0)
        await rep.send("/help")
        await rep.next_message(timeout=typed_notes.LIMIT_SECONDS)
        await bot.stand_still()
        yield emulator, database, bot
        await bot.stop()
    database.close()


@pytest.mark.parametrize("restarts", [False, True], ids=["connections break", "server restarts"])
async def test_who_starts_then_takes_nobody_living_for_dead(tmp_path: Path, restarts: bool) -> None:
    with postgres.own_server() as own, postgres.fresh_database(own.url, "team") as url:
        async with _answering(tmp_path, url) as (emulator, database, one):
            rep, other = emulator.person("", REPS[0]), emulator.person("小周", REPS[1], started=True)
            if restarts:
                own.stop("fast")
                own.start()
                database.engine.dispose()
            else:
                _break_connections(database)
            two = BotProcess(emulator, tmp_path / "two", url)
            await two.start()
            await other.send("/help")
            await other.next_message(timeout=typed_notes.LIMIT_SECONDS)  # it has started, and serves
            assert len(reminders.living(database)) == 1
            assert _under_way(database) >= 1
            one.resume()
            await until(lambda: len(reminders.living(database)) == 2 and _under_way(database) == 0)
            said = _texts(rep)
            typed_notes.report(f"sent {len(said)}, lost {2 - len(said)}, doubled {max(0, len(said) - 2)}")
            assert len(said) == 2
            assert not [words for words in said if words.startswith(REPEAT_MARK)]
            await two.stop()

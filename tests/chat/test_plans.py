"""No sentence, command or press reads a whole table, nor one about one customer all that the team has."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from benchmarks import command_steps, desk, filling, large_team
from bot.heavy import HeavyWork
from crm.database import Database
from crm.tables import Table
from emulator import server
from handlers import menus
from tests.chat import plans
from tests.chat.test_presses import alike

SIZE = 600
QUEUE = "the index holds only what waits"
FEW = (
    "alembic_version",
    "greeting_template",
    "member",
    "model_version",
    "pg_namespace",
    "team",
)  # a row a person, or less
UNLISTED = (  # words that are no command of the menu
    *("最大的订单 这个月", "谁欠款 小周"),
    *("查到期", "查日子 明年春节", "查节日 4月"),
)
# Table, index → why it may be read whole.
WHOLE = {
    ("outbox", "ix_outbox_pending"): QUEUE,
    ("outbox", "ix_outbox_sending"): QUEUE,
    ("outbox", "ix_outbox_uncertain"): QUEUE,
    ("inbox", "ix_inbox_new"): QUEUE,
    ("note", "ix_note_untagged"): QUEUE,
    ("import", "ix_import_running"): QUEUE,
    (
        "tag_correction",
        "ix_tag_correction_team",
    ): "the clock looks for teams with enough new taps, no chat waits for it",
}
# Room → why it may read whole tables.
WHOLE_AT = {"crm.erasing": "whoever is erased may be quoted in any message or draft: an admin's act, once in a while"}
# Tables with a row or two a member, a word or a file: a team's are few.
SHORT = ("complaint_cause", "member", "import", "model_version", "score_record", "team_report", "team_word")
# Place → why it may read what a team has, though one customer was asked for.
OF_TEAM = {
    "crm.credit._order_hints": "the newest two thousand orders and no more, in the order of the index",
    "crm.lead_outcomes._ended": "what became of all leads, kept for the day",
    "crm.sold_before.is_sold": "the newest ten thousand orders and no more, in the order of the index",
}


@asynccontextmanager
async def at_desks(url: str, folder: Path, heavy: HeavyWork) -> AsyncIterator[tuple[desk.Desk, desk.Desk]]:
    """The application in a team with something of everything, and two of its members: a rep and the admin."""
    async with server.running(clock=filling.NOW) as emulator:
        rep, admin = (emulator.person("", one, started=True) for one in (large_team.FIRST_REP, large_team.ADMIN))
        async with desk.opened(emulator, folder, url, heavy) as app:
            yield desk.Desk(emulator, app, rep), desk.Desk(emulator, app, admin)


async def all_of_one(at: desk.Desk, filled: large_team.Filled) -> None:
    """Everything that is done with one customer."""
    customer_id, spare_id = filled.owned(0, 2)
    who = at.app.database.read_now(lambda db: command_steps.person(db, customer_id, spare_id))
    for steps in command_steps.ROUNDS:
        await steps(at, who)


async def all_else(at: desk.Desk, value: str) -> None:
    """Every command with its example, alone, and a press of each kind of button with this value in its fields."""
    of_commands = [text for command in menus.COMMANDS for text in (f"/{command.name}", command.example) if text]
    for text in (*of_commands, *UNLISTED):
        await at.person.send(text)
        await at.idle()
    below = at.person.chat.from_bots[-1]
    for _, made in alike((value,)):
        for data in made:
            await at.person.press(below, data=data, wait=False)
            await at.idle()


def unexpected(found: list[plans.Scan]) -> list[str]:
    """Scans of whole tables that nobody declared."""
    rows = [scan for scan in found if not scan.of_team and scan.table not in FEW]
    rows = [scan for scan in rows if not scan.place.startswith(tuple(f"{room}." for room in WHOLE_AT))]
    return sorted({str(scan) for scan in rows if (scan.table, scan.index) not in WHOLE})


def broad(found: list[plans.Scan]) -> list[str]:
    """Reads of all that a team has, where they are neither few nor declared."""
    rows = [scan for scan in found if scan.of_team and scan.table not in SHORT]
    return sorted({str(scan) for scan in rows if scan.place.partition(" < ")[0] not in OF_TEAM})


def fill(url: str) -> tuple[Database, large_team.Filled]:
    """The database, open, with a team."""
    database = Database(url)
    database.migrate()
    return database, large_team.fill(database, SIZE)


async def test_what_is_done_with_one_customer_reads_no_more_than_it_needs(
    database_url: str, tmp_path: Path, heavy: HeavyWork
) -> None:
    database, filled = fill(database_url)
    with plans.collected() as asked:
        async with at_desks(database_url, tmp_path, heavy) as (rep, _):
            await all_of_one(rep, filled)
    found = plans.scans(database, asked)
    database.close()
    assert len(asked) > 200
    assert unexpected(found) == []
    assert broad(found) == []


@pytest.mark.long
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
async def test_no_chat_path_reads_a_whole_table(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, heavy: HeavyWork
) -> None:
    url = str(request.getfixturevalue("database_url" if kind == "sqlite" else "postgres_url"))
    database, filled = fill(url)
    with plans.collected() as asked:
        async with at_desks(url, tmp_path, heavy) as both:
            for at, value in zip(both, ("1", "2"), strict=True):
                await all_of_one(at, filled)
                await all_else(at, value)
    found = plans.scans(database, asked)
    database.close()
    assert len(asked) > 500
    assert unexpected(found) == []


def test_a_scan_is_seen(database: Database) -> None:
    with plans.collected() as asked, database.engine.connect() as connection:
        connection.exec_driver_sql("SELECT title FROM customer AS one WHERE title = ?", ("厂长",))
        connection.exec_driver_sql("SELECT name FROM customer WHERE customer_id = ?", (1,))
    assert [(scan.table, scan.index) for scan in plans.scans(database, asked)] == [("customer", None)]
    assert len(asked) == 2


def test_each_exception_is_of_an_index_there_is() -> None:
    named = {index.name for sheet in Table.metadata.tables.values() for index in sheet.indexes}
    assert [index for _, index in WHOLE if index is not None and index not in named] == []

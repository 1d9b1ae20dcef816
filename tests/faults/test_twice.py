"""What comes twice is handled once: updates, whole batches, and calls of the webhook whose answer was lost."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.application import App
from crm.database import Database
from crm.tables import Customer, Inbox, Outbox
from emulator import server
from emulator.person import Person
from tests.bot import house
from tests.faults import balancer, typed_notes

REPS = (1001, 1002, 1003)
TYPED = 60
DIGITS = "零一二三四五六七八九"
NAMED = re.compile(rf"王([{DIGITS}])([{DIGITS}])")


async def _type(people: Sequence[Person], numbers: range) -> None:
    for n in numbers:
        await people[n % len(people)].send(f"加客户 王{DIGITS[n // 10]}{DIGITS[n % 10]}")


def _said(person: Person) -> list[int]:
    """The numbers in the answers that one phone got, in their order."""
    named = [NAMED.search(message.text) for message in person.messages() if message["from"]["is_bot"]]
    return [10 * DIGITS.index(name[1]) + DIGITS.index(name[2]) for name in named if name]


def _counts(database: Database) -> tuple[int, int, int]:
    """Customers, updates and answers that are stored."""

    def count(db: Session) -> tuple[int, int, int]:
        made, came, left = (db.scalar(select(func.count()).select_from(of)) or 0 for of in (Customer, Inbox, Outbox))
        return made, came, left

    return database.read_now(count)


def _check(people: Sequence[Person], database: Database, what: str) -> None:
    """Everything typed has one customer and one answer, in the order of its chat."""
    made, came, left = _counts(database)
    said = {person.user_id: _said(person) for person in people}
    answers = sum(len(numbers) for numbers in said.values())
    typed_notes.report(
        f"{what}: typed {TYPED}, lost {TYPED - made}, doubled {max(0, made - TYPED)}, answers {answers}, updates {came}"
    )
    assert (made, came, left) == (TYPED, TYPED, TYPED)
    for at, person in enumerate(people):
        assert said[person.user_id] == list(range(at, TYPED, len(people)))


@pytest.mark.long
async def test_a_batch_that_comes_twice(tmp_path: Path, any_url: str) -> None:
    """By polling, each update twice in its batch; and twice again from a second receiver, at once and afterwards."""
    house.seat(any_url, *REPS)
    async with server.running(clock=house.NOW) as emulator:
        people = [emulator.person(f"{n}", n, started=True) for n in REPS]
        emulator.faults.add("duplicate_update", "message", times=TYPED)
        await _type(people, range(TYPED))
        batch: list[dict[str, Any]] = [orjson.loads(update.body) for update in emulator.bot.deliveries.pending]
        assert len(batch) == 2 * TYPED
        async with house.running(house.settings(emulator, tmp_path, any_url)) as app:
            await asyncio.gather(app.intake.accept(batch[::2]), app.intake.accept(batch))
            await app.idle()
            await house.until(lambda: emulator.deliveries == 0)
            await app.intake.accept(batch)
            await app.idle()
            _check(people, app.database, "a batch twice")


@pytest.mark.long
@pytest.mark.parametrize("replicas", [1, pytest.param(2, marks=pytest.mark.postgresql)])
async def test_calls_whose_answer_is_lost_are_repeated(
    tmp_path: Path, request: pytest.FixtureRequest, replicas: int
) -> None:
    """Telegram hears 502 of calls that were taken, and repeats them, to another process where there are two."""
    url = str(request.getfixturevalue("database_url" if replicas == 1 else "postgres_url"))
    house.seat(url, *REPS)
    async with server.running(clock=house.NOW) as emulator, balancer.running([]) as before, AsyncExitStack() as stack:
        people = [emulator.person(f"{n}", n, started=True) for n in REPS]
        emulator.webhooks.longest_pause = 0.05
        apps: list[App] = []
        for n in range(replicas):
            given = house.webhook(emulator, tmp_path / f"{n}", url)
            given.telegram.webhook_url = before.url
            apps.append(await stack.enter_async_context(house.running(given)))
            before.ports.append(apps[-1].web.port)
        before.loses = TYPED
        await _type(people, range(TYPED))
        await house.until(lambda: emulator.deliveries == 0)
        for app in apps:
            await app.idle()
        await house.until(lambda: _counts(apps[0].database)[0] == TYPED)
        for app in apps:
            await app.idle()
        assert before.loses == 0
        assert before.taken.total() == 2 * TYPED
        assert len(before.taken) == replicas
        _check(people, apps[0].database, f"calls of {replicas} webhooks, each repeated")

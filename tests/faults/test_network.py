"""Pushes to many chats, and what a rep types meanwhile, while Telegram or the network fails.

Nothing is lost, nothing comes twice without the mark of a repeat, and each chat is told in order.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.application import App
from bot.trips import REPEAT_MARK
from crm import members, outbox, promises, teams
from crm.promises import Todo
from crm.tables import Inbox, Note, Outbox
from emulator import server
from emulator.person import Person
from tests.bot import house
from tests.faults import gates
from tests.faults.gates import Gate

REP, FIRST = 1001, 2001
EACH = 3  # pushes to a chat
TYPED = 5  # notes of the rep
ANSWER_SECONDS = 0.5  # the setting that is 30 otherwise
LIMIT_SECONDS = 90


@dataclass(slots=True)
class Scene:
    """The running application, its pushes not due yet, the emulator, and the gate between the two."""

    app: App
    emulator: server.Emulator
    gate: Gate
    rep: Person
    people: list[Person]

    @property
    def refused(self) -> int:
        """How many sendings Telegram has answered with an error."""
        return sum(e.status >= 400 for e in self.emulator.traffic.of("sendMessage"))

    async def due(self) -> None:
        """The pushes are due."""
        await self.emulator.clock.advance(timedelta(minutes=1))

    def came(self) -> int:
        """How many different pushes have come."""
        return sum(len({_plain(text) for text in _told(person)}) for person in self.people)


Fault = Callable[[Scene], Awaitable[None]]


def _told(person: Person) -> list[str]:
    return [message.text for message in person.messages() if message["from"]["is_bot"]]


def _plain(text: str) -> str:
    return text.removeprefix(REPEAT_MARK)


def _plan(db: Session, chat_ids: list[int]) -> None:
    """Pushes that are due in a minute, worded already."""
    member = teams.find_member(db, REP)
    assert member is not None
    due = house.NOW + timedelta(minutes=1)
    planned = [
        outbox.Planned(f"test:{chat}:{n}", "task", member.team_id, chat, due, {"chat_id": chat, "text": f"第{n}条"})
        for n in range(EACH)
        for chat in chat_ids
    ]
    outbox.enqueue(db, planned, house.NOW)
    db.execute(update(Outbox).where(Outbox.key.startswith("test:")).values(method="sendMessage"))


@asynccontextmanager
async def scene(folder: Path, url: str, chats: int) -> AsyncIterator[Scene]:
    """The application behind a gate, a rep who types, and others to whom pushes go."""
    house.seat(url, REP)
    async with server.running(clock=house.NOW) as emulator, gates.opened(emulator) as gate:
        rep = emulator.person("小李", REP, started=True)
        people = [emulator.person(f"{n}", FIRST + n, started=True) for n in range(chats)]
        given = house.settings(emulator, folder, url, **gate.reached(), answer_seconds=ANSWER_SECONDS)
        async with house.running(given) as app:
            app.database.write_now(lambda db: _plan(db, [person.user_id for person in people]))
            yield Scene(app, emulator, gate, rep, people)


async def play(folder: Path, url: str, chats: int, fault: Fault) -> None:
    """The fault comes while pushes leave and the rep types; then everything is counted."""
    async with scene(folder, url, chats) as there:
        await play_in(there, fault)


async def play_in(there: Scene, fault: Fault) -> None:
    """The fault, the rep's notes after it, and the counts."""
    await there.rep.send("加客户 张伟")
    await there.rep.next_message()
    await fault(there)
    ended = time.monotonic()
    for n in range(TYPED):
        await there.rep.send(f"记 张伟 第{n}条：嫌交期慢")
    wanted = len(there.people) * EACH
    await house.until(lambda: there.came() == wanted and _notes(there.app) >= TYPED, LIMIT_SECONDS)
    took = time.monotonic() - ended
    await house.until(lambda: not there.emulator.deliveries, LIMIT_SECONDS)
    await there.app.idle()
    unmarked, marked = _counted(there)
    doubled = sum(times - 1 for times in unmarked.values())
    counts = f"sent {wanted}, lost {wanted - there.came()}, doubled {doubled}, repeated with a mark {marked}"
    print(f"\n{counts}, catch-up {took:.1f} s")  # noqa: T201  each fault test shows its counts: pytest -s
    assert doubled == 0
    assert _ends(there.app) == {"sent"}
    for person in there.people:
        assert list(dict.fromkeys(map(_plain, _told(person)))) == [f"第{n}条" for n in range(EACH)]


def _notes(app: App) -> int:
    return app.database.read_now(lambda db: db.scalar(select(func.count()).select_from(Note)) or 0)


def _counted(there: Scene) -> tuple[Counter[tuple[int, str]], int]:
    """How often each push came without the mark of a repeat, and how many came with it."""
    came = [(person.user_id, text) for person in there.people for text in _told(person)]
    return Counter(one for one in came if not one[1].startswith(REPEAT_MARK)), sum(
        text.startswith(REPEAT_MARK) for _, text in came
    )


def _ends(app: App) -> set[str]:
    states = app.database.read_now(lambda db: set(db.scalars(select(Outbox.state).distinct())))
    handled = app.database.read_now(lambda db: set(db.scalars(select(Inbox.state).distinct())))
    return states | (handled - {"handled"})


async def one_chat_is_told_to_wait(there: Scene) -> None:
    """429 for one chat until all others have all that is theirs."""
    first = there.people[0]
    there.emulator.faults.add("too_many", "sendMessage", times=10**6, chat_id=first.user_id, retry_after=1)
    await there.due()
    await house.until(lambda: there.came() == (len(there.people) - 1) * EACH, LIMIT_SECONDS)
    assert _told(first) == []
    there.emulator.faults.clear()


async def all_are_told_to_wait(there: Scene) -> None:
    """429 for whoever is written to."""
    there.emulator.faults.add("too_many", "sendMessage", times=len(there.people), retry_after=1)
    await there.due()
    await house.until(lambda: there.refused >= len(there.people), LIMIT_SECONDS)


async def connections_are_refused(there: Scene) -> None:
    await there.gate.shut()
    await there.due()
    await house.until(lambda: there.app.sender.waiting > 0, LIMIT_SECONDS)
    await there.gate.open()


async def the_network_breaks_in_the_middle(there: Scene) -> None:
    await there.due()
    await house.until(lambda: there.came() > len(there.people) // 2, LIMIT_SECONDS)
    await there.gate.shut()
    await house.until(lambda: there.app.sender.waiting > 0, LIMIT_SECONDS)
    await there.gate.open()


def some_go_wrong(kind: str) -> Fault:
    """A quarter of the first sendings end so."""

    async def fault(there: Scene) -> None:
        there.emulator.faults.add(kind, "sendMessage", times=len(there.people) // 4, seconds=LIMIT_SECONDS)
        await there.due()

    return fault


async def telegram_is_down(there: Scene) -> None:
    """502 to everything, for longer than all the repeats of a letter that may have arrived would take."""
    for method in (None, "getUpdates"):
        there.emulator.faults.add("server_error", method, times=10**6)
    await there.due()
    tried = outbox.TRIES + 2
    await house.until(lambda: _failed(there) >= tried * len(there.people), LIMIT_SECONDS)
    there.emulator.faults.clear()


def _failed(there: Scene) -> int:
    return sum(e.status == 502 and e.method != "getUpdates" for e in there.emulator.traffic)


async def nothing_gets_through_and_nothing_says_so(there: Scene) -> None:
    """What is sent is swallowed on the way: a stall before acceptance."""
    there.gate.hush(silent=True)
    await there.due()
    await house.until(lambda: there.gate.swallowed >= len(there.people) // 4, LIMIT_SECONDS)
    there.gate.hush(silent=False)


async def a_bit_of_everything(there: Scene) -> None:
    for kind in ("too_many", "cut_before", "cut_after", "server_error", "slow"):
        there.emulator.faults.add(kind, "sendMessage", times=len(there.people) // 4, seconds=LIMIT_SECONDS)
    await the_network_breaks_in_the_middle(there)


FAULTS: dict[str, Fault] = {
    "429 on one chat": one_chat_is_told_to_wait,
    "429 on all": all_are_told_to_wait,
    "refused": connections_are_refused,
    "broken in the middle": the_network_breaks_in_the_middle,
    "reset before acceptance": some_go_wrong("cut_before"),
    "reset after acceptance": some_go_wrong("cut_after"),
    "502": some_go_wrong("server_error"),
    "stall after acceptance": some_go_wrong("slow"),
    "stall before acceptance": nothing_gets_through_and_nothing_says_so,
}


async def test_a_bit_of_everything(tmp_path: Path, database_url: str) -> None:
    await play(tmp_path, database_url, 20, a_bit_of_everything)


@pytest.mark.long
@pytest.mark.parametrize("fault", FAULTS)
async def test_pushes_to_200_chats(tmp_path: Path, database_url: str, fault: str) -> None:
    await play(tmp_path, database_url, 200, FAULTS[fault])


@pytest.mark.long
async def test_telegram_is_down_for_longer_than_repeats_last(tmp_path: Path, database_url: str) -> None:
    await play(tmp_path, database_url, 20, telegram_is_down)


@pytest.mark.long
@pytest.mark.postgresql
async def test_a_bit_of_everything_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    await play(tmp_path, postgres_url, 200, a_bit_of_everything)


@pytest.mark.long
async def test_ten_minutes_without_network(tmp_path: Path, database_url: str) -> None:
    """A task falls due and five notes are typed meanwhile; business time goes on by eleven minutes."""

    async def fault(there: Scene) -> None:
        await there.gate.shut()
        for n in range(TYPED):
            await there.rep.send(f"记 张伟 第{n}条记录：断网时打的")
        for _ in range(11):
            await there.due()
        await house.until(lambda: there.app.sender.waiting > len(there.people), LIMIT_SECONDS)
        await there.gate.open()

    async with scene(tmp_path, database_url, 50) as there:
        due = house.NOW + timedelta(seconds=30)
        todo = Todo("给王总回电话", due, has_time=True)
        await there.app.database.write(lambda db: _remind(db, todo))
        await play_in(there, fault)
        told = [text for text in _told(there.rep) if todo.what in text]
        assert len(told) == 1
        assert "补发：原定 03月18日 10:30" in told[0]


def _remind(db: Session, todo: Todo) -> None:
    promises.add(db, members.acting(db, REP, house.NOW), None, None, todo, "reminder", house.NOW)

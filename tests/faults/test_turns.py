"""Whose turn it is to be sent: replies before pushes, and a chat that must wait holds up nobody else."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.application import App
from bot.rates import OVERALL_PER_SECOND, PUSHES_PER_SECOND, RateGate
from bot.sender import CLAIM, WORKERS
from crm import outbox, teams
from crm.tables import Outbox
from emulator import server
from tests.bot import house

REP, FIRST = 1001, 2001
HELD = WORKERS + 10


def _pushes(db: Session, chat_ids: list[int]) -> None:
    """Pushes of this minute, worded already."""
    member = teams.find_member(db, REP)
    assert member is not None
    planned = [
        outbox.Planned(f"test:{n}", "task", member.team_id, chat_id, house.NOW, {"chat_id": chat_id, "text": f"{n}"})
        for n, chat_id in enumerate(chat_ids)
    ]
    outbox.enqueue(db, planned, house.NOW)
    db.execute(update(Outbox).where(Outbox.key.startswith("test:")).values(method="sendMessage"))


def _sent(emulator: server.Emulator) -> list[int]:
    return [int(e.params["chat_id"]) for e in emulator.traffic.of("sendMessage") if e.status == 200]


def _under_way(app: App) -> int:
    count = select(func.count()).select_from(Outbox).where(Outbox.state == "sending")
    return app.database.read_now(lambda db: db.scalar(count) or 0)


async def test_a_reply_leaves_at_once_among_hundreds_of_pushes(tmp_path: Path, database_url: str) -> None:
    house.seat(database_url, REP)
    async with server.running(clock=house.NOW) as emulator:
        rep = emulator.person("小李", REP, started=True)
        others = [emulator.person(f"{n}", FIRST + n, started=True).user_id for n in range(300)]
        async with house.running(house.settings(emulator, tmp_path, database_url, rate_gates=True)) as app:
            app.database.write_now(lambda db: _pushes(db, [*others, *[REP] * 2]))
            app.sender.wake()
            await house.until(lambda: len(_sent(emulator)) > 10)
            began = time.monotonic()
            await rep.send("/help")
            await rep.next_message()
            took = time.monotonic() - began
            assert len(_sent(emulator)) < 200
            assert took < 2.0
            assert _under_way(app) <= CLAIM


async def test_replies_go_before_pushes_and_have_a_share_of_their_own() -> None:
    gate = RateGate()
    order: list[str] = []

    async def leave(name: str, *, is_push: bool) -> None:
        await gate.pass_through(is_push=is_push)
        order.append(name)

    waiting = [asyncio.create_task(leave("push", is_push=True)) for _ in range(20)]
    await asyncio.sleep(0)
    await asyncio.gather(*(leave("reply", is_push=False) for _ in range(10)))
    assert order.count("push") <= 2
    await asyncio.gather(*waiting)
    assert PUSHES_PER_SECOND < OVERALL_PER_SECOND


async def test_chats_told_to_wait_hold_up_no_other(tmp_path: Path, database_url: str) -> None:
    """More chats are held by 429 than there are workers; pushes and replies of others go on."""
    house.seat(database_url, REP)
    async with server.running(clock=house.NOW) as emulator:
        rep = emulator.person("小李", REP, started=True)
        held = [emulator.person(f"{n}", FIRST + n, started=True).user_id for n in range(HELD)]
        other = emulator.person("别人", 3001, started=True)
        for user_id in held:
            emulator.faults.add("too_many", "sendMessage", chat_id=user_id, retry_after=4)
        async with house.running(house.settings(emulator, tmp_path, database_url)) as app:
            app.database.write_now(lambda db: _pushes(db, [*held, *held, 3001]))
            app.sender.wake()
            await rep.send("/help")
            await rep.next_message()
            await other.next_message()
            assert set(_sent(emulator)) == {REP, 3001}
            await app.idle()
            assert sorted(_sent(emulator)) == sorted([*held, *held, REP, 3001])


async def test_no_more_pushes_are_claimed_than_a_crash_may_mark(tmp_path: Path, database_url: str) -> None:
    house.seat(database_url, REP)
    async with server.running(clock=house.NOW) as emulator:
        chats = [emulator.person(f"{n}", FIRST + n, started=True).user_id for n in range(300)]
        emulator.faults.add("slow", "sendMessage", times=WORKERS, seconds=1.0)
        async with house.running(house.settings(emulator, tmp_path, database_url)) as app:
            app.database.write_now(lambda db: _pushes(db, chats))
            app.sender.wake()
            seen: list[int] = []
            await house.until(lambda: seen.append(_under_way(app)) or len(_sent(emulator)) == len(chats))  # type: ignore[func-returns-value]
            assert WORKERS <= max(seen) <= CLAIM

"""A message in whose handling the process hangs: it ends, and the message is set aside when it does so again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.hangs import Hangs
from crm.database import Database
from crm.tables import Inbox, Note
from emulator import server
from tests.faults import hanging, typed_notes
from tests.faults.process import BotProcess
from tests.faults.typed_notes import NOW, REPS, until

HANG_SECONDS = "3"


def _states(database: Database) -> dict[str, int]:
    count = select(Inbox.state, func.count()).group_by(Inbox.state)
    return database.read_now(lambda db: {row[0]: row[1] for row in db.execute(count)})


@pytest.mark.long
async def test_a_message_that_hangs_is_set_aside_the_second_time(tmp_path: Path, any_url: str) -> None:
    database = Database(any_url)
    typed_notes.fill(database)
    async with server.running(clock=NOW) as emulator:
        load = typed_notes.Load(emulator, database)
        settings = {"SALES_LIMITS__HANG_SECONDS": HANG_SECONDS}
        bot = BotProcess(emulator, tmp_path / "bot", any_url, module="tests.faults.hanging", **settings)
        stuck = emulator.person("", REPS[0])
        await stuck.send(f"记 张伟 {hanging.SAID}了")
        await load.type(40)
        lives = 0
        while "failed" not in _states(database):
            await bot.start()
            lives += 1
            ended = asyncio.create_task(bot.ended())
            done = asyncio.create_task(until(lambda: "failed" in _states(database)))
            await asyncio.wait((ended, done), return_when=asyncio.FIRST_COMPLETED)
            assert lives < 6
            done.cancel()
        await until(load.is_done)
        await bot.stop()
        ended.cancel()
        told = [message.text for message in stuck.messages() if message["from"]["is_bot"]]
    tally = load.tally()
    typed_notes.report(f"hung {lives - 1} times; {tally}")
    saved = database.read_now(lambda db: list(db.scalars(select(Note.text).where(Note.text.contains(hanging.SAID)))))
    database.close()
    assert lives <= 3 + 1
    assert _without_the_stuck(tally.faults()) == {}
    assert saved == []
    assert sum("没处理成功" in text for text in told) == 1
    assert "process_hung" in bot.log
    assert "hanging.py" in bot.log
    assert hanging.SAID not in bot.log


def _without_the_stuck(faults: dict[str, int]) -> dict[str, int]:
    """The one that is set aside is not handled, by design."""
    return {name: number for name, number in faults.items() if (name, number) != ("unhandled", 1)}


def test_what_a_kill_left_in_hand_hung_nothing(tmp_path: Path) -> None:
    killed = Hangs(tmp_path)
    with killed.holding(7), killed.holding(8):
        beside = Hangs(tmp_path)  # the place of a living process is its own
        assert (beside.left, len(list(tmp_path.glob("in_hand.*")))) == (frozenset(), 2)
        beside.close()
    killed.close()


@pytest.mark.parametrize(("where", "left"), [('File "/srv/nlp/a.py", line 1 in told\n', {8}), ("", set())])
def test_what_was_in_hand_is_known_where_it_hung(tmp_path: Path, where: str, left: set[int]) -> None:
    hung = Hangs(tmp_path)
    with hung.holding(7):
        pass
    with hung.holding(8):
        copy = {path.name: path.read_bytes() for path in tmp_path.iterdir()}  # as the death of the process leaves it
    hung.close()
    for name, content in copy.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "hung.0").write_text(where)
    for expected in (left, set()):  # it is told once
        again = Hangs(tmp_path)
        assert again.left == expected
        again.close()

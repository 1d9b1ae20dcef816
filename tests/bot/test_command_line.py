"""`python -m bot`: one sentence for each fault, an exit status, links that work, and a quiet end."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from crm.database import Database
from crm.tables import Inbox, Member, Outbox, Team
from emulator import server
from tests.bot import house
from tests.faults.process import ROOT, BotProcess

REP_ID = 1001
STOP_SECONDS = 5.0


async def _command(*words: str, **environment: str) -> tuple[int, str, str]:
    """Exit status, standard output, standard error."""
    given = {"SALES_CONFIG": "/nonexistent/config.toml", **environment}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=ROOT,
        env={**os.environ, **given},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


def _is_one_sentence(text: str) -> bool:
    return text.count("\n") == 1 and "Traceback" not in text


async def test_without_a_token_one_sentence_says_what_to_do() -> None:
    status, out, err = await _command("run")
    assert (status, out) == (2, "")
    assert _is_one_sentence(err)
    assert "telegram.token" in err
    assert "make demo" in err


async def test_each_wrong_setting_has_its_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[web]\nport = 99999\n[telegram]\nmode = 'webhook'\nfoo = 1\n")
    status, _, err = await _command("run", SALES_CONFIG=str(file), SALES_LOG_LEVEL="loud")
    assert status == 2
    assert [line.split(": ")[1] for line in err.splitlines()] == ["telegram", "web.port", "log_level"]
    file.write_text("web = [")
    status, _, err = await _command("run", SALES_CONFIG=str(file))
    assert status == 2
    assert _is_one_sentence(err)


async def test_a_telegram_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    status, _, err = await _command(
        "run",
        SALES_TELEGRAM__TOKEN="1:x",
        SALES_TELEGRAM__BASE_URL=f"http://127.0.0.1:{house.free_port()}/bot",
        SALES_DATA_DIR=str(tmp_path),
        SALES_WEB__PORT="0",
    )
    assert status == 1
    assert _is_one_sentence(err)
    assert "cannot be reached" in err


async def test_a_wrong_token_is_one_sentence_without_the_token(tmp_path: Path, database_url: str) -> None:
    async with server.running(clock=house.NOW) as emulator:
        wrong = "7000000002:wrong-token-wrong-token-wrong"
        bot = BotProcess(emulator, tmp_path / "bot", database_url, SALES_TELEGRAM__TOKEN=wrong)
        await bot.start()
        assert await bot.ended() == 1
        assert _is_one_sentence(bot.log)
        assert "telegram.token" in bot.log
        assert wrong not in bot.log


async def test_an_invitation_is_a_link_that_works(tmp_path: Path, database_url: str) -> None:
    house.seat(database_url, REP_ID)
    async with server.running(clock=house.NOW) as emulator:
        bot = BotProcess(emulator, tmp_path / "bot", database_url)
        status, _, err = await _command("invite", "--team", "没有的", **bot.environment)
        assert (status, err.strip()) == (1, "no team is called 没有的")
        database = Database(database_url)
        team_name = database.read_now(lambda db: db.scalars(select(Team.name)).one())
        status, out, _ = await _command("invite", "--team", team_name, "--role", "manager", **bot.environment)
        assert status == 0
        link, _, code = out.strip().partition("?start=")
        assert link == "https://t.me/sales_helper_bot"
        newcomer = emulator.person("孙姐", 1777)
        async with house.running(house.settings(emulator, tmp_path / "bot", database_url)):
            await newcomer.start(code)
            await newcomer.next_message()
        joined = database.read_now(lambda db: db.scalars(select(Member).where(Member.user_id == 1777)).one())
        database.close()
        assert joined.is_manager


async def test_the_first_start_prints_a_link_that_founds_a_team(tmp_path: Path, database_url: str) -> None:
    async with server.running() as emulator:
        boss = emulator.person("赵姐", 1004)
        bot = BotProcess(emulator, tmp_path / "bot", database_url)
        await bot.start()
        await house.until(lambda: "?start=" in bot.log)
        await boss.start(bot.log.partition("?start=")[2].split()[0])
        assert "团队" in (await boss.next_message()).text
        assert await bot.stop() == 0


async def test_a_taken_port_is_one_sentence(tmp_path: Path, database_url: str) -> None:
    async with server.running(clock=house.NOW) as emulator:
        bot = BotProcess(emulator, tmp_path / "bot", database_url, SALES_WEB__PORT=str(emulator.port))
        await bot.start()
        assert await bot.ended() == 1
        assert _is_one_sentence(bot.log)
        assert "web.port" in bot.log


async def test_a_data_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    status, _, err = await _command("run", SALES_TELEGRAM__TOKEN="1:x", SALES_DATA_DIR=str(tmp_path / "file" / "var"))
    assert status == 1
    assert _is_one_sentence(err)
    assert str(tmp_path / "file") in err


LONG = pytest.mark.long


@pytest.mark.parametrize("fault", ["", pytest.param("slow", marks=LONG), pytest.param("too_many", marks=LONG)])
async def test_sigterm_ends_it_cleanly_in_the_middle_of_work(tmp_path: Path, database_url: str, fault: str) -> None:
    house.seat(database_url, *range(1001, 1021))
    async with server.running(clock=house.NOW) as emulator:
        people = [emulator.person(f"销售{n}", 1001 + n, started=True) for n in range(20)]
        if fault:
            emulator.faults.add(fault, "sendMessage", times=999, retry_after=30, seconds=20)
        bot = BotProcess(emulator, tmp_path / "bot", database_url, SALES_LOG_LEVEL="info")
        await bot.start()
        for n in range(200):
            await people[n % 20].send(f"记 张伟 第{n}条")
        await house.until(
            lambda: len(emulator.traffic.of("sendMessage")) > 0 or (fault == "slow" and not emulator.deliveries)
        )
        began = time.monotonic()
        assert await bot.stop() == 0
        took = time.monotonic() - began
    database = Database(database_url)
    count = select(Outbox.state, func.count()).group_by(Outbox.state)
    states = database.read_now(lambda db: {row[0]: row[1] for row in db.execute(count)})
    stored = database.read_now(lambda db: db.scalar(select(func.count()).select_from(Inbox)))
    database.close()
    assert took < STOP_SECONDS
    assert stored
    assert "sending" not in states
    assert "raised an exception" not in bot.log
    assert "Traceback" not in bot.log

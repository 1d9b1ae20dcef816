"""What the commands of the command line do, once their settings are right."""

from __future__ import annotations

import argparse
import asyncio
import gc
import importlib
import importlib.util
import signal
import sqlite3
from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from telegram.error import InvalidToken, NetworkError

from bot import backup, calendar, clock, command_line, logs, request, single, web
from bot.settings import Settings
from bot.telegram_api import CallFailed, TelegramApi
from crm import invites, teams
from crm.database import Database
from crm.tables import Team


def done(settings: Settings, given: argparse.Namespace) -> int:
    """The exit status of the command, any but the demo."""
    if given.command == "run":
        return _run(settings)
    if given.command == "preview":
        return _preview(settings, given.date, given.team)
    if given.command == "check":
        return _check(settings)
    if given.command in ("backup", "restore"):
        replace = given.command == "restore" and given.replace
        status, sentence = backup.command(
            settings.database, given.command, given.file, clock.real_now(), replace=replace
        )
        print(sentence) if status == 0 else command_line.complain(sentence)
        return status
    if given.command in ("score", "backtest"):
        return _score(settings, given)
    return _with_database(settings, given)


def _check(settings: Settings) -> int:
    from bot import check

    found = check.findings(settings, clock.real_now().date())
    for finding in found:
        print(finding)
    return int(any(finding.kind == "wrong" for finding in found))


def _score(settings: Settings, given: argparse.Namespace) -> int:
    from bot import scoring

    now = clock.real_now()

    def printed(db: Any) -> bool:
        found = [team for team in db.scalars(select(Team)) if given.team in (None, team.name)]
        for team in found:
            is_score = given.command == "score"
            lines = scoring.score(db, team, now, given.explain) if is_score else scoring.backtest(db, team, now)
            for line in lines:
                print(line, flush=True)
        return bool(found)

    database = Database(settings.database)
    try:
        database.migrate()
        is_there = database.read_now(printed)
    except scoring.NoSuchCustomer as error:
        command_line.complain(f"no customer of the team is called {error}")
        return 1
    except OperationalError as error:
        command_line.complain(f"database_url: the database cannot be opened ({type(error.orig).__name__})")
        return 1
    finally:
        database.close()
    if not is_there:
        command_line.complain(f"no team is called {given.team}" if given.team else "there is no team yet")
    return 0 if is_there else 1


def _run(settings: Settings) -> int:
    logs.set_up(settings.log_level)
    gc.disable()  # as before: the most is imported here
    from bot.application import App

    async def serve() -> None:
        async with App(settings, ends_hangs=True) as app:
            gc.freeze()
            gc.enable()
            link = await app.database.write(lambda db: invites.first_link(db, app.clock.now()))
            if link:
                print(
                    f"No team yet. Open this once, within 24 hours: https://t.me/{app.application.bot.username}?start={link}",
                    flush=True,
                )
            await _until_stopped()

    try:
        run_loop(serve())
    except single.AlreadyServed as error:
        command_line.complain(
            f"已经有一个机器人在用这个数据库（{error} 被它锁着）：请先停掉它；要同时跑几个，请用 PostgreSQL"
        )
    except InvalidToken:
        command_line.complain("telegram.token is refused by Telegram: ask @BotFather for the right one")
    except NetworkError as error:
        command_line.complain(
            f"Telegram cannot be reached ({error}): look at the network, telegram.proxy and telegram.base_url"
        )
    except web.AddressTaken as error:
        command_line.complain(f"web: nothing can listen on {error}: choose another web.port")
    except OperationalError as error:
        command_line.complain(f"database_url: the database cannot be opened ({type(error.orig).__name__})")
    except OSError as error:
        command_line.complain(f"{error.strerror or type(error).__name__}: {error.filename or 'the network'}")
    else:
        return 0
    return 1


def demo(port: int) -> int:
    """The demo has run until it was stopped; the exit status."""
    logs.set_up("warning")
    from bot import demo as playground

    async def serve() -> None:
        async with playground.running(playground.free_port(port)) as url:
            print(f"\n  销售助手 is ready. Open  {url}\n  (Ctrl+C stops it)\n", flush=True)
            await _until_stopped()

    run_loop(serve())
    return 0


def run_loop(main_task: Coroutine[Any, Any, None]) -> None:
    """The coroutine has run to its end on the fastest loop there is."""
    loop_factory: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop
    if importlib.util.find_spec("uvloop"):  # not there on Windows
        loop_factory = importlib.import_module("uvloop").new_event_loop
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(main_task)


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()


def _with_database(settings: Settings, given: argparse.Namespace) -> int:
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database)
    try:
        database.migrate()
        return 0 if given.command == "migrate" else _invite(settings, database, given.team, given.role)
    except OperationalError as error:
        command_line.complain(f"database_url: the database cannot be opened ({type(error.orig).__name__})")
        return 1
    finally:
        database.close()


def _preview(settings: Settings, on: date | None, team_name: str | None) -> int:
    from bot import preview

    calendar.install(settings.data_dir)
    now = clock.real_now()
    try:
        with preview.opened(settings.database) as database:
            rows = database.read_now(lambda db: [(t.team_id, t.name, t.zone) for t in db.scalars(select(Team))])
            wanted = [row for row in rows if team_name in (None, row[1])]
            for team_id, name, zone in wanted:
                day = on or now.astimezone(ZoneInfo(zone)).date()
                print(f"# {name} {day}")
                for line in preview.of_day(database, team_id, day, now):
                    print(line)
    except preview.PastDay as error:
        command_line.complain(f"{error} is over: what came then stands in /missed and /why")
        return command_line.WRONG_SETTINGS
    except (OperationalError, sqlite3.OperationalError) as error:
        command_line.complain(f"database_url: the database cannot be read ({type(error).__name__})")
        return 1
    if not wanted:
        command_line.complain(f"no team is called {team_name}" if team_name else "there is no team yet")
    return 0 if wanted else 1


def _invite(settings: Settings, database: Database, team_name: str, role: Any) -> int:
    def make(db: Any) -> str | None:
        team = teams.find_by_name(db, team_name)
        return None if team is None else invites.create(db, team.team_id, role, clock.real_now())

    code = database.write_now(make)
    if code is None:
        command_line.complain(f"no team is called {team_name}")
        return 1
    name = asyncio.run(_bot_username(settings))
    print(f"https://t.me/{name}?start={code}" if name else f"Send this to the bot: /start {code}")
    return 0


async def _bot_username(settings: Settings) -> str | None:
    """The bot's name in links; None when Telegram cannot be asked."""
    telegram = settings.telegram
    async with request.open_session(telegram.proxy) as session:
        api = TelegramApi(session, telegram.base_url, telegram.base_file_url, telegram.token.get_secret_value())
        try:
            me = await api.call("getMe", {}, seconds=10)
        except CallFailed:
            return None
    return str(me["username"])

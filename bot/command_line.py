"""Command line: `python -m bot run`, `demo`, `check`, `backup` and more: `--help` lists them.

What is wrong with the settings is said before anything else is imported: the rest takes seconds.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tomllib
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from bot import logs
from bot.settings import Settings

ROLES = ("rep", "manager", "admin")
WRONG_SETTINGS = 2  # exit status


def main(argv: list[str] | None = None) -> int:
    """The exit status of the command."""
    given = _parser().parse_args(argv)
    os.umask(0o077)  # database, backup and model files are readable by their owner only
    try:
        settings = None if given.command == "demo" else Settings()
    except ValidationError as error:
        for fault in error.errors(include_input=False):
            complain(f"config: {'.'.join(str(part) for part in fault['loc']) or 'settings'}: {fault['msg']}")
        return WRONG_SETTINGS
    except tomllib.TOMLDecodeError as error:
        complain(f"config: the file is no TOML: {error}")
        return WRONG_SETTINGS
    if settings is not None and given.command == "run" and not settings.telegram.token.get_secret_value():
        complain(
            "telegram.token is missing: copy config.example.toml to config.toml and fill it in, or try `make demo`"
        )
        return WRONG_SETTINGS
    from bot import commands

    if not gc.isenabled():  # by bot.__main__, while all this is imported
        gc.freeze()
        gc.enable()
    return commands.demo(given.port) if settings is None else commands.done(settings, given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="run against Telegram with config.toml")
    demo = commands.add_parser("demo", help="play with it in a browser: no token, no server")
    demo.add_argument("--port", type=int, default=8765, help="port of the chat page (default 8765)")
    invite = commands.add_parser("invite", help="print a one-time link into a team")
    invite.add_argument("--team", required=True, help="the team's name")
    invite.add_argument("--role", choices=ROLES, default="rep")
    preview = commands.add_parser("preview", help="print what would be pushed on a day, and send nothing")
    preview.add_argument("--date", type=date.fromisoformat, help="the day, such as 2027-02-06 (default today)")
    preview.add_argument("--team", help="the team's name (default all)")
    score = commands.add_parser("score", help="print a team's scores, or one customer's with all that made them")
    score.add_argument("--team", help="the team's name (default all)")
    score.add_argument("--explain", metavar="NAME", help="a customer's name: features, model, contributions")
    backtest = commands.add_parser("backtest", help="print how well a team's own past would have been foretold")
    backtest.add_argument("--team", help="the team's name (default all)")
    commands.add_parser("check", help="say in Chinese what is wrong with the configuration")
    saved = commands.add_parser("backup", help="write the whole database to a file; the bot may run")
    saved.add_argument("file", type=Path)
    restored = commands.add_parser("restore", help="read a backup into an empty database; the bot must be stopped")
    restored.add_argument("file", type=Path)
    restored.add_argument("--replace", action="store_true", help="put the backup in the place of what is there")
    commands.add_parser("migrate", help="bring the database to this version's schema")
    return parser


def complain(sentence: str) -> None:
    """The sentence stands on standard error, secrets masked."""
    print(logs.mask(sentence), file=sys.stderr)

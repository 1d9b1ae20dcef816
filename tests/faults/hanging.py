"""`python -m tests.faults.hanging run`: the real bot, with one fault planted: a message that holds 卡死 never ends."""

from __future__ import annotations

import re
from typing import Any

from telegram import Update
from telegram.ext import Application, MessageHandler, filters

from bot import command_line
from handlers import registration

SAID = "卡死"
ENDLESS = re.compile("(?:刚刚?)*到$")
register = registration.register


async def hang(_update: Update, _context: object) -> None:
    """As one pattern of 3,500 might one day: nothing else of the process runs meanwhile."""
    ENDLESS.search("刚" * 200)


def with_fault(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """What a person can do, and first of all to make it hang."""
    register(application)
    application.handlers[0].insert(0, MessageHandler(filters.Regex(SAID), hang))


if __name__ == "__main__":
    registration.register = with_fault
    raise SystemExit(command_line.main())

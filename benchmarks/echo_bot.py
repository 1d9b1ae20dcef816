"""The bare python-telegram-bot echo bot that throughput is compared with: same request class, no database, no rules."""

from __future__ import annotations

import sys

import uvloop
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.request import AiohttpRequest


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """The text goes back."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main(token: str, base_url: str, concurrent: int) -> None:
    """Polls until killed."""
    uvloop.install()
    application = (
        Application.builder()
        .token(token)
        .base_url(base_url)
        .request(AiohttpRequest())
        .get_updates_request(AiohttpRequest())
        .concurrent_updates(concurrent if concurrent > 1 else False)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling(bootstrap_retries=3)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))

"""What no other handler takes: nothing that a person sends is met with silence, and nothing else is answered."""

from __future__ import annotations

from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler, TypeHandler, filters

from crm.members import Actor
from handlers import buttons, menus, places
from handlers.context import Context
from handlers.say import Say
from handlers.texts import errors as texts

NEAR = 60  # of 100: /sumary, /toady and /nte find theirs, /xyz none


async def suggest_command(update: Update, context: Context) -> None:
    """An unknown /command: the nearest one that the member may use."""
    message = update.effective_message
    if message is None:
        return
    if not places.is_private(update) and not _is_named(message.text, context.services.bot_username):
        await ignore(update, context)
        return
    typed, at, addressed = (message.text or "").split(maxsplit=1)[0].lstrip("/").partition("@")
    if at and addressed.lower() != context.services.bot_username.lower():
        await _answer(context, texts.for_another(typed, addressed))
        return
    await context.commit(lambda db, actor: _suggest(db, actor, context, typed))


def _suggest(db: Session, actor: Actor, context: Context, typed: str) -> None:
    context.reply(db, texts.unknown_command(typed, nearest(typed, menus.for_actor(actor))))


def nearest(typed: str, commands: list[menus.Command]) -> str | None:
    """The command whose name or Chinese word is nearest to what was typed, if any is near."""
    names = {spelling: c.name for c in commands for spelling in (c.name, *c.words)}
    match = process.extractOne(typed.lower(), list(names), scorer=fuzz.ratio, score_cutoff=NEAR)
    return names[match[0]] if match else None


def _is_named(text: str | None, bot_username: str) -> bool:
    return (text or "").split(maxsplit=1)[0].lower().endswith(f"@{bot_username.lower()}")


async def refuse_press(update: Update, context: Context) -> None:
    """A button of no kind that is known."""
    raise buttons.StaleButton(update.callback_query.data if update.callback_query else None)


async def refuse_voice(update: Update, context: Context) -> None:
    """Voice and video messages."""
    await _answer(context, texts.voice())


async def refuse_rest(update: Update, context: Context) -> None:
    """Stickers, locations, calls, polls …"""
    await _answer(context, texts.no_text())


async def _answer(context: Context, say: Say) -> None:
    await context.commit(lambda db, actor: context.reply(db, say))


async def ignore(update: object, context: Context) -> None:
    """Channel posts, the talk of a group: nobody spoke to the bot."""
    await context.commit_for_anyone(lambda db: None)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers after all others. `first()` comes before free text."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    return [
        CallbackQueryHandler(refuse_press),
        MessageHandler(private & (filters.VOICE | filters.VIDEO_NOTE | filters.AUDIO), refuse_voice),
        MessageHandler(private & ~filters.StatusUpdate.ALL, refuse_rest),
        TypeHandler(Update, ignore),
    ]


def first() -> list[BaseHandler[Any, Any, Any]]:
    """Unknown commands: after all known ones, before free text; a mark of a command where no text is, is none."""
    slash = filters.Regex(r"^/[^\s/]")
    return [MessageHandler(filters.UpdateType.MESSAGE & filters.TEXT & (filters.COMMAND | slash), suggest_command)]

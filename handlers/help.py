"""/help, by role and place."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import groups
from crm.members import Actor
from handlers import menus, places, registry
from handlers.context import Context
from handlers.texts import help as texts


async def show_help(update: Update, context: Context) -> None:
    """/help"""
    await context.commit(lambda db, actor: _show(db, actor, update, context))


def _show(db: Session, actor: Actor, update: Update, context: Context) -> None:
    if places.is_private(update):
        context.reply(db, texts.private(menus.for_actor(actor)))
    else:
        groups.check_here(db, actor, context.receipt.chat_id)
        context.reply(db, texts.group(menus.for_groups()))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return registry.command("help", ("帮助",), show_help, in_groups=True, then=registry.NOTHING)

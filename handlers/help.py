"""/help, by role and place."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import groups
from crm.members import Actor
from handlers import buttons, menus, places, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import help as texts


async def show_help(update: Update, context: Context) -> None:
    """/help"""
    await context.commit(lambda db, actor: _show(db, actor, update, context))


def _show(db: Session, actor: Actor, update: Update, context: Context) -> None:
    if places.is_private(update):
        context.reply(db, _first_page(actor))
    else:
        groups.check_here(db, actor, context.receipt.chat_id)
        context.reply(db, texts.group(menus.for_groups()))


def _first_page(actor: Actor) -> Say:
    roles = actor.is_rep, actor.is_manager, actor.is_admin
    if roles not in _first_pages:
        first = [c for c in menus.for_actor(actor) if c.name in menus.FIRST]
        _first_pages[roles] = texts.private(first, _topics(actor))
    return _first_pages[roles]


_first_pages: dict[tuple[bool, bool, bool], Say] = {}


async def show_topic(update: Update, context: Context) -> None:
    """[客户]"""
    topic = context.press(buttons.HelpTopic).topic

    def work(db: Session, actor: Actor) -> None:
        found = menus.of_topic(actor, topic)
        if not found:
            raise buttons.StaleButton(topic)
        context.edit(db, texts.topic(topic, found, _topics(actor)))

    await context.commit(work)


def _topics(actor: Actor) -> list[str]:
    return [topic for topic in menus.TOPICS if menus.of_topic(actor, topic)]


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("help", ("帮助",), show_help, in_groups=True, then=registry.NOTHING),
        registry.pressed(buttons.HelpTopic, show_topic),
    ]

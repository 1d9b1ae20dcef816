"""/help, by role and place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import groups
from crm.members import Actor
from handlers import arguments, buttons, menus, places, registry
from handlers.context import Context
from handlers.menus import Command
from handlers.say import Say
from handlers.texts import help as texts

WORDS = ("帮助",)
MOST = 3  # commands that may be what is meant


async def show_help(update: Update, context: Context) -> None:
    """/help; /help 导出 how to do something."""
    wanted = arguments.after(update, WORDS)
    await context.commit(lambda db, actor: _show(db, actor, update, context, wanted))


def _show(db: Session, actor: Actor, update: Update, context: Context, wanted: str) -> None:
    if not places.is_private(update):
        groups.check_here(db, actor, context.receipt.chat_id)
        context.reply(db, texts.group(menus.for_groups()))
    elif not wanted:
        context.reply(db, _first_page(actor))
    else:
        context.reply(db, _wanted(actor, wanted))


def _wanted(actor: Actor, wanted: str) -> Say:
    topics = _topics(actor)
    if unkept := texts.not_kept(wanted, topics):
        return unkept
    found = fitting(wanted, menus.for_actor(actor))
    return texts.how_to(wanted, found, topics) if found or texts.may_be_told(wanted) else _first_page(actor)


def _first_page(actor: Actor) -> Say:
    roles = actor.is_rep, actor.is_manager, actor.is_admin
    if roles not in _first_pages:
        first = [c for c in menus.for_actor(actor) if c.name in menus.FIRST]
        _first_pages[roles] = texts.private(first, _topics(actor))
    return _first_pages[roles]


_first_pages: dict[tuple[bool, bool, bool], Say] = {}


def fitting(wanted: str, commands: Sequence[Command]) -> list[Command]:
    """The commands whose words and lines share most with what is to be done, the best first; at most MOST."""
    pairs = {wanted[at : at + 2] for at in range(len(wanted) - 1)} - {"客户"}
    of = {c: f"{' '.join(c.words)} {c.does}" for c in commands}
    shared = {
        c: sum(pair in said for pair in pairs) + 2 * any(word in wanted for word in c.words if len(word) > 1)
        for c, said in of.items()
    }
    return sorted((c for c in commands if shared[c]), key=lambda c: -shared[c])[:MOST]


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
        *registry.command("help", WORDS, show_help, in_groups=True, then=registry.NOTHING),
        registry.pressed(buttons.HelpTopic, show_topic),
    ]

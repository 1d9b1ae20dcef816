"""/audit, /erase and /held: who saw and changed what, and what is held of a customer, shown or gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import audit, customers, erasing
from crm.members import Actor
from handlers import buttons, registry, whom
from handlers.buttons import Press
from handlers.context import Context
from handlers.say import Say
from handlers.texts import privacy as texts

LOG = ("操作记录", "审计")
ERASE = ("抹除",)
HELD = ("持有数据",)
PAGE = 12

Page = Callable[[Session, Actor, int], Say]


async def show_log(update: Update, context: Context) -> None:
    """/audit"""
    await context.commit(lambda db, actor: context.reply(db, _log(db, actor, context, 0)))


async def more(update: Update, context: Context) -> None:
    """[更多]"""
    offset = max(context.press(buttons.MoreAudit).offset, 0)
    await context.commit(lambda db, actor: context.edit(db, _log(db, actor, context, offset)))


def _log(db: Session, actor: Actor, context: Context, offset: int) -> Say:
    return texts.log(audit.find(db, actor, PAGE + 1, offset), offset, PAGE, actor.zone, context.now)


async def ask_erase(update: Update, context: Context) -> None:
    """/erase, 抹除 张伟"""
    await _of_one(update, context, ERASE, texts.HOW_TO, _asked, buttons.AskErase)


async def show_held(update: Update, context: Context) -> None:
    """/held, 持有数据 张伟"""

    def page(db: Session, actor: Actor, customer_id: int) -> Say:
        return _held(db, actor, context, customer_id)

    await _of_one(update, context, HELD, texts.HOW_TO_HELD, page, buttons.ShowHeld)


async def _of_one(
    update: Update, context: Context, words: tuple[str, ...], how_to: str, page: Page, press: Callable[[int], Press]
) -> None:
    name = whom.said(update, words)
    named = await context.read(lambda db, actor: whom.find(db, actor, update, context, name))
    if whom.is_note(update, named, words):
        from handlers import messages  # free text is registered after all commands, this one goes on to it

        context.closes_question = False
        await messages.take_text(update, context)
        return

    def work(db: Session, actor: Actor) -> None:
        actor.require("admin")
        if not named.name and not named.found:
            context.reply(db, Say(how_to))
            return
        context.reply(db, whom.answer(db, actor, context, named, lambda found: page(db, actor, found), press))

    await context.commit(work)


def _asked(db: Session, actor: Actor, customer_id: int) -> Say:
    found = erasing.count(db, actor, customer_id)
    return texts.ask(customers.get(db, actor, customer_id), found)


def _held(db: Session, actor: Actor, context: Context, customer_id: int) -> Say:
    found = erasing.held(db, actor, customer_id, context.now)
    return texts.held(customers.get(db, actor, customer_id), found)


async def ask_erase_pressed(update: Update, context: Context) -> None:
    """One of several whom the name may mean."""
    customer_id = context.press(buttons.AskErase).customer_id
    await context.commit(lambda db, actor: context.edit(db, _asked(db, actor, customer_id)))


async def held_pressed(update: Update, context: Context) -> None:
    """One of several whom the name may mean."""
    customer_id = context.press(buttons.ShowHeld).customer_id
    await context.commit(lambda db, actor: context.reply(db, _held(db, actor, context, customer_id)))


async def erase(update: Update, context: Context) -> None:
    """[确认抹除]"""
    customer_id = context.press(buttons.Erase).customer_id

    def work(db: Session, actor: Actor) -> None:
        name = customers.get(db, actor, customer_id).name
        erasing.erase(db, actor, customer_id, context.now)
        context.edit(db, texts.erased(name))

    await context.commit(work)


async def keep(update: Update, context: Context) -> None:
    """[先不抹除]"""
    context.press(buttons.KeepCustomer)
    await context.commit(lambda db, actor: context.edit(db, Say(texts.KEPT)))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("audit", LOG, show_log, then=registry.NOTHING),
        *registry.command("erase", ERASE, ask_erase, then=whom.NAME),
        *registry.command("held", HELD, show_held, then=whom.NAME),
        registry.pressed(buttons.MoreAudit, more),
        registry.pressed(buttons.AskErase, ask_erase_pressed),
        registry.pressed(buttons.Erase, erase),
        registry.pressed(buttons.KeepCustomer, keep),
        registry.pressed(buttons.ShowHeld, held_pressed),
    ]

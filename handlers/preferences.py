"""偏好 张伟: which channel and content a customer prefers, and stating it by hand."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import customers, preferences
from crm.members import Actor
from handlers import buttons, registry, whom
from handlers.context import Context
from handlers.say import Say
from handlers.texts import preferences as texts
from handlers.whom import Named

WORDS = ("偏好",)


async def show(update: Update, context: Context) -> None:
    """/prefer, 偏好 张伟; 偏好 张伟 微信 states it; without a name the one whose card this answers, or the last one."""
    typed = whom.said(update, WORDS)
    name, stated = texts.split(typed)
    named = await context.read(lambda db, actor: _named(db, actor, update, context, name))
    if whom.is_note(update, named, WORDS):
        from handlers import messages  # free text is registered after all commands, this one goes on to it

        context.closes_question = False
        await messages.take_text(update, context)
        return
    await context.commit(lambda db, actor: context.reply(db, _answer(db, actor, context, named, stated)))


def _named(db: Session, actor: Actor, update: Update, context: Context, name: str) -> Named:
    named = whom.find(db, actor, update, context, name)
    if named.name or named.found or not actor.current_customer_id:
        return named
    return Named("", customers.find_many(db, actor, [actor.current_customer_id]))


def _answer(db: Session, actor: Actor, context: Context, named: Named, stated: tuple[str, str] | None) -> Say:
    if not named.name and not named.found:
        return Say(texts.HOW_TO)

    def page(customer_id: int) -> Say:
        if stated is None:
            return _page(db, actor, context, customer_id)
        changed = preferences.state(db, actor, customer_id, *stated, context.now)
        return _page(db, actor, context, customer_id, texts.stated(*stated, changed))

    press = (lambda customer_id: buttons.SetPreference(customer_id, *stated)) if stated else buttons.ShowPreferences
    return whom.answer(db, actor, context, named, page, press)


def _page(db: Session, actor: Actor, context: Context, customer_id: int, head: str = "") -> Say:
    return texts.page(preferences.of(db, actor, customer_id, context.now), head)


async def show_pressed(update: Update, context: Context) -> None:
    """A customer chosen, or [返回]."""
    customer_id = context.press(buttons.ShowPreferences).customer_id
    await whom.open_page(context, customer_id, lambda db, actor: _page(db, actor, context, customer_id))


async def choose(update: Update, context: Context) -> None:
    """[改联系方式] [改内容]"""
    press = context.press(buttons.ChoosePreference)
    if press.kind not in preferences.KINDS:
        raise buttons.StaleButton(press.kind)
    await context.commit(
        lambda db, actor: context.edit(db, texts.choose(customers.get(db, actor, press.customer_id), press.kind))
    )


async def set_pressed(update: Update, context: Context) -> None:
    """A channel or content chosen."""
    press = context.press(buttons.SetPreference)

    def work(db: Session, actor: Actor) -> None:
        changed = preferences.state(db, actor, press.customer_id, press.kind, press.value or None, context.now)
        head = texts.stated(press.kind, press.value, changed)
        context.edit(db, _page(db, actor, context, press.customer_id, head))

    await context.commit(work)


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    customer_id = context.press(buttons.DefinePreferences).customer_id
    await context.commit(
        lambda db, actor: context.edit(db, texts.definition(customers.get(db, actor, customer_id).customer_id))
    )


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("prefer", WORDS, show, then=whom.NAME_OR_CLOSE),
        registry.pressed(buttons.ShowPreferences, show_pressed),
        registry.pressed(buttons.ChoosePreference, choose),
        registry.pressed(buttons.SetPreference, set_pressed),
        registry.pressed(buttons.DefinePreferences, define),
    ]

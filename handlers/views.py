"""/views: seven looks at the customers, one button each."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import views
from crm.members import Actor
from crm.views import View
from handlers import arguments, buttons, freshness, registry
from handlers.context import Context
from handlers.texts import views as texts

WORDS = ("七看", "七看客户", "经营七看")
NAMED = {name: code for code, name in texts.NAMES.items()}
THEN = rf"\W*(?:{'|'.join(NAMED)})?\W*$"


async def show_menu(update: Update, context: Context) -> None:
    """/views, 七看; with 利润 or the like that view at once."""
    code = _named(arguments.after(update, WORDS))
    if code is None:
        await context.commit(lambda db, actor: context.reply(db, texts.menu(_whose(actor))))
        return
    found, whose = await _found(context, code)
    await context.commit(lambda db, actor: context.reply(db, texts.view(code, found, whose)))


def _named(asked: str) -> str | None:
    """The view that the words end with: 七看利润, /views profitability."""
    fitting = (
        code for name, code in (*NAMED.items(), *zip(views.CODES, views.CODES, strict=True)) if asked.endswith(name)
    )
    return next(fitting, None)


async def show(update: Update, context: Context) -> None:
    """One of the buttons, [口径], [返回]"""
    press = context.press(buttons.ShowView)
    if press.view not in views.CODES:
        raise buttons.StaleButton(press.view)
    if press.defined:
        await context.commit(lambda db, actor: context.edit(db, texts.definition(press.view)))
        return
    found, whose = await _found(context, press.view)
    await context.commit(lambda db, actor: context.edit(db, texts.view(press.view, found, whose)))


async def back(update: Update, context: Context) -> None:
    """[其他六看]"""
    await context.commit(lambda db, actor: context.edit(db, texts.menu(_whose(actor))))


async def _found(context: Context, code: str) -> tuple[View, str]:
    await freshness.refresh_scores(context)

    def query(db: Session, actor: Actor) -> tuple[View, str]:
        return views.of(db, actor, code, context.now), _whose(actor)

    return await context.read(query)


def _whose(actor: Actor) -> str:
    return actor.team_name if actor.sees_team else f"{actor.name}的客户"


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("views", WORDS, show_menu, then=THEN),
        registry.pressed(buttons.ShowView, show),
        registry.pressed(buttons.BackToViews, back),
    ]

"""What a customer is worth, behind his card: [价值] and [口径]."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler

from crm import worth
from handlers import buttons, registry
from handlers.context import Context
from handlers.texts import worth as texts


async def show(update: Update, context: Context) -> None:
    """[价值]"""
    customer_id, now = context.press(buttons.ShowWorth).customer_id, context.now
    await context.commit(
        lambda db, actor: context.edit(db, texts.page(worth.get(db, actor, customer_id, now), actor.zone, now))
    )


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    customer_id, now = context.press(buttons.DefineWorth).customer_id, context.now
    await context.commit(
        lambda db, actor: context.edit(db, texts.definition(worth.get(db, actor, customer_id, now), actor.zone))
    )


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.pressed(buttons.ShowWorth, show), registry.pressed(buttons.DefineWorth, define)]

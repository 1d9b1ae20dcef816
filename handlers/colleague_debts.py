"""谁欠款 小李, 小李名下客户都欠多少钱: what the customers of one colleague owe."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import accounts, members, open_sales
from crm.members import Actor
from handlers import arguments, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import credit as texts
from handlers.texts import owing

WORDS = ("谁欠款",)
SHOWN = 12


async def show(update: Update, context: Context) -> None:
    """谁欠款 小李: of his customers; free text where that is no colleague."""
    name = arguments.after(update, WORDS).strip()
    mate = await context.read(lambda db, actor: members.find_called(db, actor, name))
    if mate is None:
        from handlers import messages  # free text is registered after all commands, this one goes on to it

        context.closes_question = False
        await messages.take_text(update, context)
        return
    owner_id, called = mate.member_id, mate.name

    def work(db: Session, actor: Actor) -> None:
        if not actor.sees_team and owner_id != actor.member_id:
            context.reply(db, Say(texts.ONLY_OWN))
            return
        found = accounts.overdue(db, actor, date.max, SHOWN, 0, owner_id)
        total = accounts.overdue_total(db, actor, date.max, owner_id)
        sales = open_sales.left(db, actor, context.now, owner_id)
        context.reply(db, owing.of_colleague(called, found, total, sales))

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.spoken(WORDS, show, r"\s+\S{1,8}\s*$")]

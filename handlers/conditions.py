"""Customers by condition: /customers 行业=五金 价值=高, and /find with the same."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import conditions, drafts, members
from crm.members import Actor
from handlers import arguments, buttons, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import conditions as texts
from nlp import conditions as read_conditions
from nlp.conditions import NotUnderstood

WORDS = ("客户名单", "筛选")
KIND = "condition"
SHOWN = 6


async def list_customers(update: Update, context: Context) -> None:
    """/customers"""
    typed = arguments.after(update, WORDS)
    await context.commit(lambda db, actor: context.reply(db, listed(db, actor, context, typed)))


async def more(update: Update, context: Context) -> None:
    """[更多]"""
    press = context.press(buttons.MoreFitting)

    def work(db: Session, actor: Actor) -> None:
        typed = drafts.get(db, actor, press.draft_id, (KIND,)).text
        context.edit(db, _page(db, actor, context, typed, press.draft_id, max(press.offset, 0)))

    await context.commit(work)


def listed(db: Session, actor: Actor, context: Context, typed: str) -> Say:
    """The customers who fit what was typed; a word that is no condition is answered with the nearest.

    Raises: NotUnderstood
    """
    if typed:
        read_conditions.read(typed)
    draft = drafts.keep(db, actor, KIND, typed, {}, context.now)
    return _page(db, actor, context, typed, draft.draft_id, 0)


def is_one(query: str) -> bool:
    """True when every word of the query is part of a condition."""
    try:
        read_conditions.read(query)
    except NotUnderstood:
        return False
    return True


def _page(db: Session, actor: Actor, context: Context, typed: str, draft_id: int, offset: int) -> Say:
    condition = read_conditions.read(typed) if typed else None
    found = conditions.find(db, actor, condition, context.now, SHOWN, offset)
    said = read_conditions.spoken(condition) if condition is not None else ""
    owners: dict[int | None, str] = (
        {m.member_id: m.name for m in members.present(db, actor.team_id)} if actor.sees_team else {}
    )
    return texts.listed(found, said, draft_id, offset, SHOWN, owners)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("customers", WORDS, list_customers),
        registry.pressed(buttons.MoreFitting, more),
    ]

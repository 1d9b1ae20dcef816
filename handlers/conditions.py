"""Customers by condition: /customers 行业=五金 价值=高, and /find with the same."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import conditions, customers, drafts
from crm.conditions import Fitting
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
BEGINS = re.compile(r"\s*([\u4e00-\u9fff]{2,6})\s*(?:[=＝<>≥≤≠＜＞])")
LEAD = re.compile(r"姓名|名字|\d{7}")


async def list_customers(update: Update, context: Context) -> None:
    """/customers"""
    typed = arguments.after(update, WORDS)
    found = await context.read(lambda db, actor: fitting(db, actor, typed, context.now))
    await context.commit(lambda db, actor: context.reply(db, listed(db, actor, context, typed, found)))


async def more(update: Update, context: Context) -> None:
    """[更多]"""
    press = context.press(buttons.MoreFitting)
    offset = max(press.offset, 0)

    def query(db: Session, actor: Actor) -> tuple[str, Fitting]:
        typed = drafts.get(db, actor, press.draft_id, (KIND,)).text
        return typed, fitting(db, actor, typed, context.now, offset)

    typed, found = await context.read(query)
    await context.commit(lambda db, actor: context.edit(db, _page(db, actor, typed, found, press.draft_id, offset)))


def fitting(db: Session, actor: Actor, typed: str, now: datetime, offset: int = 0) -> Fitting:
    """The customers who fit what was typed, all where nothing was.

    Raises: NotUnderstood
    """
    return conditions.find(db, actor, read_conditions.read(typed) if typed else None, now, SHOWN, offset)


def listed(db: Session, actor: Actor, context: Context, typed: str, found: Fitting) -> Say:
    """Those who fit, the first page."""
    if context.retold and not found.customers:
        return texts.nobody(read_conditions.spoken(read_conditions.read(typed)) if typed else "")
    draft = drafts.keep(db, actor, KIND, typed, {}, context.now)
    return _page(db, actor, typed, found, draft.draft_id, 0)


def is_one(query: str) -> bool:
    """True when every word of the query is part of a condition."""
    try:
        read_conditions.read(query)
    except NotUnderstood:
        return False
    return True


def is_meant(text: str) -> bool:
    """True when the text begins with a field and a sign (行业=五金 价值=高): nobody writes a note so.

    A name or a number beside it makes it a lead that somebody typed as a form.
    """
    begins = BEGINS.match(text)
    return begins is not None and begins[1] in read_conditions.FIELDS and not LEAD.search(text)


def _page(db: Session, actor: Actor, typed: str, found: Fitting, draft_id: int, offset: int) -> Say:
    said = read_conditions.spoken(read_conditions.read(typed)) if typed else ""
    return texts.listed(found, said, draft_id, offset, SHOWN, customers.owners(db, actor, found.customers))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("customers", WORDS, list_customers),
        registry.pressed(buttons.MoreFitting, more),
    ]

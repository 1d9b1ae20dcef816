"""删掉陶志刚这个客户: nobody is deleted on a word; what there is for it is offered, by who asks."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import erasing, named, search, withdrawals
from crm.members import Actor
from crm.tables import Customer
from handlers import arguments, ownership, places, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import privacy as privacy_texts
from handlers.texts import removals as texts

SHOWN = 5  # customers of the name
_NAME = r"[^\s\d，。,！!？?的]{2,8}?"
_GONE = "(?:给)?(?:删除|删掉|删了|删去|移除|删)(?:掉|了)?"
_AS_CUSTOMER = "(?P<{0}>[ ]?(?:(?:这|那)?(?:个|位)?客户|(?:这|那)个?人)的?(?:资料|信息|档案)?)?"
_FROM = "(?:从(?:名单|客户|系统|名册)(?:列表)?(?:里面?|中|上)?)?"
SAID = re.compile(
    r"^\s*(?:请|麻烦|帮我|帮忙|给我|我要|我想|把|将)*(?:"
    rf"{_GONE}(?P<called>客户)?[ ]?(?P<who>{_NAME}){_AS_CUSTOMER.format('as_one')}"
    rf"|(?P<of>客户)?[ ]?(?P<whom>{_NAME}){_AS_CUSTOMER.format('as_other')}{_FROM}[ ]?{_GONE}"
    r")[吧了。!！\s]*$"
)


async def remove_in_words(update: Update, context: Context) -> None:
    """Only where the words name a customer and nothing else; anything else is free text."""
    match = SAID.match(arguments.text_of(update))
    called = (match["who"] or match["whom"]) if match else ""
    is_customer = match is not None and any(match[one] for one in ("called", "of", "as_one", "as_other"))
    found = await context.read(lambda db, actor: _named(db, actor, called)) if called else []
    if not (found or is_customer) or not places.is_private(update):
        await ownership.as_free_text(update, context)
        return
    context.closes_question = True
    await context.commit(lambda db, actor: context.reply(db, _answer(db, actor, context, called, found)))


def _named(db: Session, actor: Actor, called: str) -> list[int]:
    """The customers who are called so, and not only alike."""
    rows = search.find(db, actor, called, SHOWN).customers
    return [row.customer_id for row in rows if named.words_for(row, called) == called]


def _answer(db: Session, actor: Actor, context: Context, called: str, found: list[int]) -> Say:
    rows: list[Customer] = [row for one in found if (row := db.get(Customer, one)) is not None]
    if len(rows) != 1:
        return texts.which(called, rows, actor.is_admin)
    if withdrawals.may_remove(db, actor, rows[0].customer_id, context.now):
        return texts.just_entered(rows[0])
    if actor.is_admin:
        return privacy_texts.ask(rows[0], erasing.count(db, actor, rows[0].customer_id))
    return texts.only_admins(rows[0])


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.said(SAID, remove_in_words)]

"""查联系人 美达五金, 美达五金都有谁, 美达那边谁管采购: the customers entered with that firm."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import customers, firm_contacts
from crm.members import Actor
from handlers import arguments, registry
from handlers.context import Context
from handlers.texts import firm_contacts as texts

WORDS = (firm_contacts.LINE,)


async def show(update: Update, context: Context) -> None:
    """查联系人 美达五金; 查联系人 美达五金：采购"""
    firm, _, post = arguments.after(update, WORDS).partition("：")

    def work(db: Session, actor: Actor) -> None:
        found = firm_contacts.find(db, actor, firm.strip(), post.strip())
        owners = customers.owners(db, actor, [one.customer for one in found.found])
        context.reply(db, texts.page(found, owners))

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.spoken(WORDS, show, registry.ANYTHING)]

"""[全部撤销] and [恢复] below a plan of payments that was booked by one tap."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import credit, payment_plans
from crm.accounts import Booked
from crm.members import Actor
from handlers import buttons, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import credit as texts


async def undo(update: Update, context: Context) -> None:
    """[全部撤销]"""
    await _set_removed(context, context.press(buttons.UndoPlan).draft_id, True)


async def restore(update: Update, context: Context) -> None:
    """[恢复] below one that was taken back"""
    await _set_removed(context, context.press(buttons.RestorePlan).draft_id, False)


async def _set_removed(context: Context, draft_id: int, removed: bool) -> None:
    def work(db: Session, actor: Actor) -> None:
        found = payment_plans.set_removed(db, actor, draft_id, removed, context.now)
        context.edit(db, said(db, actor, context, found, draft_id))

    await context.commit(work)


def said(db: Session, actor: Actor, context: Context, found: list[Booked], draft_id: int) -> Say:
    """The parts that were booked, and how the customer stands."""
    standing = credit.of(db, actor, found[0].customer.customer_id, context.now)
    return texts.plan_booked(found, draft_id, standing)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.pressed(buttons.UndoPlan, undo), registry.pressed(buttons.RestorePlan, restore)]

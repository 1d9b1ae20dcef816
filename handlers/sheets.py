"""对账 张伟 上月, 对账 张伟一家 今年: what a customer, a household or a company bought in a period."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import customers, sales_sheets
from crm.day_ordinals import day_of
from crm.members import Actor
from crm.sales_sheets import Line
from handlers import arguments, buttons, registry, whom
from handlers.context import Context
from handlers.say import Say
from handlers.texts import sheets as texts
from handlers.whom import Named

WORDS = ("对账单", "对账")


async def show(update: Update, context: Context) -> None:
    """/statement, 对账 张伟 上月; without a name the card this answers, else how it is done."""
    text = arguments.after(update, WORDS)

    def look(db: Session, actor: Actor) -> tuple[Line, Named]:
        line = sales_sheets.read(text, actor.today(context.written_at))
        return line, whom.find(db, actor, update, context, line.name)

    line, named = await context.read(look)
    if whom.is_note(update, named):
        from handlers import messages  # free text is registered after all commands, this one goes on to it

        context.closes_question = False
        await messages.take_text(update, context)
        return

    def work(db: Session, actor: Actor) -> None:
        if not named.name and not named.found:
            context.reply(db, Say(texts.HOW_TO))
            return
        first, last = (line.period.first, line.period.last) if line.period else _month(actor, context)
        days = (first.toordinal(), last.toordinal())
        is_company = bool(named.found) and {row.company for row in named.found} == {named.name}
        scope = "company" if is_company else line.scope
        one = Named(named.name, named.found[:1]) if is_company else named

        def page(customer_id: int) -> Say:
            today = actor.today(context.now)
            return texts.page(sales_sheets.of(db, actor, customer_id, scope, first, last, today), today)

        def press(customer_id: int) -> buttons.ShowSheet:
            return buttons.ShowSheet(customer_id, scope, *days)

        context.reply(db, whom.answer(db, actor, context, one, page, press))

    await context.commit(work)


def _month(actor: Actor, context: Context) -> tuple[date, date]:
    today = actor.today(context.now)
    return today.replace(day=1), today


async def show_pressed(update: Update, context: Context) -> None:
    """[上月], [一家], a customer of several"""
    press = context.press(buttons.ShowSheet)

    def page(db: Session, actor: Actor) -> Say:
        first, last = (day_of(press.first), day_of(press.last)) if press.first else _month(actor, context)
        today = actor.today(context.now)
        return texts.page(sales_sheets.of(db, actor, press.customer_id, press.scope, first, last, today), today)

    await whom.open_page(context, press.customer_id, page)


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    press = context.press(buttons.DefineSheet)

    def work(db: Session, actor: Actor) -> None:
        customers.get(db, actor, press.customer_id)
        context.edit(db, texts.definition(press))

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("statement", WORDS, show, then=whom.NAME),
        registry.pressed(buttons.ShowSheet, show_pressed),
        registry.pressed(buttons.DefineSheet, define),
    ]

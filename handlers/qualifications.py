"""线索 张伟: is a lead worth the time now; 线索: the best leads."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import customers, lead_outcomes, qualifications
from crm.lead_outcomes import Learned
from crm.members import Actor
from crm.qualifications import Lead
from handlers import buttons, registry, whom
from handlers.context import Context
from handlers.say import Say
from handlers.texts import qualifications as texts
from handlers.whom import Named
from scoring import leads

WORDS = ("线索",)
PAGE = 6


async def show(update: Update, context: Context) -> None:
    """/lead, 线索 张伟; without a name the card this answers, else the best leads."""
    name = whom.said(update, WORDS)

    def look(db: Session, actor: Actor) -> tuple[Named, Learned, list[Lead]]:
        named = whom.find(db, actor, update, context, name)
        learned = lead_outcomes.of_team(db, actor.team_id, context.now)
        is_list = not named.name and not named.found
        return named, learned, qualifications.best(db, actor, learned, context.now) if is_list else []

    named, learned, best = await context.read(look)
    if whom.is_note(update, named, WORDS):
        from handlers import messages  # free text is registered after all commands, this one goes on to it

        context.closes_question = False
        await messages.take_text(update, context)
        return

    def work(db: Session, actor: Actor) -> None:
        lead_outcomes.put(db, actor.team_id, learned)
        if not named.name and not named.found:
            context.reply(db, texts.listed(best, 0, PAGE))
            return

        def page(customer_id: int) -> Say:
            return texts.page(qualifications.of(db, actor, customer_id, learned, context.now), learned)

        context.reply(db, whom.answer(db, actor, context, named, page, buttons.ShowLead))

    await context.commit(work)


async def show_pressed(update: Update, context: Context) -> None:
    """A lead of the list, or [返回]."""
    customer_id = context.press(buttons.ShowLead).customer_id
    await whom.open_page(context, customer_id, lambda db, actor: _page(db, actor, context, customer_id))


def _page(db: Session, actor: Actor, context: Context, customer_id: int, head: str = "") -> Say:
    learned = lead_outcomes.stored(db, actor.team_id)
    return texts.page(qualifications.of(db, actor, customer_id, learned, context.now), learned, head)


async def set_fact(update: Update, context: Context) -> None:
    """[资金：有] and the like; a checkpoint of desire or ability stays on its page."""
    press = context.press(buttons.SetLeadFact)

    def work(db: Session, actor: Actor) -> None:
        changed = qualifications.state(db, actor, press.customer_id, press.fact, press.value, context.now)
        head = texts.stated(press.fact, press.value, changed)
        if press.fact in leads.FACTS:
            context.edit(db, _page(db, actor, context, press.customer_id, head))
        else:
            lead = qualifications.of(db, actor, press.customer_id, None, context.now)
            context.edit(db, texts.checkpoints(lead, head))

    await context.commit(work)


async def show_checkpoints(update: Update, context: Context) -> None:
    """[意愿和能力 ▸]"""
    customer_id = context.press(buttons.ShowCheckpoints).customer_id
    await context.commit(
        lambda db, actor: context.edit(
            db, texts.checkpoints(qualifications.of(db, actor, customer_id, None, context.now))
        )
    )


async def more(update: Update, context: Context) -> None:
    """[更多]"""
    offset = max(context.press(buttons.ListLeads).offset, 0)

    def look(db: Session, actor: Actor) -> list[Lead]:
        return qualifications.best(db, actor, lead_outcomes.stored(db, actor.team_id), context.now)

    best = await context.read(look)
    await context.commit(lambda db, actor: context.edit(db, texts.listed(best, offset, PAGE)))


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    customer_id = context.press(buttons.DefineLead).customer_id

    def work(db: Session, actor: Actor) -> None:
        if customer_id:
            customers.get(db, actor, customer_id)
        context.edit(db, texts.definition(customer_id, lead_outcomes.stored(db, actor.team_id), actor.zone))

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("lead", WORDS, show, then=whom.NAME_OR_CLOSE),
        registry.pressed(buttons.ShowLead, show_pressed),
        registry.pressed(buttons.SetLeadFact, set_fact),
        registry.pressed(buttons.ShowCheckpoints, show_checkpoints),
        registry.pressed(buttons.ListLeads, more),
        registry.pressed(buttons.DefineLead, define),
    ]

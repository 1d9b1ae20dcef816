"""What to offer next: /suggest 张伟, 推荐 张伟; and who buys a product: 谁会买 螺栓."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import offers
from crm.members import Actor
from handlers import arguments, buttons, conditions, registry, whom
from handlers.context import Context
from handlers.say import Say
from handlers.texts import offers as texts
from handlers.whom import Named

WORDS = ("推荐",)
BUYERS_WORDS = ("谁会买", "谁买")
NAMED = 6


async def suggest(update: Update, context: Context) -> None:
    """/suggest 张伟; /suggest 谁会买 螺栓"""
    typed = arguments.after(update, WORDS)
    if typed.startswith(BUYERS_WORDS):
        await _who_buys(context, _product(typed))
        return
    named = await context.read(lambda db, actor: whom.find(db, actor, update, context, typed))
    if whom.is_note(update, named):
        from handlers import messages  # free text is registered after all commands, this one goes on to it

        context.closes_question = False
        await messages.take_text(update, context)
        return
    report = await _report(context) if named.found else {}
    await context.commit(lambda db, actor: context.reply(db, _answer(db, actor, context, named, report)))


def _answer(db: Session, actor: Actor, context: Context, named: Named, report: dict[str, Any]) -> Say:
    if not named.name and not named.found:
        return Say(texts.HOW_TO)

    def page(customer_id: int) -> Say:
        return texts.page(offers.suggest(db, actor, customer_id, report, context.now))

    return whom.answer(db, actor, context, named, page, buttons.SuggestTo)


async def _report(context: Context) -> dict[str, Any]:
    team_id = await context.read(lambda db, actor: actor.team_id)
    return await offers.renew(context.services.database, team_id, context.now, context.services.scorer)


async def suggest_pressed(update: Update, context: Context) -> None:
    """[推荐什么]"""
    customer_id = context.press(buttons.SuggestTo).customer_id
    report = await _report(context)
    await context.commit(
        lambda db, actor: context.edit(db, texts.page(offers.suggest(db, actor, customer_id, report, context.now)))
    )


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    customer_id = context.press(buttons.DefineOffers).customer_id
    report = await _report(context)
    await context.commit(lambda db, actor: context.edit(db, texts.definition(report, customer_id)))


async def who_buys(update: Update, context: Context) -> None:
    """谁会买 螺栓"""
    await _who_buys(context, _product(arguments.text_of(update)))


async def _who_buys(context: Context, asked: str) -> None:
    if not asked:
        await context.commit(lambda db, actor: context.reply(db, Say(texts.HOW_TO_BUYERS)))
        return
    try:
        report = await _report(context)
    except offers.TooFewBuyers:
        if await _bought(context, asked):
            return
        raise
    product = offers.product_of(report, asked)
    team_id, today = await context.read(lambda db, actor: (actor.team_id, actor.today(context.now)))
    services = context.services
    found = await services.scorer(offers.who_buys, services.database.url, team_id, today, product, report)
    await context.commit(
        lambda db, actor: context.reply(db, texts.buyers(found, offers.named(db, actor, found, NAMED), asked))
    )


async def _bought(context: Context, asked: str) -> bool:
    """Who bought it, where too little was sold to tell who will; False where nobody did."""
    condition = f"买过={asked}"
    found = await context.read(lambda db, actor: conditions.fitting(db, actor, condition, context.now))
    if found.customers:
        await context.commit(
            lambda db, actor: context.reply(db, conditions.listed(db, actor, context, condition, found))
        )
    return bool(found.customers)


def _product(typed: str) -> str:
    bare = typed.strip()
    for word in BUYERS_WORDS:
        bare = bare.removeprefix(word)
    return bare.strip(" \t:：？?。!！")


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    commands = registry.command("suggest", WORDS, suggest, then=whom.NAME)
    return [
        registry.spoken(
            BUYERS_WORDS, registry.command("suggest", (), who_buys)[0].callback, r"(?![过了得])[^\n]{0,30}$"
        ),
        *commands,
        registry.pressed(buttons.SuggestTo, suggest_pressed),
        registry.pressed(buttons.DefineOffers, define),
    ]

"""/why and /missed: why a push came or did not, and what should have come today."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from almanac import festival_table, festivals
from crm import ledger, search
from crm.members import Actor
from handlers import arguments, buttons, places, pushes, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import customers as customer_texts
from handlers.texts import ledger as texts

WHY = ("为什么",)
MISSED = ("漏了什么", "漏了啥", "漏了")
ALONE = r"(?:提醒我|给我发|发这个|发这条|有这条|是这样)?[\s?？。!！呢啊]*$"
NAMED = r"[\s:：,，]+[^\n]{1,20}$"
NOT_REMINDED = re.compile(
    r"^(?:没有?|不)(?:提醒|通知|告诉|推送|祝福)我?(?P<name>[^\n]{2,12}?)的?(?:生日|祝福|节日|提醒)?[吗呢啊?？。!！\s]*$"
)
ASKED = r"(?:没)?(?:什么|啥)?[\s?？。!！吗呢]*$"


async def why(update: Update, context: Context) -> None:
    """/why as a reply to a push, after a name, or alone; in a group as a reply to what came to all of it."""
    name = _name(arguments.after(update, WHY))
    replied = arguments.replied_to(update)
    if not places.is_private(update):
        await context.commit(lambda db, actor: context.reply(db, _in_group(db, actor, context, replied)))
        return

    def work(db: Session, actor: Actor) -> None:
        if replied is not None:
            found = ledger.replied_to(db, actor, context.receipt.chat_id, replied)
            context.reply(db, texts.why(found) if found is not None else Say(texts.NO_PUSH))
        elif name:
            context.reply(db, _about(db, actor, context, name))
        else:
            context.reply(db, _latest(db, actor, context))

    await context.commit(work)


def _in_group(db: Session, actor: Actor, context: Context, replied: int | None) -> Say:
    """Why the group's digest came: nothing of any customer.

    Raises: PrivateOnly
    """
    found = ledger.replied_to(db, actor, context.receipt.chat_id, replied) if replied is not None else None
    if found is None or found.row.member_id is not None or found.facts.customer is not None:
        raise places.PrivateOnly
    return texts.why(found)


def _name(said: str) -> str:
    """The customer asked about; empty when the words only ask why."""
    if asked := NOT_REMINDED.match(said.removeprefix(WHY[0]).strip()):
        return asked["name"]
    return "" if re.match(rf"^(?:为什么)?{ALONE}", said) else said.strip("?？。!！呢啊 ")


def _about(db: Session, actor: Actor, context: Context, name: str) -> Say:
    found = search.find(db, actor, name, 2)
    if not found.customers:
        if {name, name.removesuffix("节")} & {festivals.name_of(code) for code in festival_table.NO_GREETING}:
            return Say(texts.no_greeting(name))
        return customer_texts.none_found(name, found.nearest)
    rows = ledger.about(db, actor, found.customers[0].customer_id)
    if not rows:
        return Say(texts.NONE_ABOUT)
    newest, *older = rows
    return texts.with_choice(texts.why(ledger.entry(db, actor, newest)), older, actor.zone, context.now)


def _latest(db: Session, actor: Actor, context: Context) -> Say:
    rows = ledger.latest(db, actor)
    if not rows:
        return Say(texts.NOTHING_YET)
    newest, *older = rows
    said = texts.why(ledger.entry(db, actor, newest), "最近的一条：\n")
    return texts.with_choice(said, older, actor.zone, context.now)


async def why_pressed(update: Update, context: Context) -> None:
    """[为什么 …]: a message of its own, so that the list stays."""
    press = context.press(buttons.ShowWhy)
    await context.commit(lambda db, actor: context.reply(db, texts.why(ledger.get(db, actor, press.outbox_id))))


async def missed(update: Update, context: Context) -> None:
    """/missed"""
    team_wide = "团队" in arguments.text_of(update)
    await context.commit(lambda db, actor: context.reply(db, _missed(db, actor, context, team_wide)))


async def missed_pressed(update: Update, context: Context) -> None:
    """[看团队] [只看我的]"""
    press = context.press(buttons.ShowMissed)
    await context.commit(lambda db, actor: context.edit(db, _missed(db, actor, context, press.is_team)))


def _missed(db: Session, actor: Actor, context: Context, team_wide: bool) -> Say:
    day = ledger.today(db, actor, context.now, pushes.rehearse, team_wide)
    return texts.missed(day, actor.zone, actor.sees_team)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command(
            "why",
            WHY,
            why,
            in_groups=True,
            then=rf"(?:{ALONE}|{NAMED}|(?:没有?|不)(?:提醒|通知|告诉|推送|祝福)[^\n]{{2,16}}$)",
        ),
        *registry.command("missed", MISSED, missed, then=rf"(?:{ASKED}|\s*团队\W*$)"),
        registry.pressed(buttons.ShowWhy, why_pressed),
        registry.pressed(buttons.ShowMissed, missed_pressed),
    ]

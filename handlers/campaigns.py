"""/campaign: a text for customers who fit a condition, each owner's page, and what came of it."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import awaiting, campaign_results, campaigns, conditions, members
from crm.members import Actor
from crm.tables import Member, Outbox, Team
from handlers import arguments, buttons, registry
from handlers.context import Context
from handlers.say import Say, Skip
from handlers.texts import campaigns as texts
from nlp import conditions as read_conditions

WORDS = ("活动", "做活动", "营销活动")
QUESTION = "campaign_text"
SEPARATED = re.compile(r"\n|[|｜]|(?:内容|文案|文字)[:：]")


async def campaign(update: Update, context: Context) -> None:
    """/campaign: condition, then on a new line the text; alone: those that ran."""
    typed = arguments.after(update, WORDS)
    condition, _, text = _parts(typed)
    if condition and not arguments.text_of(update).startswith("/") and not read_conditions.looks_like(condition):
        await _as_free_text(update, context)  # 活动 力度大，王总想要: a note
        return

    def work(db: Session, actor: Actor) -> None:
        if not condition:
            context.reply(db, texts.listed(campaigns.find(db, actor), actor.zone, context.now))
        elif not text:
            context.reply(db, _ask(db, actor, context, condition))
        else:
            found = campaigns.draft(db, actor, condition, text, context.now)
            context.reply(db, texts.outlook(found, _spoken(condition)))

    await context.commit(work)


async def _as_free_text(update: Update, context: Context) -> None:
    from handlers import messages  # free text is registered after all commands, this one goes on to it

    context.closes_question = False
    await messages.take_text(update, context)


def _parts(typed: str) -> tuple[str, str, str]:
    match = SEPARATED.search(typed)
    if match is None:
        return typed.strip(), "", ""
    return typed[: match.start()].strip(), match[0], typed[match.end() :].strip()


def _ask(db: Session, actor: Actor, context: Context, condition: str) -> Say:
    """The next text is the campaign's.

    Raises: NotUnderstood
    """
    found = conditions.find(db, actor, read_conditions.read(condition), context.now, 1)
    if not found.total:
        raise campaigns.NobodyFits
    awaiting.ask(db, actor, QUESTION, context.now, condition=condition)
    return texts.ask_text(_spoken(condition), found.total)


async def take_text(update: Update, context: Context, asked: dict[str, Any]) -> None:
    """The text of a campaign whose condition was typed before."""
    text, condition = arguments.text_of(update), str(asked["condition"])

    def work(db: Session, actor: Actor) -> None:
        found = campaigns.draft(db, actor, condition, text, context.now)
        awaiting.drop(db, actor)
        context.reply(db, texts.outlook(found, _spoken(condition)))

    await context.commit(work)


async def begin(update: Update, context: Context) -> None:
    """[开始]"""
    press = context.press(buttons.BeginCampaign)

    def work(db: Session, actor: Actor) -> None:
        found = campaigns.begin(db, actor, press.campaign_id, context.now)
        context.edit(db, texts.begun(found, _spoken(found.campaign.condition)))

    await context.commit(work)
    context.services.wake_senders()


async def drop(update: Update, context: Context) -> None:
    """[不做了]"""
    press = context.press(buttons.DropCampaign)

    def work(db: Session, actor: Actor) -> None:
        campaigns.drop(db, actor, press.campaign_id)
        context.edit(db, Say(texts.DROPPED))

    await context.commit(work)


async def show_page(update: Update, context: Context) -> None:
    """[更多]"""
    press = context.press(buttons.CampaignPage)

    def work(db: Session, actor: Actor) -> None:
        context.edit(db, texts.page(campaigns.page(db, actor, press.campaign_id, context.now, press.offset)))

    await context.commit(work)


async def mark_sent(update: Update, context: Context) -> None:
    """[已发]"""
    press = context.press(buttons.CampaignSent)
    await context.commit(lambda db, actor: _mark(db, actor, context, press, True))


async def unmark_sent(update: Update, context: Context) -> None:
    """[撤销]"""
    press = context.press(buttons.CampaignUnsent)
    await context.commit(lambda db, actor: _mark(db, actor, context, press, False))


def _mark(
    db: Session, actor: Actor, context: Context, press: buttons.CampaignSent | buttons.CampaignUnsent, is_sent: bool
) -> None:
    shown = campaigns.page(db, actor, press.campaign_id, context.now, press.offset)
    campaigns.mark_page(db, actor, shown, context.now if is_sent else None)
    context.edit(db, texts.page(campaigns.page(db, actor, press.campaign_id, context.now, press.offset)))


async def show_result(update: Update, context: Context) -> None:
    """[看效果], a campaign of the list, [口径]"""
    press = context.press(buttons.ShowCampaign)

    def work(db: Session, actor: Actor) -> None:
        found = campaign_results.result(db, actor, press.campaign_id, context.now)
        context.edit(db, texts.result(found, _spoken(found.campaign.condition), press.defined))

    await context.commit(work)


def render_campaign(db: Session, row: Outbox, now: Any) -> Say | Skip:
    """An owner's page, or why he hears nothing."""
    member, team = db.get_one(Member, row.member_id), db.get_one(Team, row.team_id)
    shown = campaigns.page(db, members.as_actor(member, team, now), int(row.payload["campaign_id"]), now)
    return texts.page(shown) if shown.recipients else Skip(texts.NOBODY_LEFT)


def _spoken(condition: str) -> str:
    return read_conditions.spoken(read_conditions.read(condition))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("campaign", WORDS, campaign),
        registry.pressed(buttons.BeginCampaign, begin),
        registry.pressed(buttons.DropCampaign, drop),
        registry.pressed(buttons.CampaignPage, show_page),
        registry.pressed(buttons.CampaignSent, mark_sent),
        registry.pressed(buttons.CampaignUnsent, unmark_sent),
        registry.pressed(buttons.ShowCampaign, show_result),
    ]

"""Tiers of customers: /tiers, 会员等级."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import memberships, settings, teams
from crm.members import Actor
from handlers import buttons, freshness, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import tiers as texts
from scoring.tiers import Event

WORDS = ("会员等级", "等级")
PAGE = 6


async def show(update: Update, context: Context) -> None:
    """/tiers"""
    await freshness.refresh_scores(context)
    await context.commit(lambda db, actor: context.reply(db, _overview(db, actor, context)))


async def back(update: Update, context: Context) -> None:
    """[返回]"""
    await context.commit(lambda db, actor: context.edit(db, _overview(db, actor, context)))


def _overview(db: Session, actor: Actor, context: Context) -> Say:
    whose = actor.team_name if actor.sees_team else f"{actor.name}的客户"
    return texts.overview(memberships.overview(db, actor, context.now), whose)


async def show_tier(update: Update, context: Context) -> None:
    """A tier's customers."""
    press = context.press(buttons.ShowTier)
    offset = max(press.offset, 0)

    def work(db: Session, actor: Actor) -> None:
        tier, found = memberships.find(db, actor, press.place, PAGE + 1, offset)
        more = buttons.ShowTier(press.place, offset + PAGE) if len(found) > PAGE else None
        context.edit(db, texts.listed(tier.name, found[:PAGE], offset, more))

    await context.commit(work)


async def show_event(update: Update, context: Context) -> None:
    """[快掉级] [快升级]"""
    press = context.press(buttons.ShowTierEvent)
    if press.event not in texts.EVENTS:
        raise buttons.StaleButton(press.event)
    offset = max(press.offset, 0)

    def work(db: Session, actor: Actor) -> None:
        found = memberships.warned(db, actor, Event(press.event), PAGE + 1, offset)
        more = buttons.ShowTierEvent(press.event, offset + PAGE) if len(found) > PAGE else None
        context.edit(db, texts.listed(texts.EVENTS[press.event], found[:PAGE], offset, more))

    await context.commit(work)


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    await context.commit(
        lambda db, actor: context.edit(db, texts.definition(settings.of(teams.get_team(db, actor)).tiers))
    )


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("tiers", WORDS, show, then=registry.NOTHING),
        registry.pressed(buttons.ShowTier, show_tier),
        registry.pressed(buttons.ShowTierEvent, show_event),
        registry.pressed(buttons.DefineTiers, define),
        registry.pressed(buttons.BackToTiers, back),
    ]

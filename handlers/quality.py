"""数据质量: what is missing, stale, contradictory or doubled, with a button that asks for what is missing."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import quality
from crm.members import Actor
from crm.quality import Quality
from crm.tables import Customer
from handlers import buttons, registry
from handlers.context import Context
from handlers.texts import quality as texts
from scoring.data_quality import Finding

WORDS = ("数据质量",)
PAGE = 5

Shown = list[tuple[Customer, list[Finding]]]


async def show(update: Update, context: Context) -> None:
    """/quality, 数据质量: own records, the team's for who sees the team."""
    found, shown = await context.read(lambda db, actor: _look(db, actor, context, 0))

    def work(db: Session, actor: Actor) -> None:
        quality.put(db, actor, found)
        context.reply(db, texts.page(found, shown, 0, PAGE, actor.zone))

    await context.commit(work)


async def show_pressed(update: Update, context: Context) -> None:
    """[更多] [返回]"""
    offset = max(context.press(buttons.ShowQuality).offset, 0)
    found, shown = await context.read(lambda db, actor: _look(db, actor, context, offset))

    def work(db: Session, actor: Actor) -> None:
        quality.put(db, actor, found)
        context.edit(db, texts.page(found, shown, offset, PAGE, actor.zone))

    await context.commit(work)


def _look(db: Session, actor: Actor, context: Context, offset: int) -> tuple[Quality, Shown]:
    found = quality.of(db, actor, context.now)
    return found, quality.page(db, actor, found, context.now, PAGE, offset)


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    await context.commit(lambda db, actor: context.edit(db, texts.definition()))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("quality", WORDS, show, then=r"(?:怎么样|如何|报告)?\W*$"),
        registry.pressed(buttons.ShowQuality, show_pressed),
        registry.pressed(buttons.DefineQuality, define),
    ]

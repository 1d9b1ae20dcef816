"""Clusters of customers: /clusters, 聚类."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import clustering, snapshots
from crm.members import Actor
from handlers import buttons, freshness, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import clusters as texts

WORDS = ("聚类", "客户聚类")
PAGE = 6


async def show(update: Update, context: Context) -> None:
    """/clusters"""
    team_id = await context.read(lambda db, actor: _team(actor))
    await freshness.refresh_scores(context)
    services = context.services
    report = await clustering.renew(services.database, team_id, context.now, services.scorer)
    await context.commit(lambda db, actor: context.reply(db, _shown(actor, report)))


def _team(actor: Actor) -> int:
    actor.require("manager")
    return actor.team_id


def _shown(actor: Actor, report: dict[str, Any]) -> Say:
    actor.require("manager")
    return texts.overview(report)


async def back(update: Update, context: Context) -> None:
    """[返回]"""
    await context.commit(lambda db, actor: context.edit(db, texts.overview(_report(db, actor))))


async def show_cluster(update: Update, context: Context) -> None:
    """A cluster's customers."""
    press = context.press(buttons.ShowCluster)
    offset = max(press.offset, 0)

    def work(db: Session, actor: Actor) -> None:
        found = clustering.find(db, actor, press.number, PAGE + 1, offset)
        more = offset + PAGE if len(found) > PAGE else None
        context.edit(db, texts.members(_report(db, actor), press.number, found[:PAGE], offset, more))

    await context.commit(work)


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    await context.commit(lambda db, actor: context.edit(db, texts.definition(_report(db, actor))))


def _report(db: Session, actor: Actor) -> dict[str, Any]:
    actor.require("manager")
    held = snapshots.record(db, actor.team_id, clustering.KIND)
    if held is None:
        raise buttons.StaleButton("clusters")
    return held


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("clusters", WORDS, show, then=registry.NOTHING),
        registry.pressed(buttons.ShowCluster, show_cluster),
        registry.pressed(buttons.DefineClusters, define),
        registry.pressed(buttons.BackToClusters, back),
    ]

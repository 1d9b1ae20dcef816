"""The tagger's model as its team's admin sees it: learn now, go back, whose taps count."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import members, model_state, versions
from crm.members import Actor
from crm.tables import Member, Outbox, Team
from crm.taggers import Taggers
from handlers import buttons, registry
from handlers.context import Context
from handlers.say import Say, Skip
from handlers.texts import models as texts

WORDS = ("模型",)


class NoModelYet(RuntimeError):
    """The built-in model is still being trained."""


def _taggers(context: Context) -> Taggers:
    """Raises: NoModelYet"""
    known = context.services.tagger()
    if known is None:
        raise NoModelYet
    return known


def _card(db: Session, actor: Actor, context: Context, head: str = "") -> Say:
    actor.require("admin")
    return texts.card(model_state.of_team(db, actor, _taggers(context)), actor.zone, context.now, head)


async def show_model(update: Update, context: Context) -> None:
    """/model, 模型"""
    await context.commit(lambda db, actor: context.reply(db, _card(db, actor, context)))


async def show_again(update: Update, context: Context) -> None:
    """[看模型], [返回], [刷新]"""
    await context.commit(lambda db, actor: context.edit(db, _card(db, actor, context)))


async def learn_now(update: Update, context: Context) -> None:
    """[现在学习]"""

    def work(db: Session, actor: Actor) -> None:
        versions.request(db, actor, context.now)
        context.edit(db, _card(db, actor, context))

    await context.commit(work)
    context.services.wake_learning()


async def use_model(update: Update, context: Context) -> None:
    """[回到上一版], [再用第 N 版]"""
    version_id = context.press(buttons.UseModel).model_version_id

    def work(db: Session, actor: Actor) -> int:
        row = versions.use(db, actor, version_id, _taggers(context).base.version)
        number = model_state.numbered(db, actor, row.model_version_id).number if row is not None else 0
        context.edit(db, _card(db, actor, context, texts.used(number)))
        return actor.team_id

    _taggers(context).forget(await context.commit(work))


async def trust_teacher(update: Update, context: Context) -> None:
    """[采用小李的点选]"""
    member_id = context.press(buttons.TrustTeacher).member_id

    def work(db: Session, actor: Actor) -> None:
        member = versions.trust(db, actor, member_id)
        with contextlib.suppress(versions.AlreadyLearning, versions.NothingToLearn):
            versions.request(db, actor, context.now)
        context.edit(db, _card(db, actor, context, texts.trusted(member.name)))

    await context.commit(work)
    context.services.wake_learning()


async def define_scores(update: Update, context: Context) -> None:
    """[口径]"""

    def work(db: Session, actor: Actor) -> None:
        actor.require("admin")
        context.edit(db, texts.definitions())

    await context.commit(work)


def render_verdict(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """What became of the learning that the admin asked for."""
    member = db.get_one(Member, row.member_id)
    if not member.is_admin:
        return Skip("已不是管理员")
    actor = members.as_actor(member, db.get_one(Team, member.team_id), now)
    return texts.verdict(model_state.numbered(db, actor, int(row.payload["model_version_id"])))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("model", WORDS, show_model, then=registry.NOTHING),
        registry.pressed(buttons.ShowModel, show_again),
        registry.pressed(buttons.LearnNow, learn_now),
        registry.pressed(buttons.UseModel, use_model),
        registry.pressed(buttons.TrustTeacher, trust_teacher),
        registry.pressed(buttons.DefineScores, define_scores),
    ]

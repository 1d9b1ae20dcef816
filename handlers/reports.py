"""/report, 周报: the last week as a PDF to forward; in a group with names masked. Monday's words to managers."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

import structlog
from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from charts import font, pages
from crm import members, reports
from crm.members import Actor
from crm.tables import Member, Outbox, Team
from handlers import arguments, buttons, freshness, indicators, places, registry
from handlers.context import Context
from handlers.say import Say, Skip
from handlers.texts import digests as digest_texts
from handlers.texts import reports as texts

WORDS = ("周报", "每周报告", "周报告")
THEN = r"\W*(?:打码|群|发群)?\W*$"
MASKED = ("打码", "群", "发群")

log = structlog.get_logger()


async def report(update: Update, context: Context) -> None:
    """/report, 周报: the file. 周报 打码 and in a group: without names."""
    masked = not places.is_private(update) or arguments.after(update, WORDS).strip() in MASKED
    say = await _made(context, masked)
    await context.commit(lambda db, actor: context.reply(db, say))


async def press_report(update: Update, context: Context) -> None:
    """[发我 PDF] below Monday's words."""
    context.press(buttons.SendReport)
    say = await _made(context, masked=False)
    await context.commit(lambda db, actor: context.reply(db, say))


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    context.press(buttons.DefineReport)

    def work(db: Session, actor: Actor) -> None:
        actor.require("manager")
        context.reply(db, texts.definition())

    await context.commit(work)


async def _made(context: Context, masked: bool) -> Say:
    """The file with its caption, made off the event loop; a sentence where there is nothing to report or no font.

    Raises: members.NotAllowed
    """
    await context.read(lambda db, actor: actor.require("manager"))
    await indicators.ensure_known(context)
    await freshness.refresh_scores(context)
    found = await context.read(lambda db, actor: reports.weekly(db, actor, context.now))
    if not found.board.readings:
        return Say(texts.NO_RECORDS)
    foot = texts.foot(found, masked=masked)
    make = partial(pages.pdf, foot=foot, title=foot, font_path=context.services.font_path)
    try:
        content = bytes(await context.services.heavy(make, texts.pages(found, masked=masked)))
    except font.NoChineseFont as error:
        log.warning("no_chinese_font", looked_for=str(error))
        return Say(texts.NO_FONT)
    caption = texts.caption(found, masked=masked)
    return Say(caption, document=(texts.file_name(found, masked=masked), content))


def render_report(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """Monday's words, unless nothing was ever recorded or the member leads no more."""
    member, team = db.get_one(Member, row.member_id), db.get_one(Team, row.team_id)
    actor = members.as_actor(member, team, now)
    if not actor.sees_team:
        return Skip(digest_texts.NOBODY)
    found = reports.weekly(db, actor, now)
    return texts.announced(found) if found.board.readings else Skip(texts.NOTHING_YET)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("report", WORDS, report, in_groups=True, then=THEN),
        registry.pressed(buttons.SendReport, press_report),
        registry.pressed(buttons.DefineReport, define),
    ]

"""What each rep did: /team, 团队表现, with a leaderboard; a rep sees his own line and the mean."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any

import structlog
from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from charts import font, leaderboard
from crm import performance
from crm.members import Actor
from crm.performance import Performance
from handlers import arguments, buttons, indicators, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import performance as texts

PICTURES = {"金额榜": "fen", "跟进榜": "activity", "转化榜": "converted"}
WORDS = ("团队表现", "团队业绩", "销售排行", "我的表现", *PICTURES)
UNSOLD = "没开单"  # who has none is named, too
SPOKEN = {
    "今[天日儿]": "today",
    "昨[天日儿]": "yesterday",
    "上个?(?:周|星期)": "last_week",
    "上个?月": "last_month",
    "(?:本|这个?)?(?:周|星期)": "this_week",
}
PERIOD = rf"\W*(?:(?:{'|'.join([*SPOKEN, '(?:本|这个?|当)?月'])})的?\W*)?$"
YOUNG = 3  # days of a month that say nothing yet: without a word the last one is shown

log = structlog.get_logger()


async def show(update: Update, context: Context) -> None:
    """/team, 团队表现 上周: the text first, then the leaderboard by money, or by activity where nothing was sold."""
    typed = arguments.text_of(update).strip()
    asked = arguments.after(update, WORDS).removesuffix(UNSOLD).strip()
    name = next((code for pattern, code in SPOKEN.items() if re.match(pattern, asked)), "")
    if asked and not re.fullmatch(PERIOD, asked):
        await context.commit(lambda db, actor: context.reply(db, Say(texts.NOT_UNDERSTOOD)))
        return
    await indicators.ensure_known(context)
    names_unsold = typed.endswith(UNSOLD)
    found, said, draws = await context.read(lambda db, actor: _look(db, actor, context, name, names_unsold))
    by = PICTURES.get(typed[:3]) or ("fen" if any(line.fen > 0 for line in found.lines) else "activity")
    picture = await _draw(context, found, by, draws) if draws else None

    def work(db: Session, actor: Actor) -> None:
        context.reply(db, said)
        if picture is not None:
            context.reply(db, Say(texts.caption(found, by, actor.team_name), photo=picture))

    await context.commit(work)


def _look(
    db: Session, actor: Actor, context: Context, name: str, names_unsold: bool = False
) -> tuple[Performance, Say, str]:
    """The lines, what is said of them, and for whose picture: nobody's where there is none to see.

    `names_unsold`: who has no order is said before all.
    """
    today = actor.today(context.now)
    name = name or ("this_month" if today.day > YOUNG else "last_month")
    found = performance.lines(db, actor.team_id, performance.period(name, today), context.now)
    if not actor.sees_team:
        return found, texts.own(found, found.own(actor.member_id)), ""
    is_idle = all(line.is_idle for line in found.lines)
    said = texts.team(found, actor.team_name)
    if names_unsold:
        said = replace(said, text=f"{texts.unsold(found)}\n{said.text}")
    return found, said, "" if is_idle else actor.team_name


async def _draw(context: Context, found: Performance, by: str, team_name: str) -> bytes | None:
    """The leaderboard; None without a font that can show Chinese."""
    title, subtitle, unit = texts.picture_title(found, by, team_name)
    make = partial(
        leaderboard.leaderboard, title=title, subtitle=subtitle, unit=unit, font_path=context.services.font_path
    )
    try:
        return bytes(await context.services.heavy(make, texts.bars(found, by)))
    except font.NoChineseFont as error:
        log.warning("no_chinese_font", looked_for=str(error))
        return None


async def show_again(update: Update, context: Context) -> None:
    """Another period, [返回]."""
    name = _period(context.press(buttons.ShowPerformance).span)
    _, said, _ = await context.read(lambda db, actor: _look(db, actor, context, name))
    await context.commit(lambda db, actor: context.edit(db, said))


async def draw(update: Update, context: Context) -> None:
    """[金额榜] [跟进榜] [转化榜]: for who sees the team."""
    press = context.press(buttons.DrawPerformance)
    name, by = _period(press.span), press.by
    if by not in texts.BY:
        raise buttons.StaleButton(by)

    def look(db: Session, actor: Actor) -> tuple[Performance, Say, str]:
        actor.require("manager")
        return _look(db, actor, context, name)

    found, _, team_name = await context.read(look)
    picture = await _draw(context, found, by, team_name) if team_name else None
    said = Say(texts.NO_FONT if team_name else texts.NOTHING)
    if picture is not None:
        said = Say(texts.caption(found, by, team_name), photo=picture)
    await context.commit(lambda db, actor: context.reply(db, said))


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    name = _period(context.press(buttons.DefinePerformance).span)
    today = context.now
    await context.commit(
        lambda db, actor: context.edit(db, texts.define(performance.period(name, actor.today(today))))
    )  # fmt: skip


def _period(name: str) -> str:
    """Raises: buttons.StaleButton"""
    if name not in performance.PERIODS:
        raise buttons.StaleButton(name)
    return name


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("team", WORDS, show, then=PERIOD),
        registry.pressed(buttons.ShowPerformance, show_again),
        registry.pressed(buttons.DrawPerformance, draw),
        registry.pressed(buttons.DefinePerformance, define),
    ]

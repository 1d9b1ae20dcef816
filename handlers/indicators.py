"""Figures beside what is usual: /kpi, 指标, with a picture, what explains them and the customers behind."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from charts import font, trend
from crm import indicator_customers, indicator_days, indicators
from crm.indicator_figures import FIGURES, Span
from crm.indicators import Board, Chart
from crm.members import Actor
from handlers import arguments, buttons, places, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import indicator_words
from handlers.texts import indicators as texts

WORDS = ("指标", "关键指标", "看指标", "KPI", "kpi")
SPOKEN = {
    **dict.fromkeys(("今天", "今日"), "today"),
    **dict.fromkeys(("昨天", "上个工作日", "日"), "day"),
    **dict.fromkeys(("上周", "上星期", "上个星期", "周"), "week"),
    **dict.fromkeys(("上月", "上个月", "月"), "month"),
}
NAMED = {name: code for code, name in indicator_words.TITLES.items()}
ASKED = "|".join(sorted((*SPOKEN, *NAMED), key=len, reverse=True))
PERIOD = rf"\W*(?:(?:{ASKED})的?\W*)*$"
PAGE = 6

log = structlog.get_logger()


async def show(update: Update, context: Context) -> None:
    """/kpi, 指标 上周: the text first, then the picture of the figure furthest outside; 指标 订单: that figure."""
    is_private = places.is_private(update)
    asked = re.findall(ASKED, arguments.after(update, WORDS))
    name = next((SPOKEN[word] for word in asked if word in SPOKEN), "day")
    code = next((NAMED[word] for word in asked if word in NAMED), "")
    await context.read(lambda db, actor: _may_ask(actor, is_private))
    if not asked and arguments.after(update, WORDS):
        await context.commit(lambda db, actor: context.reply(db, texts.not_understood()))
        return
    await ensure_known(context)
    if code and is_private:
        one = await context.read(
            lambda db, actor: _one(db, actor, code, indicators.span(name, actor.today(context.now)))
        )
        await context.commit(lambda db, actor: context.reply(db, one))
        return
    found, whose, drawn = await context.read(lambda db, actor: _asked(db, actor, context, name))
    picture = await draw(context, drawn, whose) if drawn is not None and is_private else None

    def work(db: Session, actor: Actor) -> None:
        context.reply(db, texts.board(found, whose, is_private))
        if picture is not None and drawn is not None:
            context.reply(db, Say(texts.caption(drawn, whose), photo=picture))

    await context.commit(work)


def _asked(db: Session, actor: Actor, context: Context, name: str) -> tuple[Board, str, Chart | None]:
    days, scope = indicators.span(name, actor.today(context.now)), indicators.scope_of(actor)
    found, drawn = indicators.pictured(db, actor.team_id, days, scope)
    return found, _whose(actor), drawn


def _may_ask(actor: Actor, is_private: bool) -> None:
    """Raises: members.NotAllowed to a rep in a group: his own figures are nobody's business there."""
    if not is_private:
        actor.require("manager")


def _whose(actor: Actor) -> str:
    return actor.team_name if actor.sees_team else actor.name


async def ensure_known(context: Context) -> None:
    """The history of the team is counted, if it never was; a large team's goes on with the clock."""
    services = context.services
    team_id, known = await context.read(lambda db, actor: (actor.team_id, indicator_days.is_known(db, actor.team_id)))
    if not known:
        await indicator_days.renew(services.database, team_id, context.now)


async def draw(context: Context, found: Chart, whose: str) -> bytes | None:
    """The figure over time with its band; None without a font that can show Chinese."""
    points, band = texts.points(found)
    title, subtitle, unit = texts.picture_title(found, whose)
    make = partial(
        trend.trend, title=title, subtitle=subtitle, unit=unit, band=band, font_path=context.services.font_path
    )
    try:
        return bytes(await context.services.heavy(make, points))
    except font.NoChineseFont as error:
        log.warning("no_chinese_font", looked_for=str(error))
        return None


async def show_again(update: Update, context: Context) -> None:
    """A span of the board, [返回]."""
    is_private = places.is_private(update)
    days = _span(context.press(buttons.ShowIndicators).span)

    def look(db: Session, actor: Actor) -> Say:
        _may_ask(actor, is_private)
        found = indicators.board(db, actor.team_id, days(actor, context.now), indicators.scope_of(actor))
        return texts.board(found, _whose(actor), is_private)

    await _edit(context, look)


async def pick(update: Update, context: Context) -> None:
    """[看某个指标]"""
    press = context.press(buttons.PickIndicator)
    days = _span(press.span)
    await _edit(context, lambda db, actor: texts.pick(days(actor, context.now), max(press.offset, 0)))


async def show_one(update: Update, context: Context) -> None:
    """One figure by rep, group and product; a rep sees his own only."""
    press = context.press(buttons.ShowIndicator)
    code, days = _code(press.code_of), _span(press.span)

    await _edit(context, lambda db, actor: _one(db, actor, code, days(actor, context.now)))


def _one(db: Session, actor: Actor, code: str, span: Span) -> Say:
    found = indicators.chart(db, actor.team_id, code, span, indicators.scope_of(actor))
    parts = indicators.parts(db, actor.team_id, code, span) if actor.sees_team and found else {}
    return texts.figure(found, code, span, parts)


async def draw_one(update: Update, context: Context) -> None:
    """[趋势图]"""
    press = context.press(buttons.DrawIndicator)
    code, days = _code(press.code_of), _span(press.span)

    def look(db: Session, actor: Actor) -> tuple[Chart | None, str]:
        return indicators.chart(db, actor.team_id, code, days(actor, context.now), indicators.scope_of(actor)), _whose(
            actor
        )

    found, whose = await context.read(look)
    picture = await draw(context, found, whose) if found is not None else None
    said = Say(texts.NEVER if found is None else texts.NO_FONT)
    if found is not None and picture is not None:
        said = Say(texts.caption(found, whose), photo=picture)
    await context.commit(lambda db, actor: context.reply(db, said))


async def show_behind(update: Update, context: Context) -> None:
    """[背后的客户]"""
    press = context.press(buttons.ShowBehind)
    code, offset, days = _code(press.code_of), max(press.offset, 0), _span(press.span)

    def look(db: Session, actor: Actor) -> Say:
        found = indicator_customers.find(db, actor, code, days(actor, context.now), PAGE + 1, offset)
        more = offset + PAGE if len(found) > PAGE else None
        return texts.behind(code, days(actor, context.now), found[:PAGE], offset, more, actor.sees_team)

    await _edit(context, look)


async def define_one(update: Update, context: Context) -> None:
    """[口径] of a figure."""
    press = context.press(buttons.DefineIndicator)
    code, days = _code(press.code_of), _span(press.span)
    await _edit(context, lambda db, actor: texts.define_figure(code, days(actor, context.now)))


async def define(update: Update, context: Context) -> None:
    """[口径] of bands and causes."""
    days = _span(context.press(buttons.DefineIndicators).span)
    await _edit(context, lambda db, actor: texts.define(days(actor, context.now)))


async def _edit(context: Context, look: Callable[[Session, Actor], Say]) -> None:
    """What a look at the data says, in place; the look holds up no writer."""
    said = await context.read(look)
    await context.commit(lambda db, actor: context.edit(db, said))


def _span(name: str) -> Callable[[Actor, datetime], Span]:
    """The member's days of that name. Raises: buttons.StaleButton"""
    if name not in indicators.SPANS:
        raise buttons.StaleButton(name)
    return lambda actor, now: indicators.span(name, actor.today(now))


def _code(code: str) -> str:
    """Raises: buttons.StaleButton"""
    if code not in {figure.code for figure in FIGURES}:
        raise buttons.StaleButton(code)
    return code


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("kpi", WORDS, show, in_groups=True, then=PERIOD),
        registry.pressed(buttons.ShowIndicators, show_again),
        registry.pressed(buttons.PickIndicator, pick),
        registry.pressed(buttons.ShowIndicator, show_one),
        registry.pressed(buttons.DrawIndicator, draw_one),
        registry.pressed(buttons.ShowBehind, show_behind),
        registry.pressed(buttons.DefineIndicator, define_one),
        registry.pressed(buttons.DefineIndicators, define),
    ]

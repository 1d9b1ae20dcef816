"""预测: what this and the next month will bring."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from charts import leaderboard
from crm import deal_forecasts, targets
from crm.deal_forecasts import Forecast
from crm.members import Actor
from crm.targets import Standing
from handlers import arguments, buttons, freshness, pictures, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import forecasts as texts

WORDS = (
    *("预测", "销售预测", "业绩预测", "预测业绩", "本月预测", "这个月预测", "下月预测", "预计业绩"),
    *("这个月能成多少", "这个月能做多少", "本月能做多少", "本月能成多少", "下个月能成多少", "下个月能做多少"),
)
ASKED = "这个月预计能做多少"  # in words, for what is asked on: 下个月呢
ENDS = r"\W*(?:一下|看看|(?:本|这个?|下个?|\d{1,2})月份?)?\W*$"
_NAMED = re.compile(r"(\d{1,2})月")
_FOLLOWING = re.compile("下个?月")


async def show(update: Update, context: Context) -> None:
    """/forecast, 预测"""
    await freshness.refresh_scores(context)
    context.asks = context.asks or ASKED
    text = arguments.text_of(update)

    def work(db: Session, actor: Actor) -> None:
        context.reply(db, _page(db, actor, context, _is_following(text, actor.today(context.now))))

    await context.commit(work)


def _is_following(text: str, today: date) -> bool:
    """True where the next month is asked for: 下个月, or by its number."""
    named = _NAMED.search(text)
    return _FOLLOWING.search(text) is not None or (named is not None and int(named[1]) == today.month % 12 + 1)


async def back(update: Update, context: Context) -> None:
    """[返回], [预测]"""
    await context.commit(lambda db, actor: context.edit(db, _page(db, actor, context)))


def _page(db: Session, actor: Actor, context: Context, following: bool = False) -> Say:
    found, standing = _look(db, actor, context)
    return texts.page(found, standing.whole, actor.today(context.now), following=following)


def _look(db: Session, actor: Actor, context: Context) -> tuple[Forecast, Standing]:
    found = deal_forecasts.of(db, actor, context.now)
    return found, targets.standing(db, actor, found.month, context.now)


async def show_picture(update: Update, context: Context) -> None:
    """[各人图]"""
    (found, standing), today = await context.read(
        lambda db, actor: (_look(db, actor, context), actor.today(context.now))
    )
    picture = None
    if found.reps:
        title, subtitle = texts.picture_title(found, today)
        rows = texts.leaders(found, standing)
        picture = await pictures.draw(context, leaderboard.leaderboard, rows, title=title, unit="元", subtitle=subtitle)
    await context.commit(lambda db, actor: context.reply(db, texts.caption(found, today, picture)))


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    now = context.now
    await context.commit(
        lambda db, actor: context.edit(db, texts.definition(deal_forecasts.of(db, actor, now), actor.today(now)))
    )


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("forecast", WORDS, show, then=ENDS),
        registry.pressed(buttons.ShowForecast, back),
        registry.pressed(buttons.ForecastPicture, show_picture),
        registry.pressed(buttons.DefineForecast, define),
    ]

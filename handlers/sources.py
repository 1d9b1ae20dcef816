"""来源: what each source of leads brought and cost; 来源成本 展会 本月 5000 enters a cost."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from charts import funnel, leaderboard
from crm import months, source_returns
from crm.members import Actor
from crm.source_returns import Returns
from handlers import arguments, buttons, pictures, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import sources as texts
from handlers.texts.sources import WINDOWS
from nlp.fields import money

WORDS = ("来源", "客户来源", "来源分析", "渠道分析", "来源统计", "线索来源", "哪个来源最好", "哪个渠道最好")
COST = ("来源成本", "渠道成本", "获客成本")
_NAMED = {
    "month": "本月|这个?月|当月",
    "quarter": "(?:近|最近|过去)?(?:三|3)个?月|(?:本|这个?)季度?|季度",
    "year": "(?:近|最近|过去)?(?:一年|12个?月|十二个?月)|今年|全年",
    "all": "全部|所有|历史|至今",
}
WINDOW = rf"\W*(?:(?:{'|'.join(_NAMED.values())})的?\W*)?$"


async def show(update: Update, context: Context) -> None:
    """/sources, 来源: the text, then the picture."""
    said = arguments.after(update, WORDS)
    window = next((code for code, pattern in _NAMED.items() if re.search(pattern, said)), "year")
    found, whose = await context.read(lambda db, actor: _look(db, actor, context, window))
    rows, unit = texts.bars(found)
    picture = None
    if rows:
        title, subtitle = texts.picture_title(whose, found, unit)
        picture = await pictures.draw(context, leaderboard.leaderboard, rows, title=title, unit=unit, subtitle=subtitle)

    def work(db: Session, actor: Actor) -> None:
        context.reply(db, _page(actor, found, context))
        if picture is not None:
            context.reply(db, texts.caption(whose, found, picture))

    await context.commit(work)


async def turn(update: Update, context: Context) -> None:
    """[本月] [近 3 个月] …, [返回]"""
    window = _window(context.press(buttons.ShowSources).window)
    await context.commit(
        lambda db, actor: context.edit(db, _page(actor, _look(db, actor, context, window)[0], context))
    )


def _look(db: Session, actor: Actor, context: Context, window: str) -> tuple[Returns, str]:
    return source_returns.of(db, actor, window, context.now), _whose(actor)


def _page(actor: Actor, found: Returns, context: Context) -> Say:
    return texts.page(found, _whose(actor), actor.sees_team, actor.is_admin, actor.today(context.now))


def _whose(actor: Actor) -> str:
    return actor.team_name if actor.sees_team else f"{actor.name}的客户"


def _window(code: str) -> str:
    if code not in WINDOWS:
        raise buttons.StaleButton(code)
    return code


async def show_funnel(update: Update, context: Context) -> None:
    """[漏斗图]"""
    window = _window(context.press(buttons.SourceFunnel).window)
    counts, whose = await context.read(
        lambda db, actor: (source_returns.funnel(db, actor, window, context.now), _whose(actor))
    )
    picture = None
    if counts[0][1]:
        title, subtitle = f"{whose}：从线索到成交", f"{WINDOWS[window]}新加的线索，到现在为止"
        picture = await pictures.draw(context, funnel.funnel, texts.steps(counts), title=title, subtitle=subtitle)
    await context.commit(lambda db, actor: context.reply(db, texts.funnel(counts, whose, window, picture)))


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    window = _window(context.press(buttons.DefineSources).window)
    await context.commit(lambda db, actor: context.edit(db, texts.definition(window)))


async def enter_cost(update: Update, context: Context) -> None:
    """来源成本 展会 本月 5000"""
    text = arguments.after(update, COST)

    def work(db: Session, actor: Actor) -> None:
        actor.require("admin")
        today = actor.today(context.now)
        month, rest = months.take(text, today)
        words = [word for word in re.split(r"[\s,，:：]+", rest) if word]
        fen = next((fen for word in words if (fen := _sum(word)) is not None), None)
        named = [word for word in words if _sum(word) is None]
        if fen is None or not named:
            context.reply(db, Say(texts.NO_AMOUNT if fen is None else texts.NO_SOURCE))
            return
        done = source_returns.put_cost(db, actor, "".join(named), month or months.first(today), fen, context.now)
        context.reply(db, texts.cost(done, today))

    await context.commit(work)


def _sum(word: str) -> int | None:
    if re.fullmatch(r"0元?", word):
        return 0
    return next((one.fen for one in money.find(word) if (one.start, one.end) == (0, len(word))), None)


async def undo(update: Update, context: Context) -> None:
    """[撤销]"""
    cost_id, now = context.press(buttons.UndoCost).cost_id, context.now
    await context.commit(
        lambda db, actor: context.edit(
            db, texts.cost(source_returns.undo_cost(db, actor, cost_id, now), actor.today(now))
        )
    )


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.spoken(COST, enter_cost, registry.ANYTHING),
        *registry.command("sources", WORDS, show, then=WINDOW),
        registry.pressed(buttons.ShowSources, turn),
        registry.pressed(buttons.SourceFunnel, show_funnel),
        registry.pressed(buttons.DefineSources, define),
        registry.pressed(buttons.UndoCost, undo),
    ]

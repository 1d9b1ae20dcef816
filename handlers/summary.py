"""The five groups on demand: /summary, with a picture and the customers behind each figure."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from charts import pareto, segments
from crm import members, portions, questions, scores, summaries, takings
from crm.members import Actor
from crm.summaries import Overview
from crm.tables import Team
from crm.understanding import Understanding
from handlers import arguments, buttons, freshness, pictures, places, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import summary as texts
from nlp.questions import Period, periods
from nlp.when import numerals
from scoring.groups import Group

WORDS = ("汇总",)
PAGE = 5
PERIOD = rf"\W*(?:(?:{takings.WORDS})的?(?:业绩|销售额?|订单|情况)?\W*)?$"


async def summarize(update: Update, context: Context) -> None:
    """/summary, 汇总: the text first, then the picture; with 本月 or the like what was sold then."""
    await _summarize(update, context, arguments.text_of(update))


async def _summarize(update: Update, context: Context, text: str) -> None:
    is_private = places.is_private(update)
    asked = arguments.without_command(text, WORDS)
    named, ahead, unread = await context.read(lambda db, actor: _said(db, actor, asked, context))
    if ahead:
        await context.commit(lambda db, actor: context.reply(db, texts.not_yet(ahead)))
        return
    if named:
        await context.commit(lambda db, actor: _reply(db, actor, context, named, asked, is_private, unread))
        return
    await freshness.refresh_scores(context)
    await context.read(lambda db, actor: _may_ask(actor, is_private))
    found, whose = await context.read(lambda db, actor: (summaries.overview(db, actor, context.now), _whose(actor)))
    picture = await _picture(context, found, whose)

    def work(db: Session, actor: Actor) -> None:
        today = actor.today(context.now)
        context.reply(db, texts.of_all(texts.overview(found, whose, today, is_private), unread))
        if picture is not None:
            context.reply(db, Say(texts.caption(whose, found.on, today), photo=picture))

    await context.commit(work)


def _said(db: Session, actor: Actor, asked: str, context: Context) -> tuple[list[Period], str, str]:
    """The days that are named, those of them that have not begun, and words that name no goods ever sold."""
    today = actor.today(context.now)
    plain = numerals.plain(asked)
    return takings.named(asked, today), periods.to_come(plain, today), questions.not_heeded(db, actor, asked, today)


def _reply(
    db: Session, actor: Actor, context: Context, named: list[Period], asked: str, is_private: bool, unread: str
) -> None:
    say = texts.of_all(_sold(db, actor, named, asked, is_private, context), unread)
    mates = [] if actor.sees_team else members.who_is_named(db, actor.team_id, asked)
    is_of_another = any(member_id != actor.member_id for member_id, _ in mates)
    context.reply(db, texts.own_only(say) if is_of_another else say)


async def summary_read(update: Update, context: Context, seen: Understanding) -> None:
    """A free message that asks for the summary."""
    await _summarize(update, context, seen.text)


async def _picture(context: Context, found: Overview, whose: str) -> bytes | None:
    """The groups as a picture; None without orders, or without a font that can show Chinese."""
    if not found.has_orders:
        return None
    title, subtitle = texts.picture_title(whose)
    return await pictures.draw(context, segments.segments, texts.bars(found), title=title, subtitle=subtitle)


async def show_pareto(update: Update, context: Context) -> None:
    """[二八曲线]"""
    layers, whose = await context.read(lambda db, actor: (portions.layers(db, actor), _whose(actor)))
    if not pareto.curve(layers):
        await context.commit(lambda db, actor: context.reply(db, Say(texts.NO_PARETO)))
        return
    title, subtitle = texts.pareto_title(layers, whose)
    picture = await pictures.draw(context, pareto.pareto, layers, title=title, subtitle=subtitle)
    say = Say(texts.pareto_caption(layers, whose), photo=picture)
    await context.commit(lambda db, actor: context.reply(db, say))


def _may_ask(actor: Actor, is_private: bool) -> None:
    """Raises: members.NotAllowed to a rep in a group: his own money is nobody's business there, the team's not his."""
    if not is_private:
        actor.require("manager")


def _sold(db: Session, actor: Actor, named: list[Period], asked: str, is_private: bool, context: Context) -> Say:
    """What was sold in these days, by a colleague if one is named; two stretches side by side: 这个月比上个月怎么样."""
    _may_ask(actor, is_private)
    mates = members.who_is_named(db, actor.team_id, asked) if actor.sees_team and is_private else []
    member_id, whose = mates[0] if len(mates) == 1 else (None, actor.team_name if actor.sees_team else actor.name)
    if len(named) != 2:
        return texts.sold(takings.between(db, actor, named[0], member_id), whose, is_private)
    alike = takings.alike(named[0], named[1], actor.today(context.now))
    before, after = (takings.between(db, actor, days, member_id) for days in (alike, named[1]))
    whole = takings.between(db, actor, named[0], member_id) if alike != named[0] else None
    return texts.compared(before, after, whose, whole)


def _whose(actor: Actor) -> str:
    return actor.team_name if actor.sees_team else f"{actor.name}的客户"


async def show_group(update: Update, context: Context) -> None:
    """A group's customers, most money first."""
    press = context.press(buttons.ShowGroup)
    if press.group not in tuple(Group):
        raise buttons.StaleButton(press.group)
    group, offset = Group(press.group), max(press.offset, 0)

    def work(db: Session, actor: Actor) -> None:
        places.require_private(update)
        found = summaries.find_in_group(db, actor, group, PAGE + 1, offset)
        following = offset + PAGE if len(found) > PAGE else None
        line = next(line for line in summaries.overview(db, actor, context.now).groups if line.group == group)
        context.edit(db, texts.group(group, found[:PAGE], offset, following, line, actor.sees_team))

    await context.commit(work)


async def define(update: Update, context: Context) -> None:
    """[口径]"""

    is_private = places.is_private(update)

    def work(db: Session, actor: Actor) -> None:
        _may_ask(actor, is_private)
        found = summaries.overview(db, actor, context.now)
        context.edit(db, texts.definition(scores.cutoffs_of(_team(db, actor)), found.on, actor.today(context.now)))

    await context.commit(work)


async def back(update: Update, context: Context) -> None:
    """[返回]: the text again."""

    is_private = places.is_private(update)

    def work(db: Session, actor: Actor) -> None:
        _may_ask(actor, is_private)
        found = summaries.overview(db, actor, context.now)
        say = texts.overview(found, _whose(actor), actor.today(context.now), is_private)
        context.edit(db, say)

    await context.commit(work)


def _team(db: Session, actor: Actor) -> Team:
    return db.get_one(Team, actor.team_id)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("summary", WORDS, summarize, in_groups=True, then=PERIOD),
        registry.pressed(buttons.ShowGroup, show_group, in_groups=True),
        registry.pressed(buttons.DefineGroups, define, in_groups=True),
        registry.pressed(buttons.BackToSummary, back, in_groups=True),
        registry.pressed(buttons.ShowPareto, show_pareto),
    ]

"""拜访计划, 扫楼 国贸大厦, 拜访计划 明天 浦东: whom to visit where, results by button, a week of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import customers, day_ordinals, drafts, places, visit_lines, visit_places, visit_weeks, visits
from crm.members import Actor
from crm.tables import Customer, Draft
from crm.visit_lines import VisitLine
from handlers import arguments, buttons, registry, whom
from handlers.context import Context
from handlers.say import Say
from handlers.texts import visits as texts

WORDS = ("拜访计划", "扫楼", "走访计划", "拜访清单", "走访")
KIND = "visits"
PAGE, CANDIDATES = 6, 5
LONGEST = 10  # characters of a place where nobody is known: more is a note
NAME_OR_CLOSE = rf"(?:{whom.NAME}|[^\s\d，。,！!？?、:：了的]{{2,12}}[。！!？?]*\s*$)"  # 扫楼金茂大厦


async def show(update: Update, context: Context) -> None:
    """/visits; with words: whom to visit there, or these customers."""
    text = whom.said(update, WORDS)
    is_close = not arguments.text_of(update).startswith("/") and arguments.after(update, WORDS) != text

    def look(db: Session, actor: Actor) -> tuple[VisitLine, list[Customer], bool]:
        line = visit_lines.read(text, actor.local(context.written_at))
        named = visit_places.named(db, actor, line.names)
        is_known = bool(named) or not line.where or visit_places.is_known(db, actor, line.where)
        return line, named, is_known

    line, named, is_known = await context.read(look)
    is_place = is_known or places.is_building(line.where) or (not is_close and len(line.where) <= LONGEST)
    if not is_place and not arguments.text_of(update).startswith("/"):
        from handlers import messages  # free text is registered after all commands, this one goes on to it

        context.closes_question = False
        await messages.take_text(update, context)
        return
    await context.commit(lambda db, actor: context.reply(db, _answer(db, actor, context, line, named)))


def _answer(db: Session, actor: Actor, context: Context, line: VisitLine, named: list[Customer]) -> Say:
    today = actor.today(context.now)
    if not line.where:
        if actor.sees_team and not actor.is_rep and line.on is None:
            return texts.week(visit_weeks.of(db, actor, 0, context.now), 0)
        return _listed(db, actor, context, line.on or today, 0)
    on = line.on or today
    visits.check_day(actor, on, context.now)
    ids = [row.customer_id for row in named]
    if named and len(named) == len(line.names):
        return texts.planned(visits.plan(db, actor, ids, on, "", context.now), on, today)
    data = {"on": on.isoformat(), "ids": ids}
    draft = drafts.keep(db, actor, KIND, line.where[: visits.LONGEST_PLACE], data, context.now)
    return _candidates(db, actor, context, draft, 0)


def _candidates(db: Session, actor: Actor, context: Context, draft: Draft, offset: int) -> Say:
    found, total = _shown(db, actor, draft, offset)
    on = max(date.fromisoformat(draft.data["on"]), actor.today(context.now))
    today = actor.today(context.now)
    return texts.candidates(found, total, draft.text, draft.draft_id, offset, CANDIDATES, on, today)


def _shown(db: Session, actor: Actor, draft: Draft, offset: int) -> tuple[list[Customer], int]:
    """A page of whom to visit: of those called so, or of those there."""
    if draft.data["ids"]:
        named = customers.find_many(db, actor, draft.data["ids"])
        return named[offset : offset + CANDIDATES], len(named)
    return visit_places.find(db, actor, draft.text, CANDIDATES, offset)


async def more_candidates(update: Update, context: Context) -> None:
    """[更多]"""
    press = context.press(buttons.VisitCandidates)

    def work(db: Session, actor: Actor) -> None:
        draft = drafts.get(db, actor, press.draft_id, (KIND,))
        context.edit(db, _candidates(db, actor, context, draft, max(press.offset, 0)))

    await context.commit(work)


async def add(update: Update, context: Context) -> None:
    """[今天去这 5 位] [＋张伟] [今天去扫一遍]"""
    press = context.press(buttons.AddVisits)

    def work(db: Session, actor: Actor) -> None:
        draft, on = drafts.get(db, actor, press.draft_id, (KIND,)), day_ordinals.day_of(press.day)
        today, offset = actor.today(context.now), max(press.offset, 0)
        if press.customer_id == -1:
            stop = visits.plan_place(db, actor, draft.text, on, context.now)
            context.edit(db, texts.planned([stop], on, today))
            return
        shown, _ = _shown(db, actor, draft, offset)
        ids = [press.customer_id] if press.customer_id else [row.customer_id for row in shown]
        if press.customer_id:
            customers.get(db, actor, press.customer_id)
        place = "" if draft.data["ids"] else draft.text
        stops = visits.plan(db, actor, ids, on, place, context.now)
        left = _candidates(db, actor, context, draft, 0)
        is_all = not press.customer_id or draft.data["ids"] or len(left.rows) == 1
        context.edit(db, texts.planned(stops, on, today) if is_all else texts.added(left, stops, on, today))

    await context.commit(work)


def _listed(db: Session, actor: Actor, context: Context, day: date, offset: int) -> Say:
    today = actor.today(context.now)
    visits.adopt(db, actor, day, context.now)
    found = visits.open_on(db, actor, day, context.now, PAGE + 1, offset)
    following = offset + PAGE if len(found) > PAGE else None
    spots = visits.places_on(db, actor, day, context.now)
    done = visits.done_on(db, actor, day)
    return texts.listed(found[:PAGE], spots, done, day, today, offset, following, actor.sees_team)


async def list_pressed(update: Update, context: Context) -> None:
    """[清单], [更多]"""
    press = context.press(buttons.ListVisits)

    def work(db: Session, actor: Actor) -> None:
        day = day_ordinals.day_of(press.day) if press.day else actor.today(context.now)
        context.edit(db, _listed(db, actor, context, day, max(press.offset, 0)))

    await context.commit(work)


async def show_visit(update: Update, context: Context) -> None:
    """[1 张伟]"""
    visit_id = context.press(buttons.ShowVisit).visit_id
    await context.commit(lambda db, actor: context.edit(db, _card(db, actor, context, visits.get(db, actor, visit_id))))


def _card(db: Session, actor: Actor, context: Context, stop: visits.Stop) -> Say:
    numbers = customers.phones(db, stop.customer.customer_id) if stop.customer is not None else []
    return texts.card(stop, numbers, actor.today(context.now))


async def end(update: Update, context: Context) -> None:
    """[见到了] [没人] [有意向] [不去了]"""
    press = context.press(buttons.EndVisit)

    def work(db: Session, actor: Actor) -> None:
        stop = visits.close(db, actor, press.visit_id, press.outcome, context.now)
        spots = visits.places_on(db, actor, actor.today(context.now), context.now)
        context.edit(db, texts.ended(stop, sum(number for _, number in spots)))

    await context.commit(work)


async def put_off(update: Update, context: Context) -> None:
    """[改天 ▸], and [明天] below it"""
    press = context.press(buttons.PutOffVisit)

    def work(db: Session, actor: Actor) -> None:
        if not press.choice:
            context.edit(db, texts.when(visits.get(db, actor, press.visit_id)))
            return
        stop = visits.put_off(db, actor, press.visit_id, press.choice, context.now)
        context.edit(db, texts.moved(stop, actor.today(context.now)))

    await context.commit(work)


async def reopen(update: Update, context: Context) -> None:
    """[撤销], [重新选]"""
    visit_id = context.press(buttons.ReopenVisit).visit_id

    def work(db: Session, actor: Actor) -> None:
        context.edit(db, _card(db, actor, context, visits.reopen(db, actor, visit_id, context.now)))

    await context.commit(work)


async def show_week(update: Update, context: Context) -> None:
    """[本周], [上一周]"""
    back = min(max(context.press(buttons.VisitWeek).back, 0), visit_weeks.WEEKS_BACK)
    await context.commit(
        lambda db, actor: context.edit(db, texts.week(visit_weeks.of(db, actor, back, context.now), back))
    )


async def define(update: Update, context: Context) -> None:
    """[口径]"""
    back = min(max(context.press(buttons.DefineVisits).back, 0), visit_weeks.WEEKS_BACK)
    await context.commit(lambda db, actor: context.edit(db, texts.definition(back)))


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        *registry.command("visits", WORDS, show, then=NAME_OR_CLOSE),
        registry.pressed(buttons.ListVisits, list_pressed),
        registry.pressed(buttons.ShowVisit, show_visit),
        registry.pressed(buttons.EndVisit, end),
        registry.pressed(buttons.PutOffVisit, put_off),
        registry.pressed(buttons.ReopenVisit, reopen),
        registry.pressed(buttons.VisitCandidates, more_candidates),
        registry.pressed(buttons.AddVisits, add),
        registry.pressed(buttons.VisitWeek, show_week),
        registry.pressed(buttons.DefineVisits, define),
    ]

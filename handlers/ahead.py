"""What lies ahead: /today 明天, 这周要拜访谁, 小周明天要干什么."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import agenda_ahead, members
from crm.members import Actor
from handlers import buttons, pages, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import ahead as texts
from nlp.spoken import ahead

KIND = "ahead"
ALL = "全部提醒"  # every open task, whenever it is due
TODAY = ("今天", "今日", "今儿")  # with a name before: his own day has a list of its own


async def show(update: Update, context: Context, words: str) -> None:
    """The days that the words name."""
    await context.commit(lambda db, actor: pages.first(db, actor, context, KIND, words, _page))


async def more(update: Update, context: Context) -> None:
    """[更多]"""
    press = context.press(buttons.MoreAhead)
    await pages.turn(context, KIND, press.draft_id, press.offset, _page)


def is_named(words: str, today: date) -> bool:
    """True for days to come, and for a name with days after it: 小周 今天."""
    name, _, when = words.rpartition(" ")
    return words == ALL or ahead.days(when, today) is not None or (bool(name) and when in TODAY)


def _page(db: Session, actor: Actor, context: Context, words: str, draft_id: int, offset: int) -> Say:
    today = actor.today(context.now)
    if words == ALL:
        return texts.all_open(agenda_ahead.all_open(db, actor), actor, context.now, draft_id, offset)
    name, _, when = words.rpartition(" ")
    team = name.split(" ")[0] == ahead.TEAM
    mate = members.find_called(db, actor, name) if name and not team else None
    first, last = ahead.days(when, today) or (today, today)
    if team:
        return _of_team(db, actor, context, (words, when, name), (first, last), draft_id, offset)
    if name and mate is None:
        return texts.nobody(name)
    found = agenda_ahead.find(db, actor, first, last, mate.member_id if mate is not None else None)
    said = texts.page(words, (first, last), found, actor, context.now, draft_id, offset)
    if mate is not None or not actor.sees_team:
        return said
    mine = sum(thing.task is not None for thing in found)
    return texts.with_team(said, words, len(agenda_ahead.find_of_team(db, actor, first, last)) - mine)


def _of_team(
    db: Session,
    actor: Actor,
    context: Context,
    said: tuple[str, str, str],
    span: tuple[date, date],
    draft_id: int,
    offset: int,
) -> Say:
    """Whose they are stands beside each; 团队 量房 明天: those of measuring, if there are any."""
    _, when, name = said
    word = name.removeprefix(ahead.TEAM).strip()
    found = agenda_ahead.find_of_team(db, actor, *span, word)
    names = members.names_of(db, actor.team_id, {one.task.assignee_id for one in found if one.task is not None})
    title = f"{when} · {ahead.TEAM}" if actor.sees_team else when
    missing = word if not any(one.task is not None and word in one.task.what for one in found) else ""
    return texts.page(title, span, found, actor, context.now, draft_id, offset, names, missing)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [registry.pressed(buttons.MoreAhead, more)]

"""The day's list, /today and the morning card, and a task at its hour."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from almanac import workdays
from crm import agenda, members, tasks
from crm.members import Actor
from crm.tables import Member, Outbox, Team
from crm.understanding import Understanding
from handlers import buttons, places, registry
from handlers.context import Context
from handlers.say import Say, Skip
from handlers.texts import agenda as texts
from handlers.texts import digests as digest_texts
from handlers.texts import tasks as task_texts

WORDS = ("今天", "待办", "今日", "今日待办")


async def show_today(update: Update, context: Context) -> None:
    """/today"""

    def work(db: Session, actor: Actor) -> None:
        places.require_private(update)
        context.reply(db, texts.today(agenda.today(db, actor, context.now), 0, actor.zone, context.now))

    await context.commit(work)


async def today_understood(update: Update, context: Context, seen: Understanding) -> None:
    """A free message that asks what is to be done."""
    await show_today(update, context)


async def press_today(update: Update, context: Context) -> None:
    """[完成 1], [更多], [撤销完成]: the list in place."""
    press, now = context.press(buttons.Today), context.now

    def work(db: Session, actor: Actor) -> None:
        finished = tasks.complete(db, actor, press.done_id, now) if press.done_id else None
        if press.undone_id:
            tasks.reopen(db, actor, press.undone_id)
        context.edit(db, texts.today(agenda.today(db, actor, now), press.offset, actor.zone, now, finished))

    await context.commit(work)


def render_card(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """The morning card of a rep, as things are now."""
    member, team = db.get(Member, row.member_id), db.get_one(Team, row.team_id)
    if member is None or member.left_at is not None:
        return Skip(digest_texts.NOBODY)
    actor = members.as_actor(member, team, now)
    items = agenda.today(db, actor, now)
    if not member.is_rep:
        items = [item for item in items if item.task is not None]
    if not items and not member.is_rep:
        return Skip(texts.NO_TASKS)
    if not workdays.is_workday(actor.today(now)) and not agenda.cannot_wait(items, actor, now):
        return Skip(texts.RESTING)
    return texts.morning(actor, items, actor.zone, now)


def render_task(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """A task at its hour, if it still is to be done then."""
    member, team = db.get(Member, row.member_id), db.get_one(Team, row.team_id)
    if member is None or member.left_at is not None:
        return Skip(digest_texts.NOBODY)
    actor = members.as_actor(member, team, now)
    try:
        errand = tasks.get_open(db, actor, row.payload["task_id"])
    except (tasks.TaskNotFound, tasks.TaskClosed):
        return Skip(task_texts.CHANGED)
    task = errand.task
    if task.due_at.isoformat() != row.payload["due_at"] or task.assignee_id != member.member_id:
        return Skip(task_texts.CHANGED)
    return task_texts.card(errand, actor.zone, now, task_texts.DUE)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [*registry.command("today", WORDS, show_today), registry.pressed(buttons.Today, press_today)]

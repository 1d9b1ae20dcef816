"""给这组建任务: a task for each customer of a group, proposed first, and one message for each owner."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import drafts, group_tasks, members
from crm.members import Actor
from crm.tables import Member, Outbox, Team
from handlers import buttons, registry
from handlers.context import Context
from handlers.say import Say, Skip
from handlers.texts import group_tasks as texts
from scoring.groups import Group


async def propose(update: Update, context: Context) -> None:
    """[给这组建任务]"""
    press = context.press(buttons.ProposeTasks)
    if press.group not in tuple(Group):
        raise buttons.StaleButton(press.group)

    def work(db: Session, actor: Actor) -> None:
        found = group_tasks.propose(db, actor, Group(press.group), context.now)
        context.reply(db, texts.proposal(found, actor.today(context.now)))

    await context.commit(work)


async def make(update: Update, context: Context) -> None:
    """[建任务]"""
    press = context.press(buttons.MakeTasks)

    def work(db: Session, actor: Actor) -> None:
        group = Group(drafts.get(db, actor, press.draft_id, (group_tasks.KIND,)).text)
        context.edit(db, texts.made(group_tasks.make(db, actor, press.draft_id, texts.WHAT[group], context.now)))

    await context.commit(work)
    context.services.wake_senders()


async def undo(update: Update, context: Context) -> None:
    """[撤销]"""
    press = context.press(buttons.UndoTasks)

    def work(db: Session, actor: Actor) -> None:
        context.edit(db, texts.undone(group_tasks.undo(db, actor, press.draft_id, context.now)))

    await context.commit(work)
    context.services.wake_senders()


async def drop(update: Update, context: Context) -> None:
    """[算了]"""
    press = context.press(buttons.DropTasks)

    def work(db: Session, actor: Actor) -> None:
        drafts.take(db, actor, press.draft_id, context.now, (group_tasks.KIND,))
        context.edit(db, Say(texts.DROPPED))

    await context.commit(work)


def render_told(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """An owner's tasks of a batch, unless they were taken back or done meanwhile."""
    member, team = db.get_one(Member, row.member_id), db.get_one(Team, row.team_id)
    found = group_tasks.of_owner(db, int(row.payload["draft_id"]), member.member_id)
    if not found:
        return Skip(texts.NOTHING_LEFT)
    return texts.told(str(row.payload["by"]), found, members.zone_of(member, team), now)


def render_undone(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """An owner hears that his tasks of a batch are gone."""
    assert row.member_id is not None
    number = group_tasks.undone_of(db, int(row.payload["draft_id"]), row.member_id)
    return texts.told_undone(str(row.payload["by"]), number)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.pressed(buttons.ProposeTasks, propose),
        registry.pressed(buttons.MakeTasks, make),
        registry.pressed(buttons.UndoTasks, undo),
        registry.pressed(buttons.DropTasks, drop),
    ]

"""Leads that nobody has touched, as they are pushed and listed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import ladder, members
from crm.members import Actor
from crm.tables import Member, Outbox, Team
from handlers import buttons, registry
from handlers.context import Context
from handlers.say import Say, Skip
from handlers.texts import ladder as texts


def render_ladder(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """The leads of the push that are still untouched and the member's business."""
    member, team = db.get(Member, row.member_id), db.get_one(Team, row.team_id)
    if member is None or member.left_at is not None:
        return Skip(texts.NOBODY)
    actor = members.as_actor(member, team, now)
    steps = dict(row.payload["steps"])
    leads = ladder.waiting(db, actor, now, list(steps))
    if not leads:
        return Skip(texts.TOUCHED)
    return texts.told(leads, steps, actor, now, int(row.payload["count"]) - len(steps))


async def show(update: Update, context: Context) -> None:
    """[更多], [其他线索], [不转了]"""
    offset = context.press(buttons.ShowLadder).offset

    def work(db: Session, actor: Actor) -> None:
        context.edit(db, texts.listed(ladder.waiting(db, actor, context.now), offset, actor, context.now))

    await context.commit(work)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.pressed(buttons.ShowLadder, show),
    ]

"""Open complaints: listed, closed, opened again."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, filters

from crm import complaints, solutions
from crm.members import Actor
from crm.understanding import Understanding
from handlers import buttons, places, registry
from handlers.context import Context
from handlers.say import Say
from handlers.texts import complaints as texts

ALONE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.Regex(r"^\s*投诉\s*$")
PAGE = 6


async def list_complaints(update: Update, context: Context) -> None:
    """/complaints"""
    is_private = places.is_private(update)
    await context.commit(lambda db, actor: context.reply(db, _listed(db, actor, context, 0, is_private)))


async def list_understood(update: Update, context: Context, seen: Understanding) -> None:
    """A free message that asks for the complaints."""
    await context.commit(lambda db, actor: context.reply(db, _listed(db, actor, context, 0, True)))


async def more(update: Update, context: Context) -> None:
    """[更多]"""
    offset = max(context.press(buttons.MoreComplaints).offset, 0)
    await context.commit(lambda db, actor: context.edit(db, _listed(db, actor, context, offset, True)))


async def show(update: Update, context: Context) -> None:
    """A case of the list: what it is about, and what can be done."""
    complaint_id = context.press(buttons.ShowComplaint).complaint_id
    await context.commit(
        lambda db, actor: context.edit(
            db, texts.shown(complaints.get(db, actor, complaint_id), actor.sees_team, actor.zone, context.now)
        )
    )


async def offer_to_close(context: Context, customer_id: int) -> bool:
    """朱杰的投诉解决了: the customer's open cases with a button each; False when none is open."""
    found = await context.read(lambda db, actor: solutions.open_of(db, actor, customer_id))
    if found:
        await context.commit(lambda db, actor: context.reply(db, texts.ask_to_close(found, actor.zone, context.now)))
    return bool(found)


async def close(update: Update, context: Context) -> None:
    """[已解决]"""
    complaint_id = context.press(buttons.CloseComplaint).complaint_id
    await context.commit(
        lambda db, actor: context.edit(db, texts.closed(complaints.close(db, actor, complaint_id, context.now)))
    )


async def solve(update: Update, context: Context) -> None:
    """[投诉已解决] of a card: with more than one open case nobody guesses which is meant."""
    complaint_id = context.press(buttons.SolveComplaint).complaint_id

    def work(db: Session, actor: Actor) -> None:
        customer_id = complaints.get(db, actor, complaint_id).customer.customer_id
        found = solutions.open_of(db, actor, customer_id)
        if any(case.complaint.complaint_id != complaint_id for case in found):
            context.edit(db, texts.ask_to_close(found, actor.zone, context.now))
        else:
            context.edit(db, texts.closed(complaints.close(db, actor, complaint_id, context.now)))

    await context.commit(work)


async def reopen(update: Update, context: Context) -> None:
    """[重新打开]"""
    complaint_id = context.press(buttons.ReopenComplaint).complaint_id
    await context.commit(lambda db, actor: context.edit(db, texts.reopened(complaints.reopen(db, actor, complaint_id))))


def _listed(db: Session, actor: Actor, context: Context, offset: int, is_private: bool) -> Say:
    if not is_private:
        return texts.in_group(complaints.count_open(db, actor))
    found = complaints.find_open(db, actor, PAGE + 1, offset)
    following = offset + PAGE if len(found) > PAGE else None
    totals = complaints.count_open(db, actor), solutions.count_urgent(db, actor)
    return texts.listed(found[:PAGE], totals, actor.sees_team, following, offset, actor.zone, context.now)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    commands = registry.command("complaints", (), list_complaints, in_groups=True)
    return [
        *commands,
        MessageHandler(ALONE, commands[0].callback),  # '投诉：王总说…' is a note that begins with the word
        registry.pressed(buttons.MoreComplaints, more),
        registry.pressed(buttons.ShowComplaint, show),
        registry.pressed(buttons.CloseComplaint, close),
        registry.pressed(buttons.SolveComplaint, solve),
        registry.pressed(buttons.ReopenComplaint, reopen),
    ]

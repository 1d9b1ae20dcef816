"""Leads that nobody has touched, as they are pushed and listed; and a customer given to a colleague."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, filters

from crm import customers, handovers, ladder, members, search
from crm.members import Actor
from crm.tables import Customer, Member, Outbox, Team
from handlers import arguments, buttons, registry
from handlers.context import Context
from handlers.say import Say, Skip
from handlers.texts import agenda as agenda_texts
from handlers.texts import ladder as texts

IN_WORDS = re.compile(r"^\s*把?\s*(?P<what>\S{2,12}?)\s*(?:转|分配|移交)给\s*(?P<who>\S{1,12}?)\s*[。！!]*\s*$")


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


async def offer(update: Update, context: Context) -> None:
    """[转给 1 ▸]"""
    customer_id = context.press(buttons.OfferCustomer).customer_id

    def work(db: Session, actor: Actor) -> None:
        actor.require("manager")
        customer = customers.get(db, actor, customer_id)
        owner = db.get(Member, customer.owner_id) if customer.owner_id is not None else None
        takers = handovers.takers(db, actor, customer.owner_id)
        context.edit(db, texts.offer(customer, owner.name if owner else None, takers))

    await context.commit(work)


async def give_in_words(update: Update, context: Context) -> None:
    """把陈立新转给小周: only from who may, and where both are known for sure; anything else is free text."""
    match = IN_WORDS.match(arguments.text_of(update))
    said, who = (match["what"], match["who"]) if match else ("", "")

    def query(db: Session, actor: Actor) -> tuple[Customer, Member] | None:
        if not actor.sees_team:
            return None
        found = search.find(db, actor, said, 2).customers
        named = [member for member in handovers.takers(db, actor) if member.name == who]
        return (found[0], named[0]) if len(found) == len(named) == 1 else None

    both = await context.read(query)
    if both is None:
        from handlers import messages  # free text is registered after all commands, this one goes on to it

        await messages.take_text(update, context)
        return
    customer_id, member_id = both[0].customer_id, both[1].member_id

    def work(db: Session, actor: Actor) -> None:
        context.reply(db, _give(db, actor, context, customer_id, member_id))

    await context.commit(work)


async def give(update: Update, context: Context) -> None:
    """A colleague's name: both reps are told."""
    press = context.press(buttons.GiveCustomer)

    def work(db: Session, actor: Actor) -> None:
        context.edit(db, _give(db, actor, context, press.customer_id, press.member_id))

    await context.commit(work)


def _give(db: Session, actor: Actor, context: Context, customer_id: int, member_id: int) -> Say:
    actor.require("manager")
    before = db.get(Member, customers.get(db, actor, customer_id).owner_id or 0)
    customer, taker = handovers.give_customer(db, actor, customer_id, member_id, context.now)
    if before is not taker:
        what = agenda_texts.thing(customer)
        _tell(db, context, actor, taker, agenda_texts.given_to_you(what, actor.name, customer))
        _tell(db, context, actor, before, texts.taken_from_you(customer, actor.name, taker.name))
    back = before if before is not taker and before is not None and before.is_rep and not before.left_at else None
    return texts.given(customer, taker, back)


def _tell(db: Session, context: Context, actor: Actor, member: Member | None, say: Say) -> None:
    """Whoever is somebody else, there, and can hear."""
    if member is not None and member.member_id != actor.member_id and not (member.left_at or member.blocked_at):
        context.tell(db, member.user_id, say)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.pressed(buttons.ShowLadder, show),
        registry.pressed(buttons.OfferCustomer, offer),
        registry.pressed(buttons.GiveCustomer, give),
        MessageHandler(filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.Regex(IN_WORDS), give_in_words),
    ]

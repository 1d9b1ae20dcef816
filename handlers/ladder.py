"""Leads that nobody has touched, as they are pushed and listed; and a customer given to a colleague."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from crm import customers, handovers, ladder, members
from crm.members import Actor
from crm.tables import Member, Outbox, Team
from handlers import buttons, registry
from handlers.context import Context
from handlers.say import Say, Skip
from handlers.texts import agenda as agenda_texts
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


async def give(update: Update, context: Context) -> None:
    """A colleague's name: both reps are told."""
    press = context.press(buttons.GiveCustomer)

    def work(db: Session, actor: Actor) -> None:
        actor.require("manager")
        before = db.get(Member, customers.get(db, actor, press.customer_id).owner_id or 0)
        customer, taker = handovers.give_customer(db, actor, press.customer_id, press.member_id, context.now)
        context.edit(db, texts.given(customer, taker))
        if before is taker:
            return
        what = agenda_texts.thing(customer)
        _tell(db, context, actor, taker, agenda_texts.given_to_you(what, actor.name, customer))
        _tell(db, context, actor, before, texts.taken_from_you(customer, actor.name, taker.name))

    await context.commit(work)


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
    ]

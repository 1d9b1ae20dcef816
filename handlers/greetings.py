"""Birthday and festival pushes, and the buttons below them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import BaseHandler

from almanac import festivals
from crm import agenda, customers, greetings, held, members, occasions, settings, touches
from crm.greetings import FestivalDay
from crm.members import Actor
from crm.tables import Customer, Member, Outbox, Team
from handlers import buttons, registry
from handlers.context import Context
from handlers.say import Say, Skip
from handlers.texts import digests as digest_texts
from handlers.texts import greetings as texts

FOR_DAYS = 7  # how long after the day its buttons work


def render_birthday(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """A customer's birthday, or why nobody is told."""
    customer, member = db.get(Customer, row.customer_id), db.get(Member, row.member_id)
    on, team = date.fromisoformat(row.payload["on"]), db.get_one(Team, row.team_id)
    if customer is None or customer.deleted_at is not None:
        return Skip(texts.GONE)
    if member is None or member.left_at is not None or customer.owner_id != member.member_id:
        return Skip(texts.NOT_YOURS)
    if not agenda.keeps_on(customer, on, agenda.feb29_of(team)):
        return Skip(texts.NOT_THAT_DAY)
    actor = members.as_actor(member, team, now)
    if greetings.was_sent(db, customer.customer_id, greetings.BIRTHDAY, on):
        return Skip(texts.ALREADY_SENT)
    if reason := held.reason_of(db, team, customer.customer_id, now, touches.matter_of(greetings.BIRTHDAY, on)):
        return Skip(reason)
    if not occasions.has_room(db, team, row):
        return Skip(held.DAILY_CAP)
    if row.payload.get("ahead"):
        note = greetings.last_note(db, customer.customer_id)
        return texts.ahead(customer, on, note, FOR_DAYS, actor.zone, now)
    return _birthday(db, actor, customer, on, now)


def _birthday(db: Session, actor: Actor, customer: Customer, on: date, now: datetime, another: bool = False) -> Say:
    team, signed = db.get_one(Team, actor.team_id), _signature(db, actor)
    matter, is_sent = (
        touches.matter_of(greetings.BIRTHDAY, on),
        greetings.was_sent(db, customer.customer_id, greetings.BIRTHDAY, on),
    )
    reason = held.reason_of(db, team, customer.customer_id, now, matter)
    if reason and not is_sent:
        return texts.left_alone(customer, on, reason, actor.zone, now)
    if another:
        wish = greetings.another(db, customer, greetings.BIRTHDAY, on, signed, now)
    else:
        wish = greetings.current(db, [customer], greetings.BIRTHDAY, on, signed, now)[0]
    blocked_by = festivals.no_greeting_on(actor.today(now))
    note = greetings.last_note(db, customer.customer_id)
    return texts.birthday(wish, on, note, blocked_by, actor.zone, now)


def _signature(db: Session, actor: Actor) -> str:
    chosen = settings.of(db.get_one(Team, actor.team_id)).signature
    return chosen or f"{actor.team_name} {actor.name}"


def render_festival(db: Session, row: Outbox, now: datetime) -> Say | Skip:
    """A festival with the rep's customers it fits, or why nobody is told."""
    member, team = db.get(Member, row.member_id), db.get_one(Team, row.team_id)
    if member is None or member.left_at is not None:
        return Skip(digest_texts.NOBODY)
    actor, on = members.as_actor(member, team, now), date.fromisoformat(row.payload["on"])
    try:
        day = greetings.for_festival(db, actor, row.payload["code"], on, _signature(db, actor), now)
    except greetings.FestivalUnknown:
        return Skip(texts.NO_FESTIVAL)
    return texts.festival(day) if day.count else Skip(texts.NOBODY)


async def show_greeting(update: Update, context: Context) -> None:
    """[祝福 2] in the day's list: a message of its own, so that the list stays."""
    press = context.press(buttons.ShowGreeting)

    def work(db: Session, actor: Actor) -> None:
        customer, on = _of(db, actor, context, press.customer_id, press.on)
        context.reply(db, _birthday(db, actor, customer, on, context.now))

    await context.commit(work)


async def another(update: Update, context: Context) -> None:
    """[换一条]"""
    press = context.press(buttons.AnotherGreeting)

    def work(db: Session, actor: Actor) -> None:
        customer, on = _of(db, actor, context, press.customer_id, press.on)
        is_sent = greetings.was_sent(db, customer.customer_id, greetings.BIRTHDAY, on)
        context.edit(db, _birthday(db, actor, customer, on, context.now, another=not is_sent))

    await context.commit(work)


async def mark_sent(update: Update, context: Context) -> None:
    """[已发]"""
    press = context.press(buttons.GreetingSent)

    def work(db: Session, actor: Actor) -> None:
        _, on = _of(db, actor, context, press.customer_id, press.on)
        wish, changed = greetings.mark_sent(db, actor, press.customer_id, greetings.BIRTHDAY, on, context.now)
        context.edit(db, texts.sent(wish, changed, actor.zone, context.now))

    await context.commit(work)


async def later(update: Update, context: Context) -> None:
    """[改天]"""
    press = context.press(buttons.GreetLater)

    def work(db: Session, actor: Actor) -> None:
        customer, on = _of(db, actor, context, press.customer_id, press.on)
        member, team = db.get_one(Member, actor.member_id), db.get_one(Team, actor.team_id)
        again = occasions.postpone_birthday(db, team, member, customer.customer_id, on, context.now)
        context.edit(db, texts.later(customer, again))

    await context.commit(work)


async def mark_festival_sent(update: Update, context: Context) -> None:
    """[全部已发]: those of the page."""
    press = context.press(buttons.FestivalSent)

    def work(db: Session, actor: Actor) -> None:
        day = _page(db, actor, context, press)
        number = greetings.mark_page(db, actor, day, context.now)
        context.edit(db, texts.festival_sent(day, number))

    await context.commit(work)


async def undo_festival_sent(update: Update, context: Context) -> None:
    """[撤销] after that."""
    press = context.press(buttons.FestivalUnsent)

    def work(db: Session, actor: Actor) -> None:
        day = _page(db, actor, context, press)
        greetings.mark_page(db, actor, day, None)
        context.edit(db, texts.festival(day))

    await context.commit(work)


async def more_festival(update: Update, context: Context) -> None:
    """[更多]"""
    press = context.press(buttons.MoreFestival)
    await context.commit(lambda db, actor: context.edit(db, texts.festival(_page(db, actor, context, press))))


FestivalPress = buttons.FestivalSent | buttons.FestivalUnsent | buttons.MoreFestival


def _page(db: Session, actor: Actor, context: Context, press: FestivalPress) -> FestivalDay:
    on = day_in_button(context, actor, press.on)
    return greetings.for_festival(db, actor, press.festival, on, _signature(db, actor), context.now, press.offset)


def _of(db: Session, actor: Actor, context: Context, customer_id: int, ordinal: int) -> tuple[Customer, date]:
    return customers.get(db, actor, customer_id), day_in_button(context, actor, ordinal)


def day_in_button(context: Context, actor: Actor, ordinal: int) -> date:
    """The day in a button.

    Raises: buttons.StaleButton for one long past or made up.
    """
    today = actor.today(context.now)
    if not -FOR_DAYS <= ordinal - today.toordinal() <= FOR_DAYS:
        raise buttons.StaleButton(ordinal)
    return date.fromordinal(ordinal)


def routes() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of this noun."""
    return [
        registry.pressed(buttons.ShowGreeting, show_greeting),
        registry.pressed(buttons.AnotherGreeting, another),
        registry.pressed(buttons.GreetingSent, mark_sent),
        registry.pressed(buttons.GreetLater, later),
        registry.pressed(buttons.FestivalSent, mark_festival_sent),
        registry.pressed(buttons.FestivalUnsent, undo_festival_sent),
        registry.pressed(buttons.MoreFestival, more_festival),
    ]
